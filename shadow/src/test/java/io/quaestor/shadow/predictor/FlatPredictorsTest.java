package io.quaestor.shadow.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Flat predictors answer as the library's own models do. */
class FlatPredictorsTest {

  private static final int WIDTH = 6;

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<double[]> rows = new ArrayList<>();

  FlatPredictorsTest() {
    for (int i = 0; i < 500; i++) {
      double[] row = new double[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        // The last column is never set, so that the library does not know it.
        row[j] = j == WIDTH - 1 ? 0 : j % 2 == 0 ? random.nextDouble() - 0.5 : random.nextInt(2);
      }
      rows.add(row);
    }
  }

  private static double klass(double[] row) {
    return row[1] == 1 ? (row[0] > 0 ? 2 : 1) : (row[2] > 0.1 ? 1 : 0);
  }

  private static double value(double[] row) {
    return 100 + 50 * row[0] + (row[3] == 1 ? 30 : -10) * row[2];
  }

  @Test
  void aTreeOfClasses() {
    ClassTask task = new ClassTask(3);
    var model =
        (TreeModel<org.tribuo.classification.Label>)
            task.tree(6, 1, 1).train(data(task, FlatPredictorsTest::klass));
    Places places = Places.of(WIDTH, model.getFeatureIDMap());

    Tree tree = Tree.of(model.getRoot(), places::of, task::target);

    assertSame(task, model, tree, 0);
    assertThat(rows).allSatisfy(row -> assertThat(tree.predict(row)).isBetween(0.0, 2.0));
  }

  @Test
  void aTreeOfValues() {
    ValueTask task = new ValueTask(100, 20);
    var model =
        (TreeModel<org.tribuo.regression.Regressor>)
            task.tree(6, 1, 1).train(data(task, FlatPredictorsTest::value));
    Places places = Places.of(WIDTH, model.getFeatureIDMap());

    assertSame(task, model, Tree.of(model.getRoot(), places::of, task::target), 1e-9);
  }

  @Test
  void linearClassesAndValues() {
    ClassTask classes = new ClassTask(3);
    var first = classes.linear(5, 1).train(data(classes, FlatPredictorsTest::klass));
    assertSame(classes, first, classes.linear(first, Places.of(WIDTH, first.getFeatureIDMap())), 0);

    ValueTask values = new ValueTask(100, 20);
    var second = values.linear(5, 1).train(data(values, FlatPredictorsTest::value));
    assertSame(
        values, second, values.linear(second, Places.of(WIDTH, second.getFeatureIDMap())), 1e-9);
  }

  @Test
  void aForestTakesTheMostVotesAndTheLowerClassOnATie() {
    Tree zero = leaf(0);
    Tree one = leaf(1);
    Tree two = leaf(2);

    assertThat(new Forest(List.of(two, one, two), 3).predict(new double[WIDTH])).isEqualTo(2);
    assertThat(new Forest(List.of(two, one, zero, one, two), 3).predict(new double[WIDTH]))
        .isEqualTo(1);
    assertThat(new Forest(List.of(two, one), 0).predict(new double[WIDTH])).isEqualTo(1.5);
  }

  private static Tree leaf(int answer) {
    ClassTask task = new ClassTask(3);
    var output = task.output(answer);
    return Tree.of(
        new org.tribuo.common.tree.LeafNode<>(
            0, output, java.util.Map.of(output.getLabel(), output), false),
        it -> it,
        task::target);
  }

  private <T extends Output<T>> MutableDataset<T> data(
      Task<T> task, ToDoubleFunction<double[]> target) {
    MutableDataset<T> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance("test", task.factory()), task.factory());
    rows.forEach(row -> data.add(example(row, task.output(target.applyAsDouble(row)))));
    return data;
  }

  private static <T extends Output<T>> Example<T> example(double[] row, T output) {
    ArrayExample<T> example = new ArrayExample<>(output);
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        example.add(Places.name(i), row[i]);
      }
    }
    return example;
  }

  private <T extends Output<T>> void assertSame(
      Task<T> task, Model<T> model, Predictor flat, double tolerance) {
    for (double[] row : rows) {
      T unknown = task.factory().getUnknownOutput();
      T theirs = model.predict(example(row, unknown)).getOutput();
      assertThat(flat.predict(row)).isCloseTo(task.target(theirs), within(tolerance));
    }
  }
}
