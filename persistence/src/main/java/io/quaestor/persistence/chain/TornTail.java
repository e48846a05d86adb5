package io.quaestor.persistence.chain;

import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Moves a torn tail aside: the bytes are first safe in a file of their own, then taken off the
 * segment. Interrupted at any point, the next start finds the same torn tail, or the note of what
 * was done.
 */
public final class TornTail {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int CHUNK_BYTES = 1024 * 1024;

  private TornTail() {}

  /** Moves the tail and notes that it has to be recorded. */
  public static void moveAside(Disk disk, Path directory, Verdict.Torn torn, Instant now)
      throws IOException {
    String name = freeName(disk, directory, now);
    TailRepaired repaired =
        new TailRepaired(Segments.name(torn.segment()), torn.from(), torn.to() - torn.from(), name);
    try (DiskFile segment = disk.openToWrite(Segments.file(directory, torn.segment()))) {
      try (DiskFile aside = disk.create(directory.resolve(name))) {
        copy(segment, torn.from(), torn.to(), aside);
        aside.sync();
      }
      RepairNote.add(disk, directory, repaired);
      disk.syncDirectory(directory);
      segment.truncate(torn.from());
      segment.sync();
    }
  }

  private static String freeName(Disk disk, Path directory, Instant now) {
    String time = TIME.format(now);
    String name = "torn-" + time + ".bin";
    for (int i = 2; disk.exists(directory.resolve(name)); i++) {
      name = "torn-%s-%d.bin".formatted(time, i);
    }
    return name;
  }

  private static void copy(DiskFile from, long start, long end, DiskFile to) throws IOException {
    for (long at = start; at < end; at += CHUNK_BYTES) {
      byte[] chunk = TailScan.read(from, at, Math.min(end, at + CHUNK_BYTES));
      to.write(ByteBuffer.wrap(chunk), at - start);
    }
  }
}
