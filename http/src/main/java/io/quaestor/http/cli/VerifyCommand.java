package io.quaestor.http.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.Handovers;
import io.quaestor.persistence.note.VerifierKey;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a chain, or the proof of one record, from files alone. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a node's chain: every record's hash, its link to the record before, its number, and"
          + " that the whole agrees with every checkpoint beside it and in anchors.",
      "With --replay every decision is also made again and every budget folded again, under the"
          + " policies and catalogs in the chain, and compared with what was recorded.",
      "Only reads: takes no lock, changes nothing, works on a read-only copy and beside a running"
          + " node, up to the record that was the last one when it began.",
      "Of a file, verifies the proof in it (C2SP tlog-proof, or JSON as a node answers it): needs no"
          + " server and no data directory, only the key."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:sound, or proved; also when a start would move a torn tail aside",
      "2:cannot be read, holds no chain, or is no proof; or a key is missing",
      "3:broken, or not what the kernel comes to, or not proved; the reason is named"
    })
public final class VerifyCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR|FILE", description = "A node's data directory, or a proof.")
  private Path path;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(names = "--replay", description = "Also make every decision again, and compare.")
  private boolean replaying;

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "The node's key, from a place that you trust.")
  private @Nullable String key;

  @Option(
      names = "--anchor",
      paramLabel = "DIR",
      description = "A directory in which the node anchored its checkpoints; repeatable.")
  private List<Path> anchors = List.of();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "The record's line, when the proof does not carry it.")
  private @Nullable Path record;

  @Option(
      names = "--witness",
      paramLabel = "VKEY",
      description = "A witness that must have cosigned the proof's checkpoint; repeatable.")
  private List<String> witnesses = List.of();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  public VerifyCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return Files.isRegularFile(path) ? proof() : chain(err);
    } catch (Unreadable e) {
      err.println(Printable.of(e.getMessage()));
      return ExitStatus.UNUSABLE;
    }
  }

  // ---- a chain ---------------------------------------------------------------------------------

  private int chain(PrintWriter err) throws Unreadable, InterruptedException {
    requireUnused("--record", record != null);
    requireUnused("--witness", !witnesses.isEmpty());
    ChainDirectory directory = ChainDirectory.open(path);
    CheckedChain checked = new ChainExamination(directory, anchors, err).run();
    if (key != null && checked.refusal().isEmpty()) {
      checked = trusting(checked, Keys.parse(key));
    }
    VerificationReport report = new VerificationReport(directory, checked);
    Replay replay =
        replaying && checked.refusal().isEmpty()
            ? ReplayRun.of(directory, checked.verification(), err)
            : new Replay.NotRun();
    print(report, replay);
    return checked
        .refusal()
        .map(ExitStatus::of)
        .orElse(replay.asRecorded() ? ExitStatus.OK : ExitStatus.CHAIN_BROKEN);
  }

  private static CheckedChain trusting(CheckedChain checked, VerifierKey trusted) {
    try {
      new Handovers(checked.keys(), checked.known()).requireFrom(trusted);
      return checked;
    } catch (ChainRefused e) {
      return new CheckedChain(
          checked.verification(), checked.known(), checked.keys(), Optional.of(e));
    }
  }

  private void print(VerificationReport report, Replay replay) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode tree = report.json();
      replay.putInto(tree);
      out.println(tree);
    } else {
      out.print(report.text() + replay.text());
    }
    out.flush();
  }

  // ---- a proof ---------------------------------------------------------------------------------

  private int proof() throws Unreadable {
    requireUnused("--replay", replaying);
    requireUnused("--anchor", !anchors.isEmpty());
    ProofFile file = ProofFile.read(path, record);
    ProofJudgement judgement =
        ProofJudgement.of(
            file,
            key == null ? Optional.empty() : Optional.of(Keys.parse(key)),
            Keys.parseAll(witnesses));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(judgement.json());
    } else {
      out.print(judgement.text());
    }
    out.flush();
    return judgement.isProved() ? ExitStatus.OK : ExitStatus.CHAIN_BROKEN;
  }

  private void requireUnused(String option, boolean used) throws Unreadable {
    if (used) {
      throw new Unreadable(
          "%s does not go with %s, which is a %s."
              .formatted(option, path, Files.isRegularFile(path) ? "file" : "directory"));
    }
  }
}
