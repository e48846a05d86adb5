package io.quaestor.persistence.chain;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The writing end of a verified chain: links drafts to the head, writes them with one write and one
 * sync. For one thread at a time; after an {@link IOException} it must not be used again.
 */
public final class ChainLog implements Closeable {

  private final ChainSettings settings;
  private final SegmentLog log;
  private final RecordBatch batch;
  private volatile Head head;
  private Instant encodedAt = Instant.EPOCH;

  private ChainLog(ChainSettings settings, SegmentLog log, Head head) {
    this.settings = settings;
    this.log = log;
    this.head = head;
    this.batch = new RecordBatch(settings.node(), settings.tree());
  }

  /**
   * Opens a directory whose verification came to {@code head}.
   *
   * @param lastSegment the segment to append to, 0 when there is none yet
   */
  public static ChainLog open(Path directory, ChainSettings settings, Head head, int lastSegment)
      throws IOException {
    SegmentLog log =
        new SegmentLog(settings.disk(), directory, settings.segmentBytes(), lastSegment);
    return new ChainLog(settings, log, head);
  }

  public Head head() {
    return head;
  }

  /**
   * Links the drafts to the head, in memory. A draft that cannot be a record throws; then nothing
   * has happened.
   */
  public void encode(List<Draft> drafts) {
    encodedAt = settings.clock().instant().truncatedTo(ChronoUnit.MICROS);
    batch.begin(head, encodedAt);
    drafts.forEach(batch::add);
  }

  /** Writes and syncs what was encoded; when it throws, any part may have been written. */
  public List<Sealed> write() throws IOException {
    log.makeRoom(batch.size());
    long base = log.size();
    log.append(batch.bytes());
    List<Sealed> sealed = new ArrayList<>(batch.lines().size());
    for (RecordBatch.Line line : batch.lines()) {
      Place place =
          new Place(log.segment(), base + line.position(), line.length(), line.seal().seq());
      sealed.add(new Sealed(line.draft(), line.seal(), place, encodedAt));
    }
    Sealed last = sealed.getLast();
    head = new Head(last.seal().seq(), last.seal().hash(), log.segment(), last.place().end());
    return sealed;
  }

  /** The Merkle leaf hashes of what was written last, side by side, until the next encoding. */
  public byte[] leaves() {
    return batch.leaves();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
