package io.quaestor.http.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A file that comes with this release and goes into bundles. */
final class Resource {

  private static final String FOLDER = "/quaestor/check/";

  private Resource() {}

  static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Resource.class.getResourceAsStream(FOLDER + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
