package io.quaestor.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The history of a load: every call with what became of it, and whatever should not have been. */
final class History {

  /** A call and its fates, one for each of its marks. */
  record Entry(Call call, List<Fate> fates) {

    boolean isAll(Class<? extends Fate> type) {
      return fates.stream().allMatch(type::isInstance);
    }

    boolean hasAny(Class<? extends Fate> type) {
      return fates.stream().anyMatch(type::isInstance);
    }
  }

  private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  void add(Call call, List<Fate> fates) {
    entries.add(new Entry(call, fates));
  }

  void violation(String what) {
    violations.add(what);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  List<Entry> entries(Predicate<Entry> condition) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (condition.test(entry)) {
        found.add(entry);
      }
    }
    return found;
  }

  /** How often each fate was met. */
  Map<String, Integer> tally() {
    Map<String, Integer> tally = new TreeMap<>();
    for (Entry entry : entries) {
      for (Fate fate : entry.fates()) {
        tally.merge(name(fate), 1, Integer::sum);
      }
    }
    return tally;
  }

  private static String name(Fate fate) {
    return switch (fate) {
      case Fate.NotSent notSent -> "not sent";
      case Fate.Unknown unknown -> "unknown";
      case Fate.Refused refused -> "refused " + refused.code();
      case Fate.Sealed sealed -> "sealed";
    };
  }
}
