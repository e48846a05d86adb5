package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Policy;
import java.util.List;

/** All baselines, in the order of the report. */
public final class Baselines {

  public static final String CHEAPEST = "cheapest";
  public static final String BEST = "best";
  public static final String RANDOM = "random";
  public static final String FIXED_HINDSIGHT = "fixed_hindsight";
  public static final String EPSILON_GREEDY = "epsilon_greedy";
  public static final String UCB1 = "ucb1";
  public static final String THOMPSON = "thompson";
  public static final String LINUCB = "linucb";
  public static final String MIXTURE_HINDSIGHT = "mixture_hindsight";
  public static final String ORACLE = "oracle";

  private Baselines() {}

  public static List<Policy> all() {
    return List.of(
        ConstantChoice.cheapest(),
        ConstantChoice.best(),
        learner(RANDOM, RandomChoice::new),
        ConstantChoice.fixedHindsight(),
        learner(EPSILON_GREEDY, EpsilonGreedy::new),
        learner(UCB1, (candidates, _) -> new Ucb1(candidates)),
        learner(THOMPSON, Thompson::new),
        new LinUcbPolicy(),
        new MixtureHindsight(),
        new Oracle());
  }

  private static Policy learner(String name, ScoreLearner.Factory factory) {
    return new ScoreLearner(name, factory);
  }
}
