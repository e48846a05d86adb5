package io.quaestor.shadow.run;

import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import io.quaestor.shadow.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Synthetic histories that go with shipped profiles. */
final class SyntheticHistories {

  private SyntheticHistories() {}

  /** Later candidates are better and dearer; hard cases are so for all, and known by a feature. */
  static History of(Profile profile, int calls, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> candidates = profile.catalog().models().stream().map(model -> model.id()).toList();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      cases.add(one(profile, candidates.size(), i, random));
    }
    return new History(profile.set(), candidates, cases, List.of("synthetic"));
  }

  private static Case one(Profile profile, int candidates, int i, SplittableRandom random) {
    double hard = random.nextDouble();
    boolean attack = random.nextInt(4) == 0;
    List<Result> results = new ArrayList<>();
    for (int k = 0; k < candidates; k++) {
      boolean right = random.nextDouble() < 1 - hard * (0.8 - 0.7 * k / (candidates - 1));
      boolean flagged = profile.positive() != null && right == attack;
      results.add(
          new Result(right ? 10_000 : 0, 1_000L * (1 + 40L * k) + random.nextInt(500), flagged));
    }
    return new Case(
        "case-" + i,
        i % 3 == 0 ? "chat" : "analysis",
        100 + random.nextInt(400),
        50,
        (int) (hard * 10_000),
        List.of(hard, random.nextDouble()),
        profile.positive() == null ? null : attack,
        results);
  }

  static ReplayPlan plan(Profile profile, @Nullable Integer period, @Nullable Long budget) {
    return new ReplayPlan(Aim.asItIs(profile.policy()), period, null, Order.FILE, 1, budget);
  }
}
