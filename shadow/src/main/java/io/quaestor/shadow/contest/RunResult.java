package io.quaestor.shadow.contest;

import java.util.List;

/** What one policy made of one run: one set, one target, one seed. */
public record RunResult(String policy, long seed, Totals totals, List<Stretch> course) {

  /** The same under another seed, for a policy that leaves nothing to chance. */
  RunResult under(long otherSeed) {
    return new RunResult(policy, otherSeed, totals, course);
  }
}
