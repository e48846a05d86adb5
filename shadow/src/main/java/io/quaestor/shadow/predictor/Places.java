package io.quaestor.shadow.predictor;

import org.tribuo.ImmutableFeatureMap;
import org.tribuo.math.la.DenseMatrix;

/**
 * Where the features of a fitted model stand in an encoded row: the library numbers them by their
 * names, which are the places, padded.
 */
final class Places {

  private final int width;
  private final int[] places;

  private Places(int width, int[] places) {
    this.width = width;
    this.places = places;
  }

  static String name(int place) {
    return "%05d".formatted(place);
  }

  static Places of(int width, ImmutableFeatureMap features) {
    int[] places = new int[features.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = Integer.parseInt(features.get(i).getName());
    }
    return new Places(width, places);
  }

  int of(int feature) {
    return places[feature];
  }

  /**
   * A row of weights, the last of which is the bias, in the order of an encoded row.
   *
   * @param scale by which all are multiplied
   */
  Linear.Output output(DenseMatrix weights, int row, int answer, double scale, double shift) {
    double[] inOrder = new double[width];
    for (int i = 0; i < places.length; i++) {
      inOrder[places[i]] = weights.get(row, i) * scale;
    }
    return new Linear.Output(answer, weights.get(row, places.length) * scale + shift, inOrder);
  }
}
