package io.quaestor.kernel.learning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The regimes' means of one space, and the spread of the whole stream. The magnitude, which a space
 * begins with, is left out: features alone tell the regimes apart.
 */
final class Centroids {

  private final double[] @Nullable [] means;
  private final double[] precisions;
  private int used;
  private int firstEmpty = -1;

  Centroids(List<List<Moments>> byRegime) {
    means = new double[byRegime.size()][];
    int dimensions =
        byRegime.stream().map(Centroids::features).mapToInt(List::size).max().orElse(0);
    Moments[] whole = new Moments[dimensions];
    for (int r = byRegime.size() - 1; r >= 0; r--) {
      List<Moments> own = features(byRegime.get(r));
      if (own.isEmpty()) {
        firstEmpty = r;
        continue;
      }
      used++;
      means[r] = own.stream().mapToDouble(Moments::mean).toArray();
      for (int d = 0; d < dimensions; d++) {
        whole[d] = whole[d] == null ? own.get(d) : whole[d].plus(own.get(d));
      }
    }
    precisions = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      double variance = whole[d].variance();
      precisions[d] = variance > 0 ? 1 / variance : 0;
    }
  }

  private static List<Moments> features(List<Moments> space) {
    return space.isEmpty() ? space : space.subList(1, space.size());
  }

  int used() {
    return used;
  }

  /** The first regime without any request, -1 when all have some. */
  int firstEmpty() {
    return firstEmpty;
  }

  int nearest(List<Long> features) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int r = 0; r < means.length; r++) {
      if (means[r] != null) {
        double distance = distance(r, features);
        if (distance < least || best < 0) {
          least = distance;
          best = r;
        }
      }
    }
    return best;
  }

  /** The squared distance from a centroid, in variances of the whole stream. */
  double distance(int regime, List<Long> features) {
    double[] mean = means[regime];
    if (mean == null) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int d = 0; d < mean.length; d++) {
      double off = features.get(d) - mean[d];
      sum += off * off * precisions[d];
    }
    return sum;
  }
}
