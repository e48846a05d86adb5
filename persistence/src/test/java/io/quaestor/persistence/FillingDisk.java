package io.quaestor.persistence;

import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A disk that says how much room it has left as a test wishes. */
final class FillingDisk implements Disk {

  private final Disk disk = new FaultyDisk(0, false);
  private volatile long usableBytes = 10_000;

  /** Sets the free space and waits until it must have been noticed. */
  void fill(long usableBytes) throws InterruptedException {
    this.usableBytes = usableBytes;
    TimeUnit.MILLISECONDS.sleep(150);
  }

  @Override
  public long usableBytes(Path directory) {
    return usableBytes;
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
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
    return disk.openToWrite(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return disk.create(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }
}
