package io.quaestor.shadow.predictor;

import java.util.List;
import org.tribuo.Model;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.common.tree.DecisionTreeTrainer;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.linear.LinearSGDModel;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Predicts a value; it is fitted in standard deviations from the mean. */
record ValueTask(double mean, double deviation) implements Task<Regressor> {

  private static final String DIMENSION = "value";

  static ValueTask fit(Samples samples, int[] rows) {
    double mean = 0;
    for (int row : rows) {
      mean += samples.target(row) / rows.length;
    }
    double squares = 0;
    for (int row : rows) {
      double off = samples.target(row) - mean;
      squares += off * off / rows.length;
    }
    return new ValueTask(mean, squares == 0 ? 1 : Math.sqrt(squares));
  }

  @Override
  public OutputFactory<Regressor> factory() {
    return new RegressionFactory();
  }

  @Override
  public Regressor output(double target) {
    return new Regressor(DIMENSION, (target - mean) / deviation);
  }

  @Override
  public double target(Regressor output) {
    return output.getValues()[0] * deviation + mean;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public DecisionTreeTrainer<Regressor> tree(int depth, float share, long seed) {
    return new CARTJointRegressionTrainer(
        depth, ClassTask.LEAF_ROWS_MIN, 0, share, false, new MeanSquaredError(), false, seed);
  }

  @Override
  public EnsembleCombiner<Regressor> combiner() {
    return new AveragingCombiner();
  }

  @Override
  public Trainer<Regressor> linear(int epochs, long seed) {
    return new LinearSGDTrainer(
        new SquaredLoss(),
        new AdaGrad(ClassTask.LEARNING_RATE, ClassTask.EPSILON),
        epochs,
        Integer.MAX_VALUE,
        ClassTask.MINIBATCH,
        seed);
  }

  @Override
  public Linear linear(Model<Regressor> model, Places places) {
    var weights = ((LinearSGDModel) model).getWeightsCopy();
    return new Linear(List.of(places.output(weights, 0, 0, deviation, mean)), false);
  }
}
