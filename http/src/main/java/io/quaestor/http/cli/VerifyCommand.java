package io.quaestor.http.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a chain from its files alone. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a node's chain: every record's hash, its link to the record before, its number.",
      "With --replay every decision is also made again and every budget folded again, under the"
          + " policies and catalogs in the chain, and compared with what was recorded.",
      "Only reads: takes no lock, changes nothing, works on a read-only copy and beside a running"
          + " node, up to the record that was the last one when it began."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:sound; also when a start would move a torn tail aside",
      "2:the directory cannot be read or holds no chain",
      "3:broken, or not what the kernel comes to; the first such record and the reason are named"
    })
public final class VerifyCommand implements Callable<Integer> {

  private static final int ATTEMPTS = 5;
  private static final long SETTLE_MILLIS = 20;

  @Parameters(paramLabel = "DIR", description = "The node's data directory.")
  private Path directory;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(names = "--replay", description = "Also make every decision again, and compare.")
  private boolean replaying;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  public VerifyCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      ChainDirectory chain = ChainDirectory.open(directory);
      Verification verification = verify(chain, err);
      VerificationReport report = new VerificationReport(chain, verification);
      Replay replay = replaying ? ReplayRun.of(chain, verification, err) : new Replay.NotRun();
      print(out, report, replay);
      return verification.verdict() instanceof Verdict.Broken || !replay.asRecorded()
          ? ExitStatus.CHAIN_BROKEN
          : ExitStatus.OK;
    } catch (Unreadable e) {
      err.println(e.getMessage());
      return ExitStatus.UNUSABLE;
    }
  }

  private void print(PrintWriter out, VerificationReport report, Replay replay) {
    if (json) {
      ObjectNode tree = report.json();
      replay.putInto(tree);
      out.println(tree);
    } else {
      out.print(report.text() + replay.text());
    }
    out.flush();
  }

  /** Beside a running node, a line that is just being written looks torn: look again then. */
  private Verification verify(ChainDirectory chain, PrintWriter err)
      throws Unreadable, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Verification verification = verifyOnce(chain, err);
      TimeUnit.MILLISECONDS.sleep(
          verification.verdict() instanceof Verdict.Torn ? SETTLE_MILLIS : 0);
      if (attempt == ATTEMPTS || !isGrowing(chain, verification)) {
        return verification;
      }
    }
  }

  private static Verification verifyOnce(ChainDirectory chain, PrintWriter err) throws Unreadable {
    ProgressBar bar = ProgressBar.on(err);
    try {
      return new ChainVerifier(Disk.local(), chain.path(), chain.node(), null).verify(bar);
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    } finally {
      bar.finish();
    }
  }

  private static boolean isGrowing(ChainDirectory chain, Verification verification)
      throws Unreadable {
    if (!(verification.verdict() instanceof Verdict.Torn torn)) {
      return false;
    }
    try {
      Path last = Segments.file(chain.path(), torn.segment());
      return Files.size(last) != torn.to();
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    }
  }
}
