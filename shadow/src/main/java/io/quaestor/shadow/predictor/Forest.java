package io.quaestor.shadow.predictor;

import java.util.List;

/** The answer of many trees: the class with most votes, the lower number on a tie; or the mean. */
record Forest(List<Tree> trees, int classes) implements Predictor {

  @Override
  public double predict(double[] encoded) {
    return classes == 0 ? mean(encoded) : vote(encoded);
  }

  private double mean(double[] encoded) {
    double sum = 0;
    for (Tree tree : trees) {
      sum += tree.predict(encoded);
    }
    return sum / trees.size();
  }

  private double vote(double[] encoded) {
    int[] votes = new int[classes];
    int best = 0;
    for (Tree tree : trees) {
      votes[(int) tree.predict(encoded)]++;
    }
    for (int i = 1; i < classes; i++) {
      best = votes[i] > votes[best] ? i : best;
    }
    return best;
  }
}
