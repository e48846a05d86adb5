package io.quaestor.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** The sizes of real requests, from the trace in {@code data/DATA.md}. */
final class Sizes {

  private static final String TRACE = "/data/azure-llm-trace-2023-tokens.csv.gz";
  private static final String HEADER = "service,context_tokens,generated_tokens";

  /** Tokens of one call. */
  record Size(int inputTokens, int outputTokens) {}

  private final List<Size> all;

  private Sizes(List<Size> all) {
    this.all = all;
  }

  static Sizes load() {
    try (BufferedReader lines = Resources.lines(TRACE)) {
      if (!HEADER.equals(lines.readLine())) {
        throw new IOException(TRACE + " has another header than " + HEADER);
      }
      return new Sizes(lines.lines().map(Sizes::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Size parse(String line) {
    List<String> fields = Arrays.asList(line.split(",", -1));
    return new Size(Integer.parseInt(fields.get(1)), Integer.parseInt(fields.get(2)));
  }

  int count() {
    return all.size();
  }

  Size draw(Draws draws) {
    return draws.oneOf(all);
  }
}
