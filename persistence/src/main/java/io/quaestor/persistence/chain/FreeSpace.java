package io.quaestor.persistence.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Free space of the disk, looked at for each write and a few times a second in between. */
public final class FreeSpace {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Disk disk;
  private final Path directory;
  private final long floorBytes;
  private final long hardFloorBytes;

  // Two threads may look at the same time; both see the truth.
  private volatile long usableBytes;
  private volatile long lookedNanos;

  public FreeSpace(ChainSettings settings, Path directory) {
    this.disk = settings.disk();
    this.directory = directory;
    this.floorBytes = settings.freeSpaceFloorBytes();
    this.hardFloorBytes = settings.freeSpaceHardFloorBytes();
    look(System.nanoTime());
  }

  /** Whether there is room for more than finishing what has begun. */
  public boolean aboveFloor() {
    return usableBytes() >= floorBytes;
  }

  /** Whether there is room to finish what has begun. */
  public boolean aboveHardFloor() {
    return usableBytes() >= hardFloorBytes;
  }

  /**
   * Refuses to go on below the hard floor. Asked before each write, and looks each time: in a tenth
   * of a second somebody else can fill more than the hard floor.
   *
   * @throws ChainFull when there is less
   */
  public void requireAboveHardFloor() {
    look(System.nanoTime());
    long usable = usableBytes;
    if (usable < hardFloorBytes) {
      throw new ChainFull(usable, hardFloorBytes);
    }
  }

  private long usableBytes() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      look(now);
    }
    return usableBytes;
  }

  private void look(long now) {
    try {
      usableBytes = disk.usableBytes(directory);
    } catch (IOException e) {
      // A disk that cannot even say how full it is has no room.
      usableBytes = 0;
    }
    lookedNanos = now;
  }
}
