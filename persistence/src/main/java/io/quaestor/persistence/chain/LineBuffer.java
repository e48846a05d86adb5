package io.quaestor.persistence.chain;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte buffer that grows, with the few writes a record needs. */
final class LineBuffer {

  private byte[] bytes;
  private int size;

  LineBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Forgets what was written behind {@code size}. */
  void cut(int size) {
    this.size = size;
  }

  /** Reserves {@code count} bytes to be filled later and answers their position. */
  int skip(int count) {
    room(count);
    int at = size;
    size += count;
    return at;
  }

  void put(byte value) {
    room(1);
    bytes[size++] = value;
  }

  void put(byte[] values) {
    room(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  void putCopy(int from, int count) {
    room(count);
    System.arraycopy(bytes, from, bytes, size, count);
    size += count;
  }

  void putNumber(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a number in a record is negative: " + value);
    }
    room(20);
    int digits = 1;
    for (long v = value; v >= 10; v /= 10) {
      digits++;
    }
    long v = value;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + v % 10);
      v /= 10;
    }
    size += digits;
  }

  /** The text between the quotes of a JSON string. */
  void putText(String text) {
    int start = size;
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        size = start;
        put(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  String latin1(int from, int count) {
    return new String(bytes, from, count, StandardCharsets.ISO_8859_1);
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      int wanted = Math.addExact(size, count);
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(wanted, bytes.length * 2L)));
    }
  }
}
