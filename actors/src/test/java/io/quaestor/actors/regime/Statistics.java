package io.quaestor.actors.regime;

import io.quaestor.kernel.learning.Counts;
import io.quaestor.kernel.learning.Moments;
import io.quaestor.kernel.learning.RegimeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Statistics of a regime that has seen numbers of all sizes. */
final class Statistics {

  private Statistics() {}

  static RegimeState random(int regime, SplittableRandom random) {
    Map<String, List<Moments>> spaces = new HashMap<>();
    Map<String, Counts> pooled = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      List<Moments> space = new ArrayList<>();
      for (int d = 0; d < 3; d++) {
        space.add(moments(random));
      }
      spaces.put("use case " + i + "|3", space);
      pooled.put(
          "builtin|\"grün\"|" + i,
          new Counts(random.nextLong(Long.MAX_VALUE), random.nextLong(Long.MAX_VALUE)));
    }
    return new RegimeState(regime, random.nextLong(1L << 60), 5, moments(random), spaces, pooled);
  }

  private static Moments moments(SplittableRandom random) {
    Moments moments = Moments.NONE;
    for (int i = 0; i < 20; i++) {
      moments = moments.plus(random.nextLong() >> random.nextInt(64));
    }
    return moments;
  }
}
