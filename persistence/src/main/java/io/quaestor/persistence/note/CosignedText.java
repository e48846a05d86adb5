package io.quaestor.persistence.note;

/**
 * What a witness signs: a checkpoint and when it was the newest it knew.
 *
 * <pre>
 * cosignature/v1 LF
 * time SECONDS LF       since 1970, decimal
 * text of the checkpoint, to its final LF
 * </pre>
 */
final class CosignedText {

  private CosignedText() {}

  static byte[] of(long seconds, String checkpoint) {
    return Utf8.encode("cosignature/v1\ntime " + seconds + "\n" + checkpoint);
  }
}
