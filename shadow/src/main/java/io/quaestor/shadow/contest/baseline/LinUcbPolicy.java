package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Target;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;

/** LinUCB where every case has features: the same number of them, not too many, all finite. */
record LinUcbPolicy() implements Policy.Online {

  static final int FEATURES_MAX = 64;

  @Override
  public String name() {
    return Baselines.LINUCB;
  }

  @Override
  public boolean enters(History history) {
    int features = features(history);
    return features >= 1
        && features <= FEATURES_MAX
        && history.cases().stream().allMatch(one -> isUsable(one, features));
  }

  private static boolean isUsable(Case one, int features) {
    return one.features().size() == features && one.features().stream().allMatch(Double::isFinite);
  }

  private static int features(History history) {
    return history.cases().getFirst().features().size();
  }

  @Override
  public boolean steers() {
    return false;
  }

  @Override
  public Contender contender(History history, Target target, long seed) {
    return new LinUcb(history.candidates().size(), features(history));
  }
}
