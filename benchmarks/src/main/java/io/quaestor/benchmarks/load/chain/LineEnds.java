package io.quaestor.benchmarks.load.chain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line ends, eight bytes at a time (Hacker's Delight, 6-1), so that it costs next to none.
 */
final class LineEnds {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_ENDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private LineEnds() {}

  /** Position of the first line end in {@code [from, to)}, or -1. */
  static int next(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long zeroAtEnd = (long) LONG.get(bytes, i) ^ LINE_ENDS;
      long hit = (zeroAtEnd - ONES) & ~zeroAtEnd & HIGH_BITS;
      if (hit != 0) {
        return i + Long.numberOfTrailingZeros(hit) / Byte.SIZE;
      }
    }
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i < to ? i : -1;
  }
}
