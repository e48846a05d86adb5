package io.quaestor.persistence.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiPredicate;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteBatch;
import org.jspecify.annotations.Nullable;

/**
 * A LevelDB database behind a lock, because a call on a closed database ends the process, not the
 * call.
 *
 * <p>Opened with paranoid checks and read with checksums: without them LevelDB drops damaged
 * records silently, and an index with holes would replay a history with holes. A refused open costs
 * a rebuild, nothing else.
 */
final class LevelStore implements Closeable {

  private static final int WRITE_BUFFER_BYTES = 8 * 1024 * 1024;
  private static final long CACHE_BYTES = 32L * 1024 * 1024;
  private static final ReadOptions CHECKED = new ReadOptions().verifyChecksums(true);

  // Outermost keys, so that an iterator never stands outside of the database.
  private static final byte[] FIRST = {0};
  private static final byte[] LAST = {(byte) 0xff};

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable DB db;

  private LevelStore(DB db) {
    this.db = db;
  }

  static LevelStore open(Path directory) {
    Options options =
        new Options()
            .createIfMissing(true)
            .paranoidChecks(true)
            .verifyChecksums(true)
            .writeBufferSize(WRITE_BUFFER_BYTES)
            .cacheSize(CACHE_BYTES);
    try {
      LevelStore store = new LevelStore(JniDBFactory.factory.open(directory.toFile(), options));
      store.write(
          batch -> {
            batch.put(FIRST, new byte[0]);
            batch.put(LAST, new byte[0]);
          });
      return store;
    } catch (IOException | RuntimeException e) {
      throw new IndexUnusable("the index cannot be opened", e);
    }
  }

  /** Puts what is written at once. */
  @FunctionalInterface
  interface Writing {
    void to(WriteBatch batch);
  }

  byte @Nullable [] get(byte[] key) {
    return reading(open -> open.get(key, CHECKED));
  }

  void write(Writing writing) {
    lock.readLock().lock();
    try (WriteBatch batch = opened().createWriteBatch()) {
      writing.to(batch);
      opened().write(batch);
    } catch (IOException | RuntimeException e) {
      throw new IndexUnusable("the index cannot be written", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Visits keys in ascending order from {@code from} on, until the visitor has enough. */
  void ascend(byte[] from, BiPredicate<byte[], byte[]> visitor) {
    iterating(
        iterator -> {
          iterator.seek(from);
          while (iterator.hasNext()) {
            var entry = iterator.next();
            if (!visitor.test(entry.getKey(), entry.getValue())) {
              return;
            }
          }
        });
  }

  /** Visits keys in descending order, beginning below {@code below}. */
  void descend(byte[] below, BiPredicate<byte[], byte[]> visitor) {
    iterating(
        iterator -> {
          iterator.seek(below);
          while (iterator.hasPrev()) {
            var entry = iterator.prev();
            if (!visitor.test(entry.getKey(), entry.getValue())) {
              return;
            }
          }
        });
  }

  @FunctionalInterface
  private interface Iterating {
    void with(DBIterator iterator);
  }

  private void iterating(Iterating work) {
    reading(
        open -> {
          try (DBIterator iterator = open.iterator(CHECKED)) {
            work.with(iterator);
            return null;
          }
        });
  }

  @FunctionalInterface
  private interface Reading<T extends @Nullable Object> {
    T of(DB db) throws IOException;
  }

  private <T extends @Nullable Object> T reading(Reading<T> work) {
    lock.readLock().lock();
    try {
      return work.of(opened());
    } catch (IOException | RuntimeException e) {
      throw new IndexUnusable("the index cannot be read", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private DB opened() {
    if (db == null) {
      throw new IndexUnusable("the index is closed");
    }
    return db;
  }

  @Override
  public void close() {
    Lock exclusive = lock.writeLock();
    exclusive.lock();
    try {
      if (db != null) {
        db.close();
        db = null;
      }
    } catch (IOException e) {
      throw new IndexUnusable("the index cannot be closed", e);
    } finally {
      exclusive.unlock();
    }
  }
}
