package io.quaestor.benchmarks.load.chain;

import io.quaestor.persistence.chain.LeafHasher;
import io.quaestor.persistence.merkle.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Reads a segment as a verification does and takes the hashes that it has to take, and no more: of
 * each record one of its JSON, one as a leaf, and one of a node, of which a tree has as many as
 * leaves. Nothing is compared. What SHA-256 alone allows.
 */
final class HashAlone {

  private static final int HEX_AND_SPACE = 2 * Hash.BYTES + 1;
  private static final int LEFT = 1;
  private static final int RIGHT = LEFT + Hash.BYTES;

  private final MessageDigest sha256 = sha256();
  private final LeafHasher leafHasher = new LeafHasher();
  private final byte[] block = new byte[ReadAlone.BLOCK_BYTES];
  private final byte[] node = new byte[RIGHT + Hash.BYTES];
  private int filled;
  private long records;

  private HashAlone() {
    node[0] = Hash.NODE_PREFIX;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The records whose hashes were taken. */
  static long records(Path segment) throws IOException {
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
      return new HashAlone().hash(file);
    }
  }

  private long hash(FileChannel file) throws IOException {
    int read;
    while ((read = file.read(ByteBuffer.wrap(block, filled, block.length - filled))) > 0) {
      filled += read;
      keepFrom(hashLines());
    }
    if (filled > 0) {
      throw new IOException("a segment ends within a line, or has one that is too long");
    }
    return records;
  }

  private void keepFrom(int start) {
    System.arraycopy(block, start, block, 0, filled - start);
    filled -= start;
  }

  /** Hashes all whole lines of the block; answers where the rest begins. */
  private int hashLines() throws IOException {
    int start = 0;
    int end;
    while ((end = LineEnds.next(block, start, filled)) >= 0) {
      if (end - start <= HEX_AND_SPACE) {
        throw new IOException("a line is too short for a record");
      }
      hashLine(start, end);
      records++;
      start = end + 1;
    }
    return start;
  }

  private void hashLine(int start, int end) {
    int json = start + HEX_AND_SPACE;
    sha256.update(block, json, end - json);
    digestTo(LEFT);
    leafHasher.hash(block, start, end, node, RIGHT);
    sha256.update(node);
    digestTo(LEFT);
  }

  private void digestTo(int position) {
    try {
      sha256.digest(node, position, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
