package io.quaestor.shadow.contest.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them; "-" for what is not known. */
public final class Numbers {

  private static final double MICROCENTS_PER_USD = 100_000_000;
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Numbers() {}

  public static String decimals(int decimals, double value) {
    return formatted("%." + decimals + "f", decimals, value);
  }

  public static String signed(int decimals, double value) {
    return formatted("%+." + decimals + "f", decimals, value);
  }

  /** What rounds to nothing has no minus sign. */
  private static String formatted(String format, int decimals, double value) {
    if (!isNumber(value)) {
      return "-";
    }
    boolean isNothing = Math.abs(value) * Math.pow(10, decimals) < 0.5;
    return String.format(Locale.ROOT, format, isNothing ? 0.0 : value);
  }

  public static String percent(double share) {
    return formatted("%.1f %%", 1, 100 * share);
  }

  public static String ratio(double value, double of) {
    return decimals(3, value == of ? 1 : value / of);
  }

  /** Four significant digits, without an exponent. */
  public static String usd(double microcents) {
    if (!isNumber(microcents)) {
      return "-";
    }
    return plain(toUsd(microcents));
  }

  static String plain(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(FOUR_DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  static double toUsd(double microcents) {
    return microcents / MICROCENTS_PER_USD;
  }

  static String withDeviation(String mean, int decimals, Spread spread) {
    return spread.isKnown() ? mean + " ±" + decimals(decimals, spread.deviation()) : mean;
  }

  private static boolean isNumber(double value) {
    return Double.isFinite(value);
  }
}
