package io.quaestor.benchmarks.load.chain;

/**
 * A recipe says which chain is generated; from the same one come the same bytes.
 *
 * @param recordBytes about what a line has, its end included
 * @param segmentMib a segment that would become longer is closed and the next one begun
 */
record Recipe(long records, int recordBytes, int segmentMib, long seed) {

  private static final long MIB = 1024 * 1024;

  long segmentBytes() {
    return segmentMib * MIB;
  }

  /** The recipe as it is kept beside the chain. */
  String text() {
    return "%d records, about %d bytes each, segments of %d MiB, seed %d"
        .formatted(records, recordBytes, segmentMib, seed);
  }
}
