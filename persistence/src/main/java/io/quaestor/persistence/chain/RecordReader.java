package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads single records by their place and checks each against its own hash and number. For many
 * threads; keeps a bounded number of segment files open.
 */
public final class RecordReader implements Closeable {

  private static final int OPEN_FILES_MAX = 32;
  private static final int ATTEMPTS = 3;

  private final Disk disk;
  private final Path directory;
  private final String node;
  private final Map<Integer, DiskFile> open = new LinkedHashMap<>(16, 0.75f, true);

  public RecordReader(Disk disk, Path directory, String node) {
    this.disk = disk;
    this.directory = directory;
    this.node = node;
  }

  public RecordLine read(Place place) {
    byte[] bytes = bytes(place);
    int end = bytes.length - 1;
    LineVerifier verifier = new LineVerifier(node);
    if (bytes[end] != '\n') {
      throw new RecordDamaged(place, "it does not end where it should");
    }
    Fault.Kind fault = verifier.check(bytes, 0, end);
    if (fault != null) {
      throw new RecordDamaged(place, verifier.detail());
    }
    if (verifier.firstSeq() != place.seq()) {
      throw new RecordDamaged(place, "record %d stands there".formatted(verifier.firstSeq()));
    }
    return new RecordLine(bytes, 0, end);
  }

  private byte[] bytes(Place place) {
    for (int attempt = 1; ; attempt++) {
      try {
        DiskFile file = file(place.segment());
        return TailScan.read(file, place.offset(), place.end());
      } catch (ClosedChannelException e) {
        // Another thread pushed the file out of the bounded set, or was interrupted in a read.
        forget(place.segment());
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized DiskFile file(int segment) throws IOException {
    DiskFile file = open.get(segment);
    if (file == null) {
      file = disk.openToRead(Segments.file(directory, segment));
      open.put(segment, file);
      if (open.size() > OPEN_FILES_MAX) {
        Iterator<DiskFile> eldest = open.values().iterator();
        DiskFile out = eldest.next();
        eldest.remove();
        out.close();
      }
    }
    return file;
  }

  private synchronized void forget(int segment) {
    open.remove(segment);
  }

  @Override
  public synchronized void close() throws IOException {
    List<DiskFile> files = new ArrayList<>(open.values());
    open.clear();
    for (DiskFile file : files) {
      file.close();
    }
  }
}
