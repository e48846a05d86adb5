package io.quaestor.persistence;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Evidence;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Meter;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.RecordDamaged;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.RecordReader;
import io.quaestor.persistence.chain.RecordScanner;
import io.quaestor.persistence.index.ChainIndex;
import io.quaestor.persistence.index.IndexedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings an index up to the head of its verified chain. */
final class IndexRefresh {

  private static final int BATCH_RECORDS = 1024;

  private final Path directory;
  private final ChainSettings settings;
  private final Head head;

  IndexRefresh(Path directory, ChainSettings settings, Head head) {
    this.directory = directory;
    this.settings = settings;
    this.head = head;
  }

  /** Whether the index speaks of this chain: the last record it knows is there as it knows it. */
  boolean fits(@Nullable Evidence evidence) {
    if (evidence == null) {
      return true;
    }
    if (evidence.seq() > head.seq()) {
      return false;
    }
    try (RecordReader reader = new RecordReader(settings.disk(), directory, settings.node())) {
      return reader.read(evidence.place()).hash().equals(evidence.hash());
    } catch (RecordDamaged | UncheckedIOException | IOException e) {
      return false;
    }
  }

  /**
   * Adds the records behind the index's last one.
   *
   * @return how many
   */
  long catchUp(ChainIndex index, @Nullable Evidence evidence, Progress progress, long bytesTotal)
      throws IOException {
    long known = evidence == null ? 0 : evidence.seq();
    if (known == head.seq()) {
      return 0;
    }
    long records = head.seq() - known;
    Meter meter = new Meter(progress, Progress.Step.INDEX, bytesTotal * records / head.seq());
    List<IndexedRecord> batch = new ArrayList<>(BATCH_RECORDS);
    new RecordScanner(settings.disk(), directory, settings.node())
        .scan(
            evidence == null ? 1 : evidence.place().segment(),
            evidence == null ? 0 : evidence.place().end(),
            head.seq(),
            (bytes, start, end, place) -> {
              RecordLine record = RecordScanner.record(bytes, start, end);
              batch.add(
                  new IndexedRecord(
                      record.envelope().entity(),
                      record.envelope().eseq(),
                      event(record),
                      place,
                      record.hash()));
              if (batch.size() == BATCH_RECORDS || place.seq() == head.seq()) {
                index.add(batch);
                meter.add(
                    batch.stream().mapToLong(each -> each.place().length()).sum(), batch.size());
                batch.clear();
              }
              return true;
            });
    meter.finish();
    return records;
  }

  private static @Nullable Event event(RecordLine record) {
    return record.isEvent() ? record.event() : null;
  }
}
