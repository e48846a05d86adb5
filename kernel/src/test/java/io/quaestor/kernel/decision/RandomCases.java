package io.quaestor.kernel.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cases from a seed: everyday ones, ones with few different numbers, so that candidates tie, and
 * ones at the ends of every range.
 */
final class RandomCases {
  record Case(Limits limits, Candidates candidates, Input in) {}

  private enum Kind {
    EVERYDAY,
    TIES,
    EXTREME
  }

  private final SplittableRandom random;
  private Kind kind = Kind.EVERYDAY;

  RandomCases(long seed) {
    random = new SplittableRandom(seed);
  }

  Case next() {
    kind = Kind.values()[random.nextInt(Kind.values().length)];
    List<Candidate> list = new ArrayList<>();
    int size = random.nextInt(40) == 0 ? random.nextInt(60, 140) : random.nextInt(13);
    for (int id = 1; id <= size; id++) {
      list.add(candidate(id));
    }
    for (int i = size - 1; i > 0; i--) {
      list.set(i, list.set(random.nextInt(i + 1), list.get(i)));
    }
    return new Case(limits(), Candidates.of(list), input(size));
  }

  private Limits limits() {
    return new Limits(
        random.nextInt(8) == 0 ? share() : 10_000,
        random.nextInt(8) == 0 ? share() : 0,
        kind == Kind.EXTREME && random.nextInt(4) == 0 ? anyInt() : random.nextInt(20_000),
        number(random.nextInt(3) == 0 ? 0 : 400));
  }

  private Candidate candidate(int id) {
    return new Candidate(
        id,
        random.nextInt(16) == 0 ? random.nextInt(60, 70) : random.nextInt(4),
        share(),
        random.nextInt(3) == 0 ? share() : 10_000,
        random.nextInt(12) != 0,
        latency(),
        random.nextInt(4) == 0 ? random.nextLong() : -1,
        random.nextInt(4) == 0 ? random.nextLong() : -1,
        price(),
        price());
  }

  private Input input(int size) {
    long outputTokens = number(4_000);
    long extra = random.nextBoolean() ? 0 : number(4_000);
    return new Input(
        random.nextInt(size + 2),
        number(20_000),
        outputTokens,
        outputTokens + Math.min(extra, Long.MAX_VALUE - outputTokens),
        random.nextInt(20) == 0
            ? -number(1_000_000)
            : number(kind == Kind.TIES ? 32_000 : 2_000_000_000),
        random.nextInt(20) == 0 ? -number(1_000_000) : number(200_000_000),
        random.nextInt(3) == 0 ? share() : random.nextInt(500),
        share(),
        random.nextInt(3) == 0 ? share() : 0,
        random.nextInt(4) == 0 ? random.nextInt(2_000) : 0,
        random.nextInt(4) == 0 ? 1L << random.nextInt(64) : 0,
        random.nextInt(3) == 0 ? random.nextLong() : -1,
        random.nextInt(4) == 0 ? 3L << random.nextInt(64) : 0);
  }

  private int latency() {
    return switch (kind) {
      case EVERYDAY -> random.nextInt(2_000);
      case TIES -> 10 * random.nextInt(3);
      case EXTREME -> random.nextInt(8) == 0 ? anyInt() : random.nextInt(2_000);
    };
  }

  private int share() {
    return switch (kind) {
      case EVERYDAY -> random.nextInt(10_001);
      case TIES -> 2_500 * random.nextInt(5);
      case EXTREME -> random.nextInt(4) == 0 ? 10_000 * random.nextInt(2) : random.nextInt(10_001);
    };
  }

  private long price() {
    return switch (kind) {
      case EVERYDAY -> 1L << random.nextInt(20, 36);
      case TIES -> 1_000_000L * random.nextInt(3);
      case EXTREME -> number(10_000_000_000L);
    };
  }

  /** A number from 0 to the usual bound, or in extreme cases of any magnitude. */
  private long number(long usualBound) {
    return switch (kind) {
      case EVERYDAY -> random.nextLong(usualBound + 1);
      case TIES -> usualBound / 4 * random.nextInt(5);
      case EXTREME ->
          switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE - random.nextInt(2);
            case 2, 3 -> random.nextLong() >>> random.nextInt(1, 64);
            default -> random.nextLong(usualBound + 1);
          };
    };
  }

  private int anyInt() {
    return random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt() >>> 1;
  }
}
