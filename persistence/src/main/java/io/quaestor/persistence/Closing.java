package io.quaestor.persistence;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes several things in order, each even if another cannot be closed. */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void all(@Nullable AutoCloseable... things) {
    for (AutoCloseable thing : things) {
      try {
        if (thing != null) {
          thing.close();
        }
      } catch (Exception e) {
        LOG.warn("a part of the chain could not be closed", e);
      }
    }
  }
}
