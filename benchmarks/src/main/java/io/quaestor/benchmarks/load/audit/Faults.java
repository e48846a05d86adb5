package io.quaestor.benchmarks.load.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** What differs. All of it is counted, the first of it is kept. */
public final class Faults {

  private static final int KEPT_MAX = 20;

  private final List<String> kept = new ArrayList<>();
  private long count;

  public void add(String fault) {
    count++;
    if (kept.size() < KEPT_MAX) {
      kept.add(fault);
    }
  }

  public void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      add(otherwise.get());
    }
  }

  public long count() {
    return count;
  }

  public List<String> first() {
    return Collections.unmodifiableList(kept);
  }
}
