package io.quaestor.persistence.index;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.Event.Committed;
import io.quaestor.kernel.event.Event.DecisionMade;
import io.quaestor.kernel.event.Event.EventsDeleted;
import io.quaestor.kernel.event.Event.Expired;
import io.quaestor.kernel.event.Event.OutcomeReported;
import io.quaestor.kernel.event.Event.Released;
import io.quaestor.kernel.event.Event.SnapshotSaved;
import io.quaestor.persistence.chain.Evidence;
import io.quaestor.persistence.chain.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.iq80.leveldb.WriteBatch;
import org.jspecify.annotations.Nullable;

/**
 * The index over a chain: where the records of an entity, of a decision and of a number are.
 * Layout: {@link IndexKeys}.
 */
public final class ChainIndex implements Closeable {

  private final LevelStore store;

  private ChainIndex(LevelStore store) {
    this.store = store;
  }

  /**
   * Opens or creates the index.
   *
   * @param nativeLibrary where LevelDB's native library may be unpacked
   * @throws IndexUnusable when it is damaged or of another layout
   */
  public static ChainIndex open(Path directory, Path nativeLibrary) {
    try {
      NativeLibrary.prepare(nativeLibrary);
    } catch (IOException e) {
      throw new IndexUnusable("LevelDB's library cannot be unpacked", e);
    }
    LevelStore store = LevelStore.open(directory);
    try {
      checkLayout(store);
      return new ChainIndex(store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static void checkLayout(LevelStore store) {
    byte[] layout = store.get(IndexKeys.LAYOUT);
    if (layout == null) {
      byte[] version = ByteBuffer.allocate(4).putInt(IndexKeys.VERSION).array();
      store.write(batch -> batch.put(IndexKeys.LAYOUT, version));
    } else if (ByteBuffer.wrap(layout).getInt() != IndexKeys.VERSION) {
      throw new IndexUnusable("the index has another layout");
    }
  }

  /** What the index knows about the chain's end; null when it knows nothing. */
  public @Nullable Evidence evidence() {
    byte[] head = store.get(IndexKeys.HEAD);
    return head == null ? null : IndexKeys.head(head);
  }

  /** Adds records that are on disk, in the chain's order and all at once. */
  public void add(List<IndexedRecord> records) {
    store.write(
        batch -> {
          records.forEach(record -> put(batch, record));
          IndexedRecord last = records.getLast();
          batch.put(IndexKeys.HEAD, IndexKeys.head(new Evidence(last.place(), last.hash())));
        });
  }

  private static void put(WriteBatch batch, IndexedRecord record) {
    byte[] place = IndexKeys.place(record.place());
    batch.put(IndexKeys.record(record.entity(), record.eseq()), place);
    if (record.place().seq() % IndexKeys.SEQ_STEP == 1) {
      batch.put(IndexKeys.seq(record.place().seq()), place);
    }
    switch (record.event()) {
      case DecisionMade decision -> batch.put(IndexKeys.decision(decision.id()), place);
      case EventsDeleted mark ->
          batch.put(IndexKeys.deleted(mark.entity()), IndexKeys.number(mark.toEseq()));
      case SnapshotSaved saved ->
          batch.put(IndexKeys.snapshotSeal(saved.entity(), saved.eseq()), place);
      case null -> {}
      default -> putReport(batch, record.event(), place);
    }
  }

  private static void putEnding(WriteBatch batch, @Nullable BudgetEvent ending, byte[] place) {
    switch (ending) {
      case Committed ended -> batch.put(IndexKeys.ending(ended.id()), place);
      case Released ended -> batch.put(IndexKeys.ending(ended.id()), place);
      case Expired ended -> batch.put(IndexKeys.ending(ended.id()), place);
      case null, default -> {}
    }
  }

  private static void putReport(WriteBatch batch, Event event, byte[] place) {
    putEnding(batch, Event.ending(event), place);
    if (event instanceof OutcomeReported outcome && outcome.lesson() != null) {
      batch.put(IndexKeys.lesson(outcome.id()), place);
    }
  }

  /** The record of an entity's number. */
  public Optional<Place> record(String entity, long eseq) {
    return place(IndexKeys.record(entity, eseq));
  }

  /** Up to {@code max} records of an entity from {@code from} to {@code to}, in order. */
  public List<Place> records(String entity, long from, long to, int max) {
    byte[] first = IndexKeys.record(entity, from);
    List<Place> places = new ArrayList<>();
    store.ascend(
        first,
        (key, value) -> {
          if (places.size() == max
              || !IndexKeys.sameEntity(first, key)
              || IndexKeys.number(key) > to) {
            return false;
          }
          places.add(IndexKeys.place(value));
          return true;
        });
    return places;
  }

  /** The highest number of an entity, 0 when it has no records. */
  public long highest(String entity) {
    byte[] below = IndexKeys.record(entity, Long.MAX_VALUE);
    long[] highest = {0};
    store.descend(
        below,
        (key, value) -> {
          if (IndexKeys.sameEntity(below, key)) {
            highest[0] = IndexKeys.number(key);
          }
          return false;
        });
    return highest[0];
  }

  /** Events of an entity up to this number are deleted; 0 when none are. */
  public long deletedTo(String entity) {
    byte[] mark = store.get(IndexKeys.deleted(entity));
    return mark == null ? 0 : IndexKeys.number(mark);
  }

  public Optional<Place> decision(String id) {
    return place(IndexKeys.decision(id));
  }

  public Optional<Place> ending(String id) {
    return place(IndexKeys.ending(id));
  }

  /** The outcome of a decision that was learned from. */
  public Optional<Place> lesson(String id) {
    return place(IndexKeys.lesson(id));
  }

  /** The SnapshotSaved record of a snapshot. */
  public Optional<Place> snapshotSeal(String entity, long eseq) {
    return place(IndexKeys.snapshotSeal(entity, eseq));
  }

  /** A record at or not far before {@code seq}, to walk on from. */
  public Optional<Place> atOrBefore(long seq) {
    return place(IndexKeys.seq(seq - (seq - 1) % IndexKeys.SEQ_STEP));
  }

  private Optional<Place> place(byte[] key) {
    byte[] value = store.get(key);
    return value == null ? Optional.empty() : Optional.of(IndexKeys.place(value));
  }

  // ---- snapshots --------------------------------------------------------------------------------

  public void putSnapshot(String entity, long eseq, byte[] bytes) {
    store.write(batch -> batch.put(IndexKeys.snapshot(entity, eseq), bytes));
  }

  public void deleteSnapshots(String entity, List<Long> eseqs) {
    store.write(batch -> eseqs.forEach(eseq -> batch.delete(IndexKeys.snapshot(entity, eseq))));
  }

  /** The numbers of an entity's snapshots, the latest first. */
  public List<Long> snapshots(String entity, long minEseq, long maxEseq) {
    byte[] below = IndexKeys.snapshot(entity, maxEseq == Long.MAX_VALUE ? maxEseq : maxEseq + 1);
    List<Long> eseqs = new ArrayList<>();
    store.descend(
        below,
        (key, value) -> {
          if (!IndexKeys.sameEntity(below, key) || IndexKeys.number(key) < minEseq) {
            return false;
          }
          eseqs.add(IndexKeys.number(key));
          return true;
        });
    return eseqs;
  }

  public Optional<byte[]> snapshot(String entity, long eseq) {
    return Optional.ofNullable(store.get(IndexKeys.snapshot(entity, eseq)));
  }

  @Override
  public void close() {
    store.close();
  }
}
