package io.quaestor.kernel.decision;

import java.util.Arrays;
import java.util.BitSet;
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

  /** By index, for the candidates that reached the utility; else undefined. */
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
  }

  /** Forgets which gates rejected which candidates of the last decision. */
  void clearGates() {
    Arrays.fill(sets, 0);
  }

  /** Notes the gate that rejected one candidate; needs {@link #clearGates} before. */
  void reject(int index, Gate gate) {
    sets[index / Long.SIZE * ROW + gate.code] |= 1L << index;
  }

  /**
   * Ranks those of 64 candidates that no gate before the utility rejected; their costs and
   * utilities are known. Rows have to be ranked in rising order.
   *
   * @param open the set of these candidates; bit i stands for index 64 * row + i
   */
  void rank(int row, long open) {
    int best = selectedIndex;
    int second = counterfactualIndex;
    long bestUtility = best < 0 ? 0 : utilities[best];
    long secondUtility = second < 0 ? 0 : utilities[second];
    long worthless = 0;
    for (long rest = open; rest != 0; rest &= rest - 1) {
      int i = row * Long.SIZE + Long.numberOfTrailingZeros(rest);
      long utility = utilities[i];
      if (utility <= 0) {
        worthless |= rest & -rest;
      } else if (utility >= secondUtility) {
        if (best < 0
            || utility > bestUtility
            || (utility == bestUtility && costs[i] < costs[best])) {
          second = best;
          secondUtility = bestUtility;
          best = i;
          bestUtility = utility;
        } else if (second < 0 || utility > secondUtility || costs[i] < costs[second]) {
          second = i;
          secondUtility = utility;
        }
      }
    }
    selectedIndex = best;
    counterfactualIndex = second;
    sets[row * ROW + Gate.UTILITY_CODE] = worthless;
    sets[row * ROW + Gate.PASSED_CODE] = open & ~worthless;
  }

  /** The best of some candidates, by the order of {@link #rank}; -1 if none is eligible. */
  int bestOf(BitSet members) {
    int best = -1;
    for (int i = members.nextSetBit(0); i >= 0 && i < evaluated; i = members.nextSetBit(i + 1)) {
      if (isEligible(i)
          && (best < 0
              || utilities[i] > utilities[best]
              || (utilities[i] == utilities[best] && costs[i] < costs[best]))) {
        best = i;
      }
    }
    return best;
  }

  /** Names the selected candidate and its counterfactual by their indexes. */
  void choose(int index, int counterfactual) {
    selectedIndex = index;
    counterfactualIndex = counterfactual;
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
