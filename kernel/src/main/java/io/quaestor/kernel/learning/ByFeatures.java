package io.quaestor.kernel.learning;

/**
 * The regime whose centroid is nearest, by distance in standard deviations of the whole stream: a
 * sequential k-means (MacQueen 1967), with the regimes' own means as centroids. A request that is
 * far from all of them opens a regime that is still empty; what is far shrinks with every regime in
 * use.
 */
record ByFeatures() implements Classifier {

  @Override
  public int regime(Traits traits, Regimes regimes) {
    Centroids centroids = regimes.centroids(traits.space());
    if (centroids.used() == 0) {
      return regimes.takes(traits.space()) ? 0 : new BySizeAndRisk().regime(traits, regimes);
    }
    int nearest = centroids.nearest(traits.featuresMicro());
    double far = (double) traits.featuresMicro().size() / (1 + centroids.used());
    int empty = centroids.firstEmpty();
    return empty >= 0 && centroids.distance(nearest, traits.featuresMicro()) > far
        ? empty
        : nearest;
  }
}
