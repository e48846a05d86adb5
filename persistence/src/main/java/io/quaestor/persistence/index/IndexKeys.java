package io.quaestor.persistence.index;

import io.quaestor.persistence.chain.Evidence;
import io.quaestor.persistence.chain.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The layout of the index. Numbers are big-endian, so that keys sort by them; {@code entity} is two
 * bytes of length and UTF-8, so that no entity's keys lie among another's.
 *
 * <pre>
 * key                       value                      what
 * 00                        -                          first key, never read
 * 'D' id                    place                      the DecisionMade of a decision
 * 'E' entity eseq:8         place                      a record, by its entity's number
 * 'H'                       place hash:64              the last record that is in the index
 * 'L' id                    place                      the outcome that was learned from
 * 'M' entity                eseq:8                     events up to here are deleted
 * 'P' entity eseq:8         bytes                      a snapshot
 * 'Q' entity eseq:8         place                      the SnapshotSaved that seals the snapshot
 * 'S' seq:8                 place                      each 64th record, by the chain's number
 * 'V'                       version:4                  of this layout
 * 'X' id                    place                      what ended its reservation last
 * ff                        -                          last key, never read
 *
 * place = segment:4 offset:8 length:4 seq:8
 * </pre>
 */
final class IndexKeys {

  static final int VERSION = 2;
  static final int SEQ_STEP = 64;
  static final byte[] HEAD = {'H'};
  static final byte[] LAYOUT = {'V'};

  private static final int PLACE_BYTES = 24;
  private static final int ENTITY_BYTES_MAX = 65_535;

  private IndexKeys() {}

  static byte[] record(String entity, long eseq) {
    return entity('E', entity, eseq);
  }

  static byte[] snapshot(String entity, long eseq) {
    return entity('P', entity, eseq);
  }

  static byte[] snapshotSeal(String entity, long eseq) {
    return entity('Q', entity, eseq);
  }

  static byte[] decision(String id) {
    return name('D', id);
  }

  static byte[] lesson(String id) {
    return name('L', id);
  }

  static byte[] ending(String id) {
    return name('X', id);
  }

  static byte[] deleted(String entity) {
    return name('M', entity);
  }

  static byte[] seq(long seq) {
    return ByteBuffer.allocate(9).put((byte) 'S').putLong(seq).array();
  }

  /** Whether two keys differ in their last eight bytes at most: one entity, any number. */
  static boolean sameEntity(byte[] one, byte[] other) {
    int prefix = one.length - Long.BYTES;
    return one.length == other.length && Arrays.equals(one, 0, prefix, other, 0, prefix);
  }

  /** The number at the end of a key. */
  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static byte[] place(Place place) {
    return put(ByteBuffer.allocate(PLACE_BYTES), place).array();
  }

  static Place place(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    return new Place(in.getInt(), in.getLong(), in.getInt(), in.getLong());
  }

  static byte[] head(Evidence head) {
    byte[] hash = head.hash().getBytes(StandardCharsets.US_ASCII);
    return put(ByteBuffer.allocate(PLACE_BYTES + hash.length), head.place()).put(hash).array();
  }

  static Evidence head(byte[] value) {
    String hash =
        new String(value, PLACE_BYTES, value.length - PLACE_BYTES, StandardCharsets.US_ASCII);
    return new Evidence(place(value), hash);
  }

  private static ByteBuffer put(ByteBuffer out, Place place) {
    return out.putInt(place.segment())
        .putLong(place.offset())
        .putInt(place.length())
        .putLong(place.seq());
  }

  private static byte[] entity(char kind, String entity, long eseq) {
    byte[] name = entity.getBytes(StandardCharsets.UTF_8);
    if (name.length > ENTITY_BYTES_MAX) {
      throw new IllegalArgumentException("the name of an entity is too long: " + name.length);
    }
    return ByteBuffer.allocate(1 + 2 + name.length + Long.BYTES)
        .put((byte) kind)
        .putShort((short) name.length)
        .put(name)
        .putLong(eseq)
        .array();
  }

  private static byte[] name(char kind, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put((byte) kind).put(text).array();
  }
}
