package io.quaestor.persistence.chain;

import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.chain.Disk.DiskFile;
import io.quaestor.persistence.event.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code REPAIR} holds the repairs that are not in the chain yet, one JSON line each:
 * written before torn bytes leave a segment, deleted when the {@code TailRepaired} records are
 * sealed. So another crash between the two cannot make a repair go unrecorded.
 */
public final class RepairNote {

  private static final String NAME = "REPAIR";
  private static final String TYPE = TailRepaired.class.getSimpleName();

  private RepairNote() {}

  /** Adds a repair. */
  static void add(Disk disk, Path directory, TailRepaired repaired) throws IOException {
    List<TailRepaired> repairs = new ArrayList<>(read(disk, directory));
    repairs.removeIf(each -> sameTail(each, repaired));
    repairs.add(repaired);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (TailRepaired each : repairs) {
      lines.write(EventJson.write(each));
      lines.write('\n');
    }
    DurableFile.write(disk, directory.resolve(NAME), lines.toByteArray());
  }

  /** A start that crashed before it cut the segment noted a repair that was not made. */
  private static boolean sameTail(TailRepaired one, TailRepaired other) {
    return one.segment().equals(other.segment())
        && one.offset() == other.offset()
        && one.bytes() == other.bytes();
  }

  /** The repairs that earlier starts made and did not record. */
  public static List<TailRepaired> read(Disk disk, Path directory) throws IOException {
    Path note = directory.resolve(NAME);
    if (!disk.exists(note)) {
      return List.of();
    }
    List<TailRepaired> repairs = new ArrayList<>();
    try (DiskFile file = disk.openToRead(note)) {
      byte[] bytes = TailScan.read(file, 0, file.size());
      int start = 0;
      for (int end; (end = Lines.indexOfEnd(bytes, start, bytes.length)) >= 0; start = end + 1) {
        repairs.add((TailRepaired) EventJson.read(TYPE, bytes, start, end - start));
      }
    }
    return repairs;
  }

  public static void delete(Disk disk, Path directory) throws IOException {
    disk.delete(directory.resolve(NAME));
  }
}
