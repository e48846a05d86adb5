package io.quaestor.persistence.chain;

/**
 * A place is where a record's line stands on disk.
 *
 * @param segment number of the segment file
 * @param offset of the line's first byte
 * @param length of the line, its line end included
 * @param seq the record's number, so that a reader can tell that it found the right one
 */
public record Place(int segment, long offset, int length, long seq) {

  public long end() {
    return offset + length;
  }
}
