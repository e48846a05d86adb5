package io.quaestor.benchmarks.load.wrk;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of one run. What is compared was measured within the same round, seconds apart, so
 * that a machine that is slower for a while is slower for all of it; the median is over the rounds.
 */
final class Rounds {

  private static final double MICROS_PER_MILLI = 1_000;

  /** One round: the same load on three targets. */
  record Round(Wrk.Result echo, Wrk.Result one, Wrk.Result many) {}

  private final List<Round> all = new ArrayList<>();
  private final PrintWriter out;
  private final int tenants;

  Rounds(PrintWriter out, int tenants) {
    this.out = out;
    this.tenants = tenants;
  }

  void printHeader() {
    out.printf(
        "%n%-8s%-22s%12s%10s%10s%10s%11s%10s%n",
        "round", "target", "requests/s", "p50 ms", "p99 ms", "max ms", "of echo %", "non-2xx");
  }

  void add(Round round) {
    all.add(round);
    String number = Integer.toString(all.size());
    print(number, "echo", round.echo(), round.echo());
    print(number, "route, 1 tenant", round.one(), round.echo());
    print(number, "route, %d tenants".formatted(tenants), round.many(), round.echo());
  }

  private void print(String number, String target, Wrk.Result result, Wrk.Result echo) {
    out.printf(
        "%-8s%-22s%,12.0f%10.2f%10.2f%10.2f%11.1f%,10d%n",
        number,
        target,
        result.perSecond(),
        result.p50Micros() / MICROS_PER_MILLI,
        result.p99Micros() / MICROS_PER_MILLI,
        result.maxMicros() / MICROS_PER_MILLI,
        100 * result.perSecond() / echo.perSecond(),
        result.non2xx());
  }

  void printMedians() {
    out.printf(
        "%nmedians over %d rounds:%n"
            + "  echo               %,9.0f/s%n"
            + "  route, 1 tenant    %,9.0f/s   p50 %7.2f ms   p99 %7.2f ms   %5.1f %% of echo%n"
            + "  route, %-3d tenants %,9.0f/s   p50 %7.2f ms   p99 %7.2f ms   %5.1f %% of echo%n"
            + "  1 tenant / %d tenants: %.1f %%%n",
        all.size(),
        median(it -> it.echo().perSecond()),
        median(it -> it.one().perSecond()),
        median(it -> it.one().p50Micros() / MICROS_PER_MILLI),
        median(it -> it.one().p99Micros() / MICROS_PER_MILLI),
        median(it -> 100 * it.one().perSecond() / it.echo().perSecond()),
        tenants,
        median(it -> it.many().perSecond()),
        median(it -> it.many().p50Micros() / MICROS_PER_MILLI),
        median(it -> it.many().p99Micros() / MICROS_PER_MILLI),
        median(it -> 100 * it.many().perSecond() / it.echo().perSecond()),
        tenants,
        median(it -> 100 * it.one().perSecond() / it.many().perSecond()));
  }

  private double median(ToDoubleFunction<Round> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Answers that were no decision, and connections that failed. Both have to be none. */
  long notAnswered() {
    return all.stream()
        .flatMap(round -> java.util.stream.Stream.of(round.echo(), round.one(), round.many()))
        .mapToLong(result -> result.non2xx() + result.failed())
        .sum();
  }
}
