package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A bench set is a history that a contest can be held on: every candidate's result is known for
 * every case.
 *
 * @param baseline the candidate that savings are measured against
 */
public record BenchSet(History history, Order order, int baseline) {

  /** In which order the cases come. */
  public enum Order {
    /** As in the file, for each seed. */
    FILE,
    /** Shuffled by the seed, for files that are sorted by kind. */
    SHUFFLED;

    /** The places of the cases in the order of one seed. */
    public int[] places(int cases, long seed) {
      int[] places = IntStream.range(0, cases).toArray();
      if (this == SHUFFLED) {
        shuffle(places, new SplittableRandom(seed));
      }
      return places;
    }

    /** Fisher and Yates, in Durstenfeld's form. */
    private static void shuffle(int[] places, SplittableRandom random) {
      for (int i = places.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = places[i];
        places[i] = places[j];
        places[j] = kept;
      }
    }
  }

  public BenchSet {
    require(!history.candidates().isEmpty(), history, "names no candidate");
    require(!history.cases().isEmpty(), history, "holds no case");
    require(
        baseline >= 0 && baseline < history.candidates().size(),
        history,
        "has no candidate number " + baseline + " to be the baseline");
    history.cases().forEach(one -> check(history, one));
  }

  /** With the dearest candidate as baseline. */
  public static BenchSet of(History history, Order order) {
    return new BenchSet(history, order, new BenchSet(history, order, 0).totals().dearest());
  }

  public String name() {
    return history.set();
  }

  /** Over all cases, the uncounted ones too. */
  public CandidateTotals totals() {
    CandidateTotals totals = new CandidateTotals(history.candidates().size());
    history.cases().forEach(one -> totals.add(one.results()));
    return totals;
  }

  public SetFacts facts() {
    return new SetFacts(
        name(),
        history.candidates(),
        history.cases().size(),
        order,
        history.candidates().get(baseline),
        history.cases().stream().anyMatch(one -> one.positive() != null));
  }

  /** The history as an online policy may see it: without results, without the true class. */
  History blind() {
    List<Case> cases = history.cases().stream().map(BenchSet::blind).toList();
    return new History(history.set(), history.candidates(), cases);
  }

  private static Case blind(Case one) {
    return new Case(
        one.id(),
        one.useCase(),
        one.inputTokens(),
        one.outputTokens(),
        one.difficultyBps(),
        one.features(),
        null,
        List.of());
  }

  private static void check(History history, Case one) {
    List<String> candidates = history.candidates();
    require(
        one.results().size() == candidates.size(),
        history,
        "has %d results for case %s, but %d candidates"
            .formatted(one.results().size(), one.id(), candidates.size()));
    for (int k = 0; k < candidates.size(); k++) {
      check(history, one, candidates.get(k), one.results().get(k));
    }
  }

  private static void check(History history, Case one, String candidate, Result result) {
    require(
        result.known(),
        history,
        "does not know the result of %s for case %s; leave such cases out"
            .formatted(candidate, one.id()));
    require(
        result.scoreBps() <= CandidateTotals.FULL_SCORE_BPS && result.costMicrocents() >= 0,
        history,
        "has an impossible result of %s for case %s: score %d bps, cost %d microcents"
            .formatted(candidate, one.id(), result.scoreBps(), result.costMicrocents()));
  }

  private static void require(boolean holds, History history, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("Set %s %s.".formatted(history.set(), otherwise));
    }
  }
}
