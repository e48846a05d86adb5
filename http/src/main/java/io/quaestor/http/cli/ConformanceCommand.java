package io.quaestor.http.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quaestor.http.cli.KernelVectors.Expected;
import io.quaestor.http.cli.KernelVectors.MalformedVectorException;
import io.quaestor.http.cli.KernelVectors.Vector;
import io.quaestor.kernel.decision.Candidates;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.decision.Kernel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs the kernel on a file of vectors and compares its decisions with the recorded ones.
 *
 * <p>Prints each difference with its line number and at the end {@code N passed, N failed}. Exit
 * status 0 if all passed, 1 if some failed, 2 if the file cannot be read or a line is no vector.
 */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = "Run the decision kernel on recorded vectors and compare.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every vector passed",
      "1:some failed",
      "2:the file cannot be read or a line is no vector"
    })
public final class ConformanceCommand implements Callable<Integer> {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int UNREADABLE = 2;

  @Parameters(paramLabel = "FILE", description = "Vectors, one JSON object per line: .jsonl or .gz")
  private @Nullable Path file;

  @Spec private @Nullable CommandSpec spec;

  private final Decision decision = new Decision(Candidates.SIZE_MAX);
  private int passed;
  private int failed;

  @Override
  public Integer call() {
    if (file == null || spec == null) {
      throw new IllegalStateException("runs under picocli only");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int line = 0;
    passed = 0;
    failed = 0;
    try (BufferedReader reader = open(file)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          check(line, KernelVectors.parse(text), out);
        }
      }
    } catch (MalformedVectorException e) {
      err.println(file + ": line " + line + ": " + e.getMessage());
      return UNREADABLE;
    } catch (IOException e) {
      err.println(file + ": cannot be read: " + e);
      return UNREADABLE;
    }
    out.println(passed + " passed, " + failed + " failed");
    return failed == 0 ? PASSED : FAILED;
  }

  private void check(int line, Vector vector, PrintWriter out) {
    Kernel.decide(vector.limits(), vector.candidates(), vector.input(), decision);
    Expected got = Expected.of(decision);
    if (got.equals(vector.expected())) {
      passed++;
    } else {
      failed++;
      out.println("line " + line + ": expected " + vector.expected() + ", got " + got);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      boolean zipped = file.toString().endsWith(".gz");
      InputStream plain = zipped ? new GZIPInputStream(raw) : raw;
      return new BufferedReader(new InputStreamReader(plain, UTF_8));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }
}
