package io.quaestor.benchmarks;

import io.quaestor.kernel.decision.Candidate;
import io.quaestor.kernel.decision.Candidates;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.decision.Input;
import io.quaestor.kernel.decision.Kernel;
import io.quaestor.kernel.decision.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and allocation of one decision on 22 candidates, one thread.
 *
 * <p>Candidates have prices of 0.05 to 75 USD per million tokens (5e6 to 7.5e9 microcents), dearer
 * ones of higher quality and latency on the whole. Each invocation takes the next of 1,024
 * different inputs: prompts of 50 to 20,000 tokens, answers of 20 to 4,000, values of 0.05 to 20
 * USD, floors that some candidates miss, one input in eight with a required capability, a
 * restricted provider mask, a region or a latency cap. Most candidates pass most of the time. With
 * this many different inputs a branch predictor cannot learn the outcomes by heart, as it does when
 * one input is decided over and over; times with a single input would be lower and mean less.
 *
 * <p>{@link #plain} is the same decision by {@link NaiveKernel}, for comparison in the same run. It
 * computes less: it has no per-candidate results and is not exact beyond 64 bits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class KernelBenchmark {
  private static final int CANDIDATES = 22;
  private static final int INPUTS = 1_024;

  private final Limits limits = new Limits(9_000, 1_000, 5_000, 50);
  private final Candidate[] array = new Candidate[CANDIDATES];
  private final Input[] inputs = new Input[INPUTS];
  private final Decision decision = new Decision(CANDIDATES);
  private final NaiveKernel naive = new NaiveKernel();
  private Candidates candidates = Candidates.of(List.of());
  private int next;

  /** Builds the catalog and the inputs from a fixed seed. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(22);
    List<Candidate> list = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      array[i] = candidate(random, i);
      list.add(array[i]);
    }
    candidates = Candidates.of(list);
    for (int i = 0; i < INPUTS; i++) {
      inputs[i] = input(random);
    }
  }

  /** One decision by the kernel. */
  @Benchmark
  public Decision kernel() {
    Kernel.decide(limits, candidates, nextInput(), decision);
    return decision;
  }

  /** One decision by the plain baseline. */
  @Benchmark
  public NaiveKernel plain() {
    naive.decide(limits, array, nextInput());
    return naive;
  }

  private Input nextInput() {
    next = (next + 1) & (INPUTS - 1);
    return inputs[next];
  }

  /**
   * Price rises by a constant factor from 5e6 to 7.5e9 microcents; the catalog's order is mixed.
   */
  private static Candidate candidate(SplittableRandom random, int number) {
    int rank = number * 7 % CANDIDATES;
    long price = 5_000_000;
    for (int i = 0; i < rank; i++) {
      price = price * 1_416 / 1_000;
    }
    return new Candidate(
        number + 1,
        random.nextInt(8),
        5_000 + rank * 200 + random.nextInt(800),
        random.nextInt(8) == 0 ? 2_000 : 9_000,
        random.nextInt(16) != 0,
        200 + rank * 60 + random.nextInt(1_000),
        random.nextInt(4) == 0 ? 0b0111 : 0b1111,
        random.nextInt(4) == 0 ? 0b01 : 0b11,
        price / 4,
        price);
  }

  private static Input input(SplittableRandom random) {
    long outputTokens = random.nextLong(20, 4_000);
    boolean picky = random.nextInt(8) == 0;
    return new Input(
        random.nextInt(CANDIDATES) + 1,
        random.nextLong(50, 20_000),
        outputTokens,
        random.nextBoolean() ? outputTokens : 4_096,
        random.nextLong(5_000_000, 2_000_000_000),
        random.nextInt(8) == 0 ? 20_000_000 : 10_000_000_000L,
        random.nextInt(3_000),
        6_000 + random.nextInt(4_001),
        random.nextInt(4) == 0 ? 5_000 + random.nextInt(3_000) : 0,
        picky ? 1_500 : 0,
        picky ? 0b1000 : 0,
        picky ? 0b1111_0111 : -1,
        picky ? 0b10 : 0);
  }
}
