package io.quaestor.persistence.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk on which the n-th operation that changes something fails. A failing write may leave the
 * first half of its bytes, as a crash does.
 */
public final class FaultyDisk implements Disk {

  private final Disk disk = LocalDisk.INSTANCE;
  private final int failAt;
  private final boolean half;
  private final AtomicInteger operations = new AtomicInteger();
  private final AtomicInteger syncs = new AtomicInteger();

  /** Fails operation {@code failAt}, counted from 1; 0 never fails. */
  public FaultyDisk(int failAt, boolean half) {
    this.failAt = failAt;
    this.half = half;
  }

  public boolean failed() {
    return failAt > 0 && operations.get() >= failAt;
  }

  public int syncs() {
    return syncs.get();
  }

  private boolean failsNow() {
    return operations.incrementAndGet() == failAt;
  }

  private void step() throws IOException {
    if (failsNow()) {
      throw new IOException("operation %d fails".formatted(failAt));
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    step();
    disk.createDirectories(directory);
  }

  @Override
  public boolean exists(Path file) {
    return disk.exists(file);
  }

  @Override
  public DiskFile openToRead(Path file) throws IOException {
    return disk.openToRead(file);
  }

  @Override
  public DiskFile openToWrite(Path file) throws IOException {
    step();
    return new File(disk.openToWrite(file));
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    step();
    return new File(disk.create(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    disk.delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
    disk.syncDirectory(directory);
  }

  @Override
  public long usableBytes(Path directory) throws IOException {
    return disk.usableBytes(directory);
  }

  private final class File implements DiskFile {
    private final DiskFile file;

    File(DiskFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer to, long offset) throws IOException {
      return file.read(to, offset);
    }

    @Override
    public void write(ByteBuffer from, long offset) throws IOException {
      if (failsNow()) {
        if (half) {
          file.write(from.slice(from.position(), from.remaining() / 2), offset);
        }
        throw new IOException("write %d fails".formatted(failAt));
      }
      file.write(from, offset);
    }

    @Override
    public void sync() throws IOException {
      step();
      syncs.incrementAndGet();
      file.sync();
    }

    @Override
    public void truncate(long size) throws IOException {
      step();
      file.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
