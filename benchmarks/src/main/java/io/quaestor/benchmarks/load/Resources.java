package io.quaestor.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Gzipped text that is shipped with the driver. */
final class Resources {

  private Resources() {}

  static BufferedReader lines(String path) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(
                Objects.requireNonNull(Resources.class.getResourceAsStream(path), path)),
            StandardCharsets.UTF_8));
  }
}
