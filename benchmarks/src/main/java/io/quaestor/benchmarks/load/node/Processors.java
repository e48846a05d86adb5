package io.quaestor.benchmarks.load.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much of its processors' time the machine has been busy, and how much of that was spent by
 * processes that were started here and have ended; from {@code /proc} (Linux), see proc(5).
 */
public record Processors(long busyTicks, long endedChildrenTicks, long nanoTime) {

  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on all of Linux
  private static final double NANOS_PER_SECOND = 1e9;

  private static final List<Integer> BUSY =
      List.of(1, 2, 3, 8); // not idle, not waiting, no interrupts
  private static final int USER_OF_CHILDREN = 13; // counted behind the name in parentheses
  private static final int SYSTEM_OF_CHILDREN = 14;

  public static Processors now() throws IOException {
    String all = Files.readAllLines(Path.of("/proc/stat")).getFirst();
    List<String> fields = Arrays.asList(all.split(" +"));
    long busy = BUSY.stream().mapToLong(field -> Long.parseLong(fields.get(field))).sum();
    String self = Files.readString(Path.of("/proc/self/stat"));
    List<String> own = Arrays.asList(self.substring(self.lastIndexOf(')') + 2).split(" "));
    return new Processors(
        busy,
        Long.parseLong(own.get(USER_OF_CHILDREN)) + Long.parseLong(own.get(SYSTEM_OF_CHILDREN)),
        System.nanoTime());
  }

  /**
   * The share of all processor time since {@code before} that somebody else used: not idle, not the
   * server, not a process that was started here.
   */
  public double othersPercent(Processors before, Duration server) {
    double seconds = (nanoTime - before.nanoTime) / NANOS_PER_SECOND;
    double busy = (busyTicks - before.busyTicks) / TICKS_PER_SECOND;
    double ended = (endedChildrenTicks - before.endedChildrenTicks) / TICKS_PER_SECOND;
    double others = busy - ended - server.toNanos() / NANOS_PER_SECOND;
    return 100 * Math.max(0, others) / (seconds * Runtime.getRuntime().availableProcessors());
  }
}
