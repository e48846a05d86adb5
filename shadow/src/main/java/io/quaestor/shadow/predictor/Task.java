package io.quaestor.shadow.predictor;

import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.common.tree.DecisionTreeTrainer;
import org.tribuo.ensemble.EnsembleCombiner;

/** What differs between predicting a class and predicting a value. */
interface Task<T extends Output<T>> {

  OutputFactory<T> factory();

  /** What is fitted for a row's target. */
  T output(double target);

  /** The inverse: the class's number or the value, as a predictor answers it. */
  double target(T output);

  /** The number of classes; 0 for values. */
  int classes();

  /**
   * @param share of the features that each split of the tree looks at
   */
  DecisionTreeTrainer<T> tree(int depth, float share, long seed);

  /** The library wants one; a {@link Forest} combines by itself. */
  EnsembleCombiner<T> combiner();

  Trainer<T> linear(int epochs, long seed);

  /** A predictor out of what that trainer has fitted. */
  Linear linear(Model<T> model, Places places);
}
