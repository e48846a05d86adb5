package io.quaestor.http.bundle;

import io.quaestor.persistence.chain.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A bundle that somebody has unpacked. */
final class Unpacked {

  private Unpacked() {}

  /** Makes the bundle of a data directory and unpacks it into a directory of its own. */
  static Path bundleOf(Path data, Path into) throws IOException {
    Path zip = into.resolveSibling(into.getFileName() + ".zip");
    new AuditBundle(data, "node-1").write(zip, true, Progress.NONE);
    unpack(zip, into);
    return into;
  }

  static void unpack(Path zip, Path into) throws IOException {
    Files.createDirectories(into);
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
          throw new IOException("an entry leads out of the bundle: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        Files.write(file, entries.readAllBytes());
      }
    }
  }
}
