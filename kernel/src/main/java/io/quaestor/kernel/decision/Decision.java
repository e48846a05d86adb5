package io.quaestor.kernel.decision;

import java.util.Arrays;
import java.util.Objects;

/**
 * The result of one decision. A buffer: {@link Kernel#decide} overwrites it whole, so one buffer
 * per thread serves any number of decisions. What must outlive the next decision has to be copied.
 *
 * <p>Besides the outcome it holds, for every candidate that was looked at, its cost, its utility
 * and the gate that rejected it, so that the frontier (all eligible candidates) needs no second
 * pass. Indexes are those of the {@link Candidates} that were decided on. Not thread safe.
 */
public final class Decision {
  /** Words of a row of {@link #sets}. */
  private static final int ROW = Gate.PASSED_CODE + 1;

  final long[] costs;
  final long[] utilities;

  /**
   * One row per 64 candidates: for each gate the set of those that it rejected, and last the set of
   * those that passed. Bit i of row r stands for index 64 * r + i.
   */
  final long[] sets;

  /** Why the request was rejected; without meaning if a candidate is selected. */
  private Reason rejection = Reason.NO_ENABLED_MODEL;

  private int requestedModelId;
  private int evaluated;
  private int selectedIndex = -1;
  private int selectedModelId;
  private long costBound;
  private int counterfactualIndex = -1;
  private int counterfactualModelId;

  /** Least utility that changes the two best. */
  private long utilityToRank;

  /**
   * A buffer for up to this many candidates.
   *
   * @throws IllegalArgumentException if the capacity is not 0..{@link Candidates#SIZE_MAX}
   */
  public Decision(int capacity) {
    if (capacity < 0 || capacity > Candidates.SIZE_MAX) {
      throw new IllegalArgumentException(
          "capacity must be 0.." + Candidates.SIZE_MAX + ", got " + capacity);
    }
    costs = new long[capacity];
    utilities = new long[capacity];
    sets = new long[Math.max(1, (capacity + Long.SIZE - 1) / Long.SIZE) * ROW];
  }

  /** Most candidates this buffer can take. */
  public int capacity() {
    return costs.length;
  }

  public Action action() {
    if (selectedIndex < 0) {
      return Action.REJECT;
    }
    return selectedModelId == requestedModelId ? Action.EXECUTE_REQUESTED : Action.SUBSTITUTE;
  }

  public Reason reason() {
    if (selectedIndex < 0) {
      return rejection;
    }
    return selectedModelId == requestedModelId
        ? Reason.REQUESTED_MODEL_MAXIMIZES_UTILITY
        : Reason.ALTERNATIVE_MAXIMIZES_UTILITY;
  }

  /** Index of the selected candidate, -1 if rejected. */
  public int selectedIndex() {
    return selectedIndex;
  }

  /** Model id of the selected candidate, 0 if rejected. */
  public int selectedModelId() {
    return selectedModelId;
  }

  /** Cost of the selected candidate at the expected tokens, 0 if rejected. */
  public long costMicrocents() {
    return selectedIndex < 0 ? 0 : costs[selectedIndex];
  }

  /** Cost of the selected candidate at the most tokens, which is what to reserve; 0 if rejected. */
  public long costBoundMicrocents() {
    return costBound;
  }

  /** Utility of the selected candidate, above 0; 0 if rejected. */
  public long utilityMicrocents() {
    return selectedIndex < 0 ? 0 : utilities[selectedIndex];
  }

  /** Index of the second best eligible candidate, -1 if there is none. */
  public int counterfactualIndex() {
    return counterfactualIndex;
  }

  /** Model id of the second best eligible candidate, 0 if there is none. */
  public int counterfactualModelId() {
    return counterfactualModelId;
  }

  /** Utility of the second best eligible candidate, 0 if there is none. */
  public long counterfactualUtilityMicrocents() {
    return counterfactualIndex < 0 ? 0 : utilities[counterfactualIndex];
  }

  /** Cost of the second best eligible candidate at the expected tokens, 0 if there is none. */
  public long counterfactualCostMicrocents() {
    return counterfactualIndex < 0 ? 0 : costs[counterfactualIndex];
  }

  /** How many candidates were looked at: all, or 0 if a limit of the policy rejected before. */
  public int evaluated() {
    return evaluated;
  }

  /** How many candidates passed every gate. */
  public int eligible() {
    return count(Gate.PASSED);
  }

