package io.quaestor.persistence.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A timestamp is an instant as text of fixed width: UTC, six digits of a second.
 *
 * <pre>
 * 2026-11-23T08:00:00.123456Z     27 bytes
 * </pre>
 *
 * <p>Fixed width keeps records comparable as text, and {@code Instant.toString} drops zeros.
 */
public final class Timestamps {

  public static final int LENGTH = 27;

  private static final int NANOS_PER_MICRO = 1_000;

  private Timestamps() {}

  /** Writes the 27 bytes at {@code position}; parts of a microsecond are cut off. */
  public static void write(Instant at, byte[] to, int position) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("the year of a timestamp has four digits: " + at);
    }
    digits(to, position, 4, utc.getYear());
    to[position + 4] = '-';
    digits(to, position + 5, 2, utc.getMonthValue());
    to[position + 7] = '-';
    digits(to, position + 8, 2, utc.getDayOfMonth());
    to[position + 10] = 'T';
    digits(to, position + 11, 2, utc.getHour());
    to[position + 13] = ':';
    digits(to, position + 14, 2, utc.getMinute());
    to[position + 16] = ':';
    digits(to, position + 17, 2, utc.getSecond());
    to[position + 19] = '.';
    digits(to, position + 20, 6, at.getNano() / NANOS_PER_MICRO);
    to[position + 26] = 'Z';
  }

  private static void digits(byte[] to, int position, int count, int value) {
    int rest = value;
    for (int i = position + count - 1; i >= position; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
