package io.quaestor.persistence.chain;

import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * How a chain is kept.
 *
 * @param node the name of the node that writes it
 * @param segmentBytes a segment that would become longer is closed and the next one begun
 * @param freeSpaceFloorBytes below it no decision should be made
 * @param freeSpaceHardFloorBytes below it nothing is appended: the index maps files into memory and
 *     would take the process down on a full disk
 */
public record ChainSettings(
    String node,
    long segmentBytes,
    long freeSpaceFloorBytes,
    long freeSpaceHardFloorBytes,
    InstantSource clock,
    Disk disk,
    boolean tree) {

  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final long MIB = 1024 * 1024;
  private static final long SEGMENT_BYTES = 64 * MIB;
  private static final long FLOOR_BYTES = 256 * MIB;
  private static final long HARD_FLOOR_BYTES_MAX = 64 * MIB;

  public ChainSettings {
    if (!NODE.matcher(node).matches()) {
      throw new IllegalArgumentException(
          "a node name is 1 to 64 letters, digits, dots, dashes and underscores, not \"%s\""
              .formatted(node));
    }
    if (segmentBytes < 1 || freeSpaceFloorBytes < 0 || freeSpaceHardFloorBytes < 0) {
      throw new IllegalArgumentException("a size in the chain settings is out of range");
    }
  }

  /** The defaults. */
  public static ChainSettings of(String node) {
    return new ChainSettings(
        node,
        SEGMENT_BYTES,
        FLOOR_BYTES,
        hardFloorBytes(FLOOR_BYTES),
        InstantSource.system(),
        LocalDisk.INSTANCE,
        true);
  }

  /** A quarter of the floor, at most 64 MiB. */
  public static long hardFloorBytes(long floorBytes) {
    return Math.min(HARD_FLOOR_BYTES_MAX, floorBytes / 4);
  }

  public ChainSettings withSegmentBytes(long bytes) {
    return new ChainSettings(
        node, bytes, freeSpaceFloorBytes, freeSpaceHardFloorBytes, clock, disk, tree);
  }

  public ChainSettings withFreeSpaceFloors(long floorBytes, long hardFloorBytes) {
    return new ChainSettings(node, segmentBytes, floorBytes, hardFloorBytes, clock, disk, tree);
  }

  public ChainSettings withClock(InstantSource clock) {
    return new ChainSettings(
        node, segmentBytes, freeSpaceFloorBytes, freeSpaceHardFloorBytes, clock, disk, tree);
  }

  public ChainSettings withTree(boolean tree) {
    return new ChainSettings(
        node, segmentBytes, freeSpaceFloorBytes, freeSpaceHardFloorBytes, clock, disk, tree);
  }

  public ChainSettings withDisk(Disk disk) {
    return new ChainSettings(
        node, segmentBytes, freeSpaceFloorBytes, freeSpaceHardFloorBytes, clock, disk, tree);
  }
}
