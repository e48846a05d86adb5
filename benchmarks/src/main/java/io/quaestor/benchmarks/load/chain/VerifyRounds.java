package io.quaestor.benchmarks.load.chain;

import io.quaestor.benchmarks.load.figure.Median;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of one run. What is compared was measured within the same round, so that a machine
 * that is slower for a while is slower for all of it; the median is over the rounds.
 */
final class VerifyRounds {

  private static final String DISK = "disk";
  private static final String SHA256 = "sha-256";
  private static final String VERIFY = "verify";
  private static final String COMMAND = "verify, cold JVM";

  /**
   * One round.
   *
   * @param command null when it is not wanted
   */
  record Round(Pass disk, Pass sha256, Pass verify, @Nullable Pass command) {}

  private final PrintWriter out;
  private final List<Round> all = new ArrayList<>();

  VerifyRounds(PrintWriter out) {
    this.out = out;
  }

  void printHeader() {
    out.printf(
        "%n%-8s%-18s%10s%14s%10s%14s%14s%11s%n",
        "round", "what", "seconds", "records/s", "MB/s", "of sha-256 %", "of disk %", "storage MB");
  }

  void add(Round round) {
    all.add(round);
    print(DISK, round.disk(), round);
    print(SHA256, round.sha256(), round);
    print(VERIFY, round.verify(), round);
    if (round.command() != null) {
      print(COMMAND, round.command(), round);
    }
  }

  private void print(String what, Pass pass, Round round) {
    out.printf(
        "%-8d%-18s%10.2f%,14.0f%,10.1f%14.1f%14.1f%,11.1f%n",
        all.size(),
        what,
        pass.seconds(),
        pass.recordsPerSecond(),
        pass.mbPerSecond(),
        pass.percentOf(round.sha256()),
        pass.percentOf(round.disk()),
        pass.storageMb());
  }

  void printMedians() {
    out.printf("%nmedians over %d rounds:%n", all.size());
    printMedians(DISK, Round::disk);
    printMedians(SHA256, Round::sha256);
    printMedians(VERIFY, Round::verify);
    if (all.getFirst().command() != null) {
      printMedians(COMMAND, round -> Objects.requireNonNull(round.command()));
    }
  }

  private void printMedians(String what, Function<Round, Pass> of) {
    out.printf(
        "  %-18s%,12.0f records/s %,10.1f MB/s   %5.1f %% of sha-256   %5.1f %% of disk%n",
        what,
        Median.of(all, round -> of.apply(round).recordsPerSecond()),
        Median.of(all, round -> of.apply(round).mbPerSecond()),
        Median.of(all, round -> of.apply(round).percentOf(round.sha256())),
        Median.of(all, round -> of.apply(round).percentOf(round.disk())));
  }
}
