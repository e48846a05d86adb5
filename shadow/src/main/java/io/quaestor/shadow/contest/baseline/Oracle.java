package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Allocation;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Tape;
import io.quaestor.shadow.contest.Target;
import java.util.function.Function;

/**
 * The least that the counted calls can cost at a mean score of the target, with all results known:
 * no policy whatever can be cheaper. Exact, but for the one call that two candidates share.
 */
record Oracle() implements Policy.Hindsight {

  @Override
  public String name() {
    return Baselines.ORACLE;
  }

  @Override
  public Function<Target, Allocation> foresee(Tape tape) {
    OracleCurve curve = new OracleCurve(tape);
    return target -> curve.at(target.rate());
  }
}
