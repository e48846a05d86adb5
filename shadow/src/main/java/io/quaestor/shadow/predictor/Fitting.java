package io.quaestor.shadow.predictor;

import io.quaestor.shadow.profile.Predictors;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Fits predictors with Tribuo on the rows that were taken for it. */
final class Fitting<T extends Output<T>> {

  /** Held, so that the level holds: the library tells every step at INFO. */
  private static final Logger LIBRARY = Logger.getLogger("org.tribuo");

  static {
    LIBRARY.setLevel(Level.WARNING);
  }

  private static final float FOREST_SHARE = 1 / 3f;

  private final Task<T> task;
  private final MutableDataset<T> data;
  private final int width;

  private Fitting(Task<T> task, MutableDataset<T> data, int width) {
    this.task = task;
    this.data = data;
    this.width = width;
  }

  static <T extends Output<T>> Fitting<T> of(
      Task<T> task, Samples samples, int[] rows, Encoder encoder) {
    MutableDataset<T> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance("history", task.factory()), task.factory());
    boolean[] varies = varies(rows, encoder);
    String[] names = new String[encoder.width()];
    for (int i = 0; i < names.length; i++) {
      names[i] = Places.name(i);
    }
    double[] buffer = encoder.buffer();
    for (int row : rows) {
      encoder.encode(row, buffer);
      data.add(example(task.output(samples.target(row)), names, buffer, varies));
    }
    return new Fitting<>(task, data, encoder.width());
  }

  /** A feature that is always the same says nothing, and a split that drew it would be lost. */
  private static boolean[] varies(int[] rows, Encoder encoder) {
    boolean[] varies = new boolean[encoder.width()];
    double[] first = encoder.encode(rows[0], encoder.buffer());
    double[] buffer = encoder.buffer();
    for (int row : rows) {
      encoder.encode(row, buffer);
      for (int i = 0; i < varies.length; i++) {
        varies[i] |= buffer[i] != first[i];
      }
    }
    return varies;
  }

  /** What is left out counts as 0. */
  private static <T extends Output<T>> ArrayExample<T> example(
      T output, String[] names, double[] encoded, boolean[] varies) {
    List<String> kept = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < encoded.length; i++) {
      if (varies[i] && encoded[i] != 0) {
        kept.add(names[i]);
        values.add(encoded[i]);
      }
    }
    return new ArrayExample<>(
        output,
        kept.toArray(String[]::new),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  Predictor fit(Predictors.Candidate candidate, long seed) {
    return switch (candidate.kind()) {
      case TREE -> tree(task.tree(candidate.depth(), 1, seed).train(data));
      case LINEAR -> linear(task.linear(candidate.epochs(), seed).train(data));
      case FOREST -> forest(candidate, seed);
    };
  }

  /**
   * Each split looks at a third of the features: of many yes-or-no columns, the square root that is
   * usual for classes would mostly be columns that say nothing.
   */
  private Forest forest(Predictors.Candidate candidate, long seed) {
    EnsembleModel<T> model =
        new RandomForestTrainer<>(
                task.tree(candidate.depth(), FOREST_SHARE, seed),
                task.combiner(),
                candidate.trees(),
                seed)
            .train(data);
    return new Forest(model.getModels().stream().map(this::tree).toList(), task.classes());
  }

  private Tree tree(Model<T> model) {
    Places places = Places.of(width, model.getFeatureIDMap());
    return Tree.of(((TreeModel<T>) model).getRoot(), places::of, task::target);
  }

  private Linear linear(Model<T> model) {
    return task.linear(model, Places.of(width, model.getFeatureIDMap()));
  }
}