  /** How many candidates this gate rejected; for {@link Gate#PASSED}, {@link #eligible()}. */
  public int count(Gate gate) {
    int count = 0;
    for (int word = 0; word < usedWords(); word++) {
      count += Long.bitCount(sets[word * ROW + gate.code]);
    }
    return count;
  }

  /**
   * The first gate that a candidate failed, or {@link Gate#PASSED}.
   *
   * @throws IndexOutOfBoundsException if the candidate was not looked at
   */
  public Gate gate(int index) {
    int code = 0;
    while (!contains(code, checked(index))) {
      code++;
    }
    return Gate.ofCode(code);
  }

  /** Whether a candidate passed every gate. */
  public boolean isEligible(int index) {
    return contains(Gate.PASSED.code, checked(index));
  }

  /**
   * Cost of a candidate at the expected tokens, 0 if a gate before {@link Gate#UTILITY} rejected
   * it.
   *
   * @throws IndexOutOfBoundsException if the candidate was not looked at
   */
  public long costMicrocents(int index) {
    return wasPriced(index) ? costs[index] : 0;
  }

  /**
   * Utility of a candidate, clamped to 64 bits, 0 if a gate before {@link Gate#UTILITY} rejected
   * it.
   *
   * @throws IndexOutOfBoundsException if the candidate was not looked at
   */
  public long utilityMicrocents(int index) {
    return wasPriced(index) ? utilities[index] : 0;
  }

  private boolean wasPriced(int index) {
    return gate(index).code >= Gate.UTILITY.code;
  }

  private int checked(int index) {
    return Objects.checkIndex(index, evaluated);
  }

  private boolean contains(int code, int index) {
    return (sets[index / Long.SIZE * ROW + code] >>> index & 1) != 0;
  }

  private int usedWords() {
    return (evaluated + Long.SIZE - 1) / Long.SIZE;
  }

  /** Starts a decision in which this many candidates are looked at; so far none is selected. */
  void begin(Input in, int candidates) {
    requestedModelId = in.requestedModelId();
    evaluated = candidates;
    selectedIndex = -1;
    selectedModelId = 0;
    costBound = 0;
    counterfactualIndex = -1;
    counterfactualModelId = 0;
    utilityToRank = 1;
  }

  /** Forgets which gates rejected which candidates of the last decision. */
  void clearGates() {
    Arrays.fill(sets, 0);
  }

  /** Notes the first gate that one candidate failed; needs {@link #clearGates} before. */
  void put(int index, Gate gate) {
    sets[index / Long.SIZE * ROW + gate.code] |= 1L << index;
  }

  /**
   * Notes what a candidate that is within budget costs and yields, and ranks it. Rising indexes!
   */
  void price(int index, long cost, long utility) {
    costs[index] = cost;
    utilities[index] = utility;
    if (utility >= utilityToRank) {
      rank(index);
    }
  }

  private void rank(int index) {
    if (selectedIndex < 0 || isBetter(index, selectedIndex)) {
      counterfactualIndex = selectedIndex;
      selectedIndex = index;
    } else if (counterfactualIndex < 0 || isBetter(index, counterfactualIndex)) {
      counterfactualIndex = index;
    }
    utilityToRank = counterfactualIndex < 0 ? 1 : utilities[counterfactualIndex];
  }

  /** Whether {@code later} ranks before {@code earlier}, an index below it. */
  private boolean isBetter(int later, int earlier) {
    return utilities[later] > utilities[earlier]
        || (utilities[later] == utilities[earlier] && costs[later] < costs[earlier]);
  }

  /** Ends a decision in which a candidate is selected. */
  void select(int modelId, long boundMicrocents, int counterfactualId) {
    selectedModelId = modelId;
    costBound = boundMicrocents;
    counterfactualModelId = counterfactualId;
  }

  /** Ends a decision in which no candidate was looked at. */
  void reject(Reason why) {
    rejection = why;
  }

  /** Ends a decision in which no candidate passed. */
  void rejectByGates() {
    Gate most = Gate.DISABLED;
    for (int i = 0; i < Gate.BY_PRECEDENCE_OF_REASON.size(); i++) {
      Gate gate = Gate.BY_PRECEDENCE_OF_REASON.get(i);
      if (count(gate) > count(most)) {
        most = gate;
      }
    }
    rejection = most.reason();
  }
}
