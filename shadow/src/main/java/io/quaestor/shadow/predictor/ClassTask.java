package io.quaestor.shadow.predictor;

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.DecisionTreeTrainer;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.math.optimisers.AdaGrad;

/** Predicts the number of a class. */
record ClassTask(int classes) implements Task<Label> {

  static final int LEAF_ROWS_MIN = 2;

  /** The library cannot merge the steps of rows that have all features with those that do not. */
  static final int MINIBATCH = 1;

  static final double LEARNING_RATE = 0.1;
  static final double EPSILON = 1e-6;

  @Override
  public OutputFactory<Label> factory() {
    return new LabelFactory();
  }

  @Override
  public Label output(double target) {
    return new Label(Integer.toString((int) target));
  }

  @Override
  public double target(Label output) {
    return Integer.parseInt(output.getLabel());
  }

  @Override
  public DecisionTreeTrainer<Label> tree(int depth, float share, long seed) {
    return new CARTClassificationTrainer(
        depth, LEAF_ROWS_MIN, 0, share, false, new GiniIndex(), seed);
  }

  @Override
  public EnsembleCombiner<Label> combiner() {
    return new VotingCombiner();
  }

  @Override
  public Trainer<Label> linear(int epochs, long seed) {
    return new LinearSGDTrainer(
        new LogMulticlass(),
        new AdaGrad(LEARNING_RATE, EPSILON),
        epochs,
        Integer.MAX_VALUE,
        MINIBATCH,
        seed);
  }

  @Override
  public Linear linear(Model<Label> model, Places places) {
    var weights = ((LinearSGDModel) model).getWeightsCopy();
    List<Linear.Output> outputs = new ArrayList<>();
    for (int i = 0; i < model.getOutputIDInfo().size(); i++) {
      int answer = (int) target(model.getOutputIDInfo().getOutput(i));
      outputs.add(places.output(weights, i, answer, 1, 0));
    }
    return new Linear(outputs, true);
  }
}
