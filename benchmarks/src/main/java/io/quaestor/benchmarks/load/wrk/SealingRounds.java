package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.figure.Median;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rounds with a server that grows and signs its Merkle tree, and one that does not. */
final class SealingRounds {

  private static final String ON = "route, signing on";
  private static final String OFF = "route, signing off";

  /** One round: the same load on both. */
  record Round(Measured on, Measured off) {

    /** Processor time for each request, as a share of what it is without. */
    double processorPercent() {
      return 100 * on.processorMicros() / off.processorMicros();
    }
  }

  private final List<Round> all = new ArrayList<>();
  private final PrintWriter out;
  private final Table table;

  SealingRounds(PrintWriter out) {
    this.out = out;
    this.table = new Table(out);
  }

  void printHeader() {
    table.printHeader("off");
  }

  void add(Round round) {
    all.add(round);
    table.print(all.size(), ON, round.on(), round.off());
    table.print(all.size(), OFF, round.off(), round.off());
  }

  void printMedians() {
    out.printf("%nmedians over %d rounds:%n", all.size());
    printMedians(ON, Round::on);
    printMedians(OFF, Round::off);
    out.printf(
        "  on / off: %.1f %% of the requests/s, %.1f %% of the server cpu for each%n",
        Median.of(all, it -> it.on().percentOf(it.off())), Median.of(all, Round::processorPercent));
  }

  private void printMedians(String target, Function<Round, Measured> of) {
    out.printf(
        "  %-20s%,10.0f/s   p50 %7.2f ms   p99 %7.2f ms   %.1f us%n",
        target,
        Median.of(all, it -> of.apply(it).perSecond()),
        Median.of(all, it -> of.apply(it).p50Millis()),
        Median.of(all, it -> of.apply(it).p99Millis()),
        Median.of(all, it -> of.apply(it).processorMicros()));
  }

  /** Answers that were no decision, and connections that failed. Both have to be none. */
  long notAnswered() {
    return all.stream().mapToLong(it -> it.on().notAnswered() + it.off().notAnswered()).sum();
  }
}
