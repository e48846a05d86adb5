package io.quaestor.persistence;

import io.quaestor.kernel.event.Event.SnapshotSaved;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.LeafHasher;
import io.quaestor.persistence.chain.Place;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.RecordReader;
import io.quaestor.persistence.chain.RecordScanner;
import io.quaestor.persistence.chain.Seal;
import io.quaestor.persistence.index.ChainIndex;
import io.quaestor.persistence.index.IndexUnusable;
import io.quaestor.persistence.merkle.Hash;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads a chain through its index; each record is checked again after it was read. */
public final class ChainReader implements Closeable {

  private final Path directory;
  private final ChainSettings settings;
  private final ChainIndex index;
  private final Supplier<Head> head;
  private final Consumer<IndexUnusable> indexFailed;
  private final RecordReader records;

  ChainReader(
      Path directory,
      ChainSettings settings,
      ChainIndex index,
      Supplier<Head> head,
      Consumer<IndexUnusable> indexFailed) {
    this.directory = directory;
    this.settings = settings;
    this.index = index;
    this.head = head;
    this.indexFailed = indexFailed;
    this.records = new RecordReader(settings.disk(), directory, settings.node());
  }

  /** One event of an entity. */
  public Optional<SealedEvent> event(String entity, long eseq) {
    return record(entity, eseq).filter(RecordLine::isEvent).map(ChainReader::sealed);
  }

  /** One record of an entity, of any type. */
  public Optional<RecordLine> record(String entity, long eseq) {
    return asking(() -> index.record(entity, eseq)).map(place -> read(place, entity, eseq));
  }

  /** One record by the chain's number. */
  public Optional<RecordLine> record(long seq) {
    if (seq < 1 || seq > head.get().seq()) {
      return Optional.empty();
    }
    List<RecordLine> found = new ArrayList<>(1);
    lines(
        seq, seq, (bytes, start, end, place) -> found.add(RecordScanner.record(bytes, start, end)));
    return Optional.of(found.getFirst());
  }

  /** A decision with the end of its reservation, and whether its outcome was learned from. */
  public Optional<Decided> decision(String id) {
    return asking(() -> index.decision(id))
        .map(
            place ->
                new Decided(
                    sealed(records.read(place)),
                    asking(() -> index.ending(id)).map(end -> sealed(records.read(end))),
                    asking(() -> index.lesson(id)).isPresent()));
  }

  /** What the chain says about a snapshot of an entity at its event {@code eseq}. */
  public Optional<SnapshotSaved> snapshotSeal(String entity, long eseq) {
    return asking(() -> index.snapshotSeal(entity, eseq))
        .map(place -> records.read(place).event())
        .filter(
            event ->
                event instanceof SnapshotSaved saved
                    && saved.entity().equals(entity)
                    && saved.eseq() == eseq)
        .map(SnapshotSaved.class::cast);
  }

  /** The seals of the events {@code from} to {@code to} of an entity. */
  public List<Seal> seals(String entity, long from, long to) {
    return records(entity, from, to, Integer.MAX_VALUE).stream().map(RecordLine::seal).toList();
  }

  /** Up to {@code max} records of an entity from {@code from} to {@code to}, in order. */
  public List<RecordLine> records(String entity, long from, long to, int max) {
    return asking(() -> index.records(entity, from, to, max)).stream()
        .map(
            place -> {
              RecordLine line = records.read(place);
              requireEntity(line, entity);
              return line;
            })
        .toList();
  }

  /** The highest number that an entity's events have had. */
  public long highestEseq(String entity) {
    return asking(() -> index.highest(entity));
  }

  /** Events of an entity up to this number are deleted. */
  public long deletedTo(String entity) {
    return asking(() -> index.deletedTo(entity));
  }

  /** All events from the chain's number {@code from} up to the head as it is now, in order. */
  public void events(long from, Consumer<SealedEvent> consumer) {
    lines(
        from,
        Long.MAX_VALUE,
        (bytes, start, end, place) -> {
          RecordLine line = RecordScanner.record(bytes, start, end);
          if (line.isEvent()) {
            consumer.accept(sealed(line));
          }
          return true;
        });
  }

  /** All lines from the chain's number {@code from} to {@code to} or the head as it is now. */
  public void lines(long from, long to, RecordScanner.Visitor visitor) {
    long last = Math.min(to, head.get().seq());
    if (from < 1 || from > last) {
      return;
    }
    Place start = asking(() -> index.atOrBefore(from)).orElse(new Place(1, 0, 0, 1));
    try {
      new RecordScanner(settings.disk(), directory, settings.node())
          .scan(
              start.segment(),
              start.offset(),
              last,
              (bytes, lineStart, lineEnd, place) ->
                  place.seq() < from || visitor.line(bytes, lineStart, lineEnd, place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Merkle leaf hashes of the records {@code (from, to]}, read and checked again. */
  public byte[] leafHashes(long from, long to) {
    byte[] hashes = new byte[Math.toIntExact((to - from) * Hash.BYTES)];
    LeafHasher hasher = new LeafHasher();
    lines(
        from + 1,
        to,
        (bytes, start, end, place) -> {
          int position = Math.toIntExact((place.seq() - from - 1) * Hash.BYTES);
          hasher.hash(bytes, start, end, hashes, position);
          return true;
        });
    return hashes;
  }

  private RecordLine read(Place place, String entity, long eseq) {
    RecordLine line = records.read(place);
    requireEntity(line, entity);
    if (line.envelope().eseq() != eseq) {
      throw misled(line, entity);
    }
    return line;
  }

  /** The index names a place; the record itself must agree. */
  private void requireEntity(RecordLine line, String entity) {
    if (!line.envelope().entity().equals(entity)) {
      throw misled(line, entity);
    }
  }

  private IllegalStateException misled(RecordLine line, String entity) {
    return new IllegalStateException(
        "the index names record %d for %s, which belongs to %s"
            .formatted(line.envelope().seq(), entity, line.envelope().entity()));
  }

  private static SealedEvent sealed(RecordLine line) {
    return new SealedEvent(line.event(), line.seal(), line.envelope().at(), line.envelope().eseq());
  }

  private <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (IndexUnusable e) {
      indexFailed.accept(e);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
