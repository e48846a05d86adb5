package io.quaestor.http.bundle;

import io.quaestor.persistence.chain.Reason;
import java.io.IOException;
import java.nio.file.Path;

/** The file of a bundle cannot be written; the message is a sentence for a person. */
public final class BundleUnwritable extends RuntimeException {

  private static final long serialVersionUID = 1;

  BundleUnwritable(Path file, IOException cause) {
    super("%s cannot be written: %s".formatted(file, Reason.of(cause)), cause);
  }
}
