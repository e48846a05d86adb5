package io.quaestor.persistence.chain;

/** The disk has less free space than the hard floor. Nothing was written; free some and repeat. */
public final class ChainFull extends RuntimeException {

  private static final long serialVersionUID = 1;

  ChainFull(long usableBytes, long floorBytes) {
    super(
        "the disk has %d bytes left, a record needs %d to remain free"
            .formatted(usableBytes, floorBytes));
  }
}
