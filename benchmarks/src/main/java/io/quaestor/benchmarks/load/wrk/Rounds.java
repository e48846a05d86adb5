package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.figure.Median;
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

  /** One round: the same load on three targets. */
  record Round(Measured echo, Measured one, Measured many) {}

  private final List<Round> all = new ArrayList<>();
  private final PrintWriter out;
  private final Table table;
  private final int tenants;

  Rounds(PrintWriter out, int tenants) {
    this.out = out;
    this.table = new Table(out);
    this.tenants = tenants;
  }

  void printHeader() {
    table.printHeader("echo");
  }

  void add(Round round) {
    all.add(round);
    table.print(all.size(), "echo", round.echo(), round.echo());
    table.print(all.size(), "route, 1 tenant", round.one(), round.echo());
    table.print(all.size(), "route, %d tenants".formatted(tenants), round.many(), round.echo());
  }

  void printMedians() {
    out.printf("%nmedians over %d rounds:%n", all.size());
    printMedians("echo", Round::echo);
    printMedians("route, 1 tenant", Round::one);
    printMedians("route, %d tenants".formatted(tenants), Round::many);
    out.printf(
        "  1 tenant / %d tenants: %.1f %%%n", tenants, median(it -> it.one().percentOf(it.many())));
  }

  private void printMedians(String target, Function<Round, Measured> of) {
    out.printf(
        "  %-20s%,10.0f/s   p50 %7.2f ms   p99 %7.2f ms   %5.1f %% of echo   %.1f us%n",
        target,
        median(it -> of.apply(it).perSecond()),
        median(it -> of.apply(it).p50Millis()),
        median(it -> of.apply(it).p99Millis()),
        median(it -> of.apply(it).percentOf(it.echo())),
        median(it -> of.apply(it).processorMicros()));
  }

  private double median(ToDoubleFunction<Round> figure) {
    return Median.of(all, figure);
  }

  /** Answers that were no decision, and connections that failed. Both have to be none. */
  long notAnswered() {
    return all.stream()
        .flatMap(round -> Stream.of(round.echo(), round.one(), round.many()))
        .mapToLong(Measured::notAnswered)
        .sum();
  }
}
