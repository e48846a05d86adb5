package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * LinUCB with a model for each candidate: the highest {@code theta' x + alpha sqrt(x' A^-1 x)},
 * alpha 1 (Li, Chu, Langford and Schapire, A Contextual-Bandit Approach to Personalized News
 * Article Recommendation, WWW 2010, algorithm 1). Features as they are given, and a 1 for the bias.
 * Leaves nothing to chance; of equals the first is chosen.
 */
final class LinUcb implements Contender {

  private static final double ALPHA = 1;

  private final List<Ridge> models = new ArrayList<>();
  private final double[] x;

  LinUcb(int candidates, int features) {
    x = new double[features + 1];
    for (int k = 0; k < candidates; k++) {
      models.add(new Ridge(features + 1));
    }
  }

  @Override
  public int choose(Case request, int index) {
    take(request);
    int found = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < models.size(); k++) {
      double bound = models.get(k).upperBound(x);
      if (bound > highest) {
        highest = bound;
        found = k;
      }
    }
    return found;
  }

  @Override
  public void learn(Case request, int chosen, Result result) {
    take(request);
    models.get(chosen).add(x, MeanRewards.reward(result));
  }

  private void take(Case request) {
    for (int i = 0; i < x.length - 1; i++) {
      x[i] = request.features().get(i);
    }
    x[x.length - 1] = 1;
  }

  /** Ridge regression of the reward, regularised by the unit matrix. */
  private static final class Ridge {

    private final CholeskyFactor a;
    private final double[] b;
    private double[] theta;

    Ridge(int dimensions) {
      a = new CholeskyFactor(dimensions);
      b = new double[dimensions];
      theta = new double[dimensions];
    }

    double upperBound(double[] x) {
      double mean = 0;
      for (int i = 0; i < x.length; i++) {
        mean += theta[i] * x[i];
      }
      return mean + ALPHA * Math.sqrt(a.inverseForm(x));
    }

    void add(double[] x, double reward) {
      a.add(x);
      for (int i = 0; i < x.length; i++) {
        b[i] += reward * x[i];
      }
      theta = a.solve(b);
    }
  }
}
