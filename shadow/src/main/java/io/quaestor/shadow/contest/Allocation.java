package io.quaestor.shadow.contest;

/**
 * An allocation says for each counted call which candidate serves it, or which two share it: the
 * upper one serves it with probability {@code share}, the lower one otherwise. What is counted is
 * the expectation.
 */
public interface Allocation {

  int lower(int call);

  int upper(int call);

  /** 0 to 1. */
  double share(int call);

  static Allocation always(int candidate) {
    return mixed(candidate, candidate, 0);
  }

  static Allocation mixed(int lower, int upper, double share) {
    return new Allocation() {
      @Override
      public int lower(int call) {
        return lower;
      }

      @Override
      public int upper(int call) {
        return upper;
      }

      @Override
      public double share(int call) {
        return share;
      }
    };
  }
}
