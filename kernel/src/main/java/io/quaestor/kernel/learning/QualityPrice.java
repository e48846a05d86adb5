package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event.PriceMove;

/**
 * The price of quality, V: what a success of one use case of one tenant is worth.
 *
 * <p>With target rate t, step s and a score y in [0, 1], an outcome moves {@code ln V} by {@code s
 * * (t - y)}: a failure raises it by {@code s * t}, a success lowers it by {@code s * (1 - t)}, so
 * one failure weighs as much as {@code t / (1 - t)} successes. The moves between two times when V
 * stands at no bound sum up to {@code s * (n * t - sum of y)}, and cannot exceed the range of
 * {@code ln V}; hence over n outcomes the rate of success stays below t by at most {@code range /
 * (s * n)}, whatever the outcomes are, unless V stood at its upper bound, where the tier of the
 * highest expected rate is taken. (Adaptive conformal inference: Gibbs and Candès 2021.)
 */
public final class QualityPrice {

  /** By default the price may rise to and fall by 2^12 = 4,096 times. */
  private static final double SPAN = StrictMath.log(4_096);

  private static final double MICRO = 1_000_000;

  /** The highest price, and the highest logarithm: keeps a price far below the range of a long. */
  public static final long MICROCENTS_MAX = 1_000_000_000_000_000L;

  private QualityPrice() {}

  /** A price before its first outcome, with the bounds that its use case sets. */
  static PriceMove first(long microcents, Learning.UseCase settings) {
    long log = log(microcents);
    return within(new PriceMove(microcents, log, lower(log), upper(log)), settings);
  }

  /** A price within the bounds that a use case states; where it states one alone, that one wins. */
  static PriceMove within(PriceMove price, Learning.UseCase settings) {
    Long least = settings.priceMinMicrocents();
    Long most = settings.priceMaxMicrocents();
    long min = least == null ? price.minLogMicro() : log(least);
    long max = most == null ? price.maxLogMicro() : log(most);
    if (min > max) {
      min = least == null ? lower(max) : min;
      max = most == null ? upper(min) : max;
    }
    return at(price.logMicro(), min, Math.max(min, max));
  }

  private static long log(long microcents) {
    double clamped = Math.clamp(microcents, 1, MICROCENTS_MAX);
    return StrictMath.round(StrictMath.log(clamped) * MICRO);
  }

  private static long lower(long log) {
    return Math.max(0, log - StrictMath.round(SPAN * MICRO));
  }

  private static long upper(long log) {
    return Math.min(log(MICROCENTS_MAX), log + StrictMath.round(SPAN * MICRO));
  }

  /** What a client says that a success is worth; no bound is near. */
  static PriceMove stated(long microcents) {
    long worth = Math.clamp(microcents, 0, MICROCENTS_MAX);
    return new PriceMove(worth, 0, 0, Long.MAX_VALUE);
  }

  /** The price after an outcome. */
  static PriceMove after(PriceMove before, int scoreBps, int targetBps, int stepMilli) {
    // Milli times bps / 10,000 in millionths: times 1,000 / 10,000.
    long move = Math.floorDiv((long) stepMilli * (targetBps - scoreBps), 10);
    return at(before.logMicro() + move, before.minLogMicro(), before.maxLogMicro());
  }

  private static PriceMove at(long logMicro, long min, long max) {
    long log = Math.clamp(logMicro, min, max);
    return new PriceMove(microcents(log), log, min, max);
  }

  static long microcents(long logMicro) {
    return StrictMath.round(StrictMath.exp(logMicro / MICRO));
  }

  static boolean atUpperBound(PriceMove price) {
    return price.logMicro() >= price.maxLogMicro();
  }
}
