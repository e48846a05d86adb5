package io.quaestor.benchmarks.load.chain;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a segment in large blocks and looks at nothing: what the disk or the page cache gives. */
final class ReadAlone {

  static final int BLOCK_BYTES = 1024 * 1024;

  private ReadAlone() {}

  /** The bytes that were read. */
  static long bytes(Path segment) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
      ByteBuffer block = arena.allocate(BLOCK_BYTES).asByteBuffer();
      long sum = 0;
      int read;
      while ((read = file.read(block)) >= 0) {
        sum += read;
        block.clear();
      }
      return sum;
    }
  }
}
