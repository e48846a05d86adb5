package io.quaestor.http.cli;

import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.ChainExport;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.RecordDamaged;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a chain's records as plain JSON lines, or all of it as an auditor's bundle. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the records of a node's chain to the standard output, one JSON object per line:"
          + " exactly the bytes that were hashed.",
      "Each record is checked on the way. Only reads; works beside a running node.",
      "With --bundle a zip file is written instead, for somebody who has neither the node nor"
          + " Quaestor: records, checkpoints, public keys, policies, catalogs, and how to check them."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:the output was closed early",
      "2:the directory cannot be read or holds no chain; the bundle cannot be written",
      "3:a record does not verify; those before it have been written, but no bundle"
    })
public final class ExportCommand implements Callable<Integer> {

  private static final int BUFFER_BYTES = 1024 * 1024;

  @Parameters(paramLabel = "DIR", description = "The node's data directory.")
  private Path directory;

  @Option(names = "--from", paramLabel = "SEQ", description = "First record (default: 1).")
  private long from = 1;

  @Option(
      names = "--to",
      paramLabel = "SEQ",
      description = "Last record (default: the end of the chain).")
  private long to = Long.MAX_VALUE;

  @Option(
      names = "--bundle",
      paramLabel = "OUT.zip",
      description = "Write the auditor's bundle to this file.")
  private @Nullable Path bundle;

  @Option(names = "--force", description = "Let the bundle replace a file that is there.")
  private boolean force;

  @Spec private CommandSpec spec;

  private final OutputStream stdout;

  public ExportCommand() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  ExportCommand(OutputStream stdout) {
    this.stdout = stdout;
  }

  @Override
  public Integer call() {
    return bundle == null ? lines() : bundle(bundle);
  }

  private int bundle(Path file) {
    PrintWriter err = spec.commandLine().getErr();
    if (isGiven("--from") || isGiven("--to")) {
      err.println("A bundle holds the whole chain; leave out --from and --to, or --bundle.");
      return ExitStatus.UNUSABLE;
    }
    try {
      return new BundleExport(
              ChainDirectory.open(directory), file, force, spec.commandLine().getOut(), err)
          .run();
    } catch (Unreadable e) {
      err.println(Printable.of(e.getMessage()));
      return ExitStatus.UNUSABLE;
    }
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private int lines() {
    PrintWriter err = spec.commandLine().getErr();
    if (from < 1 || to < from) {
      err.printf("--from %d --to %d is not a range of records; the first is 1.%n", from, to);
      return ExitStatus.UNUSABLE;
    }
    ProgressBar bar = Terminal.isStdout() ? ProgressBar.none(err) : ProgressBar.on(err);
    try {
      return export(ChainDirectory.open(directory), bar);
    } catch (Unreadable e) {
      err.println(Printable.of(e.getMessage()));
      return ExitStatus.UNUSABLE;
    } catch (RecordDamaged e) {
      bar.finish();
      err.println("The export ends before its end: %s.".formatted(Printable.of(e.getMessage())));
      return ExitStatus.CHAIN_BROKEN;
    } catch (UncheckedIOException e) {
      // Whoever reads has seen enough.
      return ExitStatus.FAILED;
    } finally {
      bar.finish();
    }
  }

  private int export(ChainDirectory chain, ProgressBar bar) throws Unreadable {
    OutputStream out = new BufferedOutputStream(stdout, BUFFER_BYTES);
    try {
      new ChainExport(Disk.local(), chain.path(), chain.node())
          .export(from, to, bar, (bytes, start, end) -> line(out, bytes, start, end));
      return ExitStatus.OK;
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    } finally {
      flush(out);
    }
  }

  private static void line(OutputStream out, byte[] bytes, int start, int end) {
    try {
      out.write(bytes, start, end - start);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flush(OutputStream out) {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
