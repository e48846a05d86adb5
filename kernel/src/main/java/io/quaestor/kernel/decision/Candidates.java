package io.quaestor.kernel.decision;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The candidates of a catalog, laid out for the kernel. Immutable; built once per catalog.
 *
 * <p>Indexes are not those of the list it was built from: candidates are kept by falling quality,
 * then by rising model id. This is the order in which the kernel prefers candidates of equal
 * utility and equal cost, so that there the lower index wins.
 */
public final class Candidates {
  /** Most candidates that a catalog may hold. */
  public static final int SIZE_MAX = 4_096;

  private static final Comparator<Candidate> ORDER =
      Comparator.comparingInt(Candidate::qualityBps)
          .reversed()
          .thenComparingInt(Candidate::modelId);

  private final Candidate[] byIndex;
  private final int[] sortedModelIds;
  private final int[] indexOfSortedModelId;

  /** What the 64-bit path reads; see {@link FastPath}. */
  final FastRows fastRows;

  private Candidates(Candidate[] byIndex) {
    this.byIndex = byIndex;
    int[] indexes = new int[byIndex.length];
    sortedModelIds = new int[byIndex.length];
    Integer[] order = new Integer[byIndex.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> byIndex[i].modelId()));
    for (int i = 0; i < order.length; i++) {
      indexes[i] = order[i];
      sortedModelIds[i] = byIndex[order[i]].modelId();
      if (i > 0 && sortedModelIds[i] == sortedModelIds[i - 1]) {
        throw new IllegalArgumentException("model id " + sortedModelIds[i] + " occurs twice");
      }
    }
    indexOfSortedModelId = indexes;
    fastRows = FastRows.of(byIndex);
  }

  /**
   * The candidates of a catalog, in any order.
   *
   * @throws IllegalArgumentException if a model id occurs twice or there are more than {@link
   *     #SIZE_MAX}
   */
  public static Candidates of(List<Candidate> candidates) {
    if (candidates.size() > SIZE_MAX) {
      throw new IllegalArgumentException(
          "at most " + SIZE_MAX + " candidates, got " + candidates.size());
    }
    Candidate[] byIndex = candidates.toArray(new Candidate[0]);
    Arrays.sort(byIndex, ORDER);
    return new Candidates(byIndex);
  }

  /** How many candidates there are. */
  public int size() {
    return byIndex.length;
  }

  /**
   * The candidate at an index of this class.
   *
   * @throws ArrayIndexOutOfBoundsException if the index is not 0..size-1
   */
  public Candidate get(int index) {
    return byIndex[index];
  }

  /** The index of a model, or -1 if it is not among the candidates. Takes O(log n). */
  public int indexOf(int modelId) {
    int position = Arrays.binarySearch(sortedModelIds, modelId);
    return position < 0 ? -1 : indexOfSortedModelId[position];
  }
}
