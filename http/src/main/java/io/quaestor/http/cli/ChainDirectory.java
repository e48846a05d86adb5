package io.quaestor.http.cli;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.FormatFile;
import io.quaestor.persistence.chain.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory that is only read: no lock, no index, nothing repaired. */
record ChainDirectory(Path path, String node) {

  /** The directory cannot be used; the message says why and what to do. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  static ChainDirectory open(Path path) throws Unreadable {
    if (!Files.exists(path)) {
      throw new Unreadable("There is no file or directory %s.".formatted(path));
    }
    if (!Files.isDirectory(path)) {
      throw new Unreadable("%s is not a directory; name a node's data directory.".formatted(path));
    }
    try {
      String node =
          FormatFile.node(Disk.local(), path)
              .orElseThrow(
                  () ->
                      new Unreadable(
                          "%s holds no chain (there is no file %s); name a node's data directory."
                              .formatted(path, FormatFile.NAME)));
      return new ChainDirectory(path, node);
    } catch (IOException e) {
      throw unreadable(path, e);
    } catch (ChainRefused e) {
      throw new Unreadable(e.getMessage() + ".");
    }
  }

  static Unreadable unreadable(Path path, IOException cause) {
    return new Unreadable("%s cannot be read: %s.".formatted(path, Reason.of(cause)));
  }
}
