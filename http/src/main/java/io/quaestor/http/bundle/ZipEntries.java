package io.quaestor.http.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the entries of a zip file one after the other. They all have the same time, so that the
 * same content gives the same bytes. Zip64 comes by itself where it is needed.
 */
final class ZipEntries {

  /** The first that the format can tell. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int BUFFER_BYTES = 256 * 1024;

  private final ZipOutputStream zip;

  /**
   * @param target whose failures are unchecked
   */
  ZipEntries(OutputStream target) {
    this.zip = new ZipOutputStream(new BufferedOutputStream(target, BUFFER_BYTES));
  }

  void add(String name, String text) {
    add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void add(String name, byte[] bytes) {
    begin(name);
    write(bytes, 0, bytes.length);
  }

  /** Ends the entry before and begins the next. */
  void begin(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    run(() -> zip.putNextEntry(entry));
  }

  /** Writes to the entry that was begun last. */
  void write(byte[] bytes, int from, int length) {
    run(() -> zip.write(bytes, from, length));
  }

  void finish() {
    run(
        () -> {
          zip.finish();
          zip.flush();
        });
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Only a mistake of the caller comes here, such as a name that is used twice. */
  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
