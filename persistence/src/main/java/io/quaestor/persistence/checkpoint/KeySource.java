package io.quaestor.persistence.checkpoint;

import java.nio.file.Path;

/** Where a node's private key comes from. */
public sealed interface KeySource {

  /** The key itself, from the environment; the node cannot change it. */
  record Given(String secret) implements KeySource {
    @Override
    public String toString() {
      return "Given[secret not shown]";
    }
  }

  /** A file, which the node makes when there is none. */
  record InFile(Path file) implements KeySource {}
}
