package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.Answer;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts and times what is answered. */
final class Tally {

  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(5);
  private static final int DIGITS = 3;
  private static final double MICROS_PER_MILLI = 1_000;

  private final Map<Exchange.Kind, Histogram> latencies = new EnumMap<>(Exchange.Kind.class);
  private final Histogram all = new Histogram(MICROS_MAX, DIGITS);
  private final Map<String, Long> actions = new TreeMap<>();
  private final Map<String, Long> rejects = new TreeMap<>();
  private final Map<String, Long> errors = new TreeMap<>();
  private long repeats;
  private long overspentLater;
  private long lost;

  void answered(Exchange.Kind kind, long nanos) {
    long micros = Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(nanos));
    latencies
        .computeIfAbsent(kind, unused -> new Histogram(MICROS_MAX, DIGITS))
        .recordValue(micros);
    all.recordValue(micros);
  }

  void decided(Answer.Decision decision) {
    actions.merge(decision.action(), 1L, Long::sum);
    if (decision.rejected()) {
      rejects.merge(decision.reason(), 1L, Long::sum);
    }
  }

  void failed(String error) {
    errors.merge(error, 1L, Long::sum);
  }

  void repeated() {
    repeats++;
  }

  void blocked() {
    overspentLater++;
  }

  void lost() {
    lost++;
  }

  long requests() {
    return all.getTotalCount();
  }

  private long decisions() {
    return actions.values().stream().mapToLong(Long::longValue).sum();
  }

  // ---- print -----------------------------------------------------------------------------------

  void print(PrintWriter out, double seconds) {
    out.printf("%nrequests:  %,d in %.1f s = %,.0f/s%n", requests(), seconds, requests() / seconds);
    out.printf("decisions: %,d = %,.0f/s%n", decisions(), decisions() / seconds);
    print(out, actions);
    print(out, "rejects by reason:", rejects);
    print(out, "errors by code (those of wrong calls and double settlements are wanted):", errors);
    out.printf(
        "repeats under an idempotency key that were compared: %,d; top-ups of tenants that costs"
            + " had drawn below zero: %,d; lost: %,d%n",
        repeats, overspentLater, lost);
    out.printf("%nlatency, ms%20s%9s%9s%9s%9s%9s%n", "count", "p50", "p90", "p99", "p99.9", "max");
    latencies.forEach((kind, histogram) -> print(out, kind.label(), histogram));
    print(out, "all", all);
    out.println();
  }

  private static void print(PrintWriter out, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      out.println(title);
      print(out, counts);
    }
  }

  private static void print(PrintWriter out, Map<String, Long> counts) {
    counts.forEach((name, count) -> out.printf("  %-36s %,12d%n", name, count));
  }

  private static void print(PrintWriter out, String label, Histogram histogram) {
    out.printf(
        "  %-18s%,11d%9.2f%9.2f%9.2f%9.2f%9.2f%n",
        label,
        histogram.getTotalCount(),
        millis(histogram.getValueAtPercentile(50)),
        millis(histogram.getValueAtPercentile(90)),
        millis(histogram.getValueAtPercentile(99)),
        millis(histogram.getValueAtPercentile(99.9)),
        millis(histogram.getMaxValue()));
  }

  private static double millis(long micros) {
    return micros / MICROS_PER_MILLI;
  }
}
