package io.quaestor.benchmarks.load.wrk;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The rounds of one run. What is compared was measured within the same round, seconds apart, so
 * that a machine that is slower for a while is slower for all of it; the median is over the rounds.
 */
final class Rounds {

  private static final double MICROS_PER_MILLI = 1_000;

  /**
   * What one target gave in one round.
   *
   * @param processorMicros what the server used for each request: unlike the rate, it says the same
   *     on a machine that others use too
   * @param othersPercent what neither the server nor wrk used of all processors: a round with more
   *     than a few percent was measured on another machine than the one that is printed
   */
  record Measured(Wrk.Result result, double processorMicros, double othersPercent) {
    double perSecond() {
      return result.perSecond();
    }

    double p50Millis() {
      return result.p50Micros() / MICROS_PER_MILLI;
    }

    double p99Millis() {
      return result.p99Micros() / MICROS_PER_MILLI;
    }
  }

  /** One round: the same load on three targets. */
  record Round(Measured echo, Measured one, Measured many) {}

  private final List<Round> all = new ArrayList<>();
  private final PrintWriter out;
  private final int tenants;

  Rounds(PrintWriter out, int tenants) {
    this.out = out;
    this.tenants = tenants;
  }

  void printHeader() {
    out.printf(
        "%n%-8s%-22s%12s%10s%10s%10s%11s%15s%10s%10s%n",
        "round",
        "target",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "max ms",
        "of echo %",
        "server cpu us",
        "others %",
        "non-2xx");
  }

  void add(Round round) {
    all.add(round);
    String number = Integer.toString(all.size());
    print(number, "echo", round.echo(), round.echo());
    print(number, "route, 1 tenant", round.one(), round.echo());
    print(number, "route, %d tenants".formatted(tenants), round.many(), round.echo());
  }

  private void print(String number, String target, Measured measured, Measured echo) {
    out.printf(
        "%-8s%-22s%,12.0f%10.2f%10.2f%10.2f%11.1f%15.1f%10.1f%,10d%n",
        number,
        target,
        measured.perSecond(),
        measured.p50Millis(),
        measured.p99Millis(),
        measured.result().maxMicros() / MICROS_PER_MILLI,
        100 * measured.perSecond() / echo.perSecond(),
        measured.processorMicros(),
        measured.othersPercent(),
        measured.result().non2xx());
  }

  void printMedians() {
    out.printf("%nmedians over %d rounds:%n", all.size());
    printMedians("echo", Round::echo);
    printMedians("route, 1 tenant", Round::one);
    printMedians("route, %d tenants".formatted(tenants), Round::many);
    out.printf(
        "  1 tenant / %d tenants: %.1f %%%n",
        tenants, median(it -> 100 * it.one().perSecond() / it.many().perSecond()));
  }

  private void printMedians(String target, Function<Round, Measured> of) {
    out.printf(
        "  %-20s%,10.0f/s   p50 %7.2f ms   p99 %7.2f ms   %5.1f %% of echo   %.1f us%n",
        target,
        median(it -> of.apply(it).perSecond()),
        median(it -> of.apply(it).p50Millis()),
        median(it -> of.apply(it).p99Millis()),
        median(it -> 100 * of.apply(it).perSecond() / it.echo().perSecond()),
        median(it -> of.apply(it).processorMicros()));
  }

  private double median(ToDoubleFunction<Round> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Answers that were no decision, and connections that failed. Both have to be none. */
  long notAnswered() {
    return all.stream()
        .flatMap(round -> Stream.of(round.echo(), round.one(), round.many()))
        .mapToLong(measured -> measured.result().non2xx() + measured.result().failed())
        .sum();
  }
}
