package io.quaestor.shadow.predictor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.tribuo.Output;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;

/**
 * A decision tree, laid flat. Tribuo fits it, but answers from its trees take a map of names for
 * every row and tree; half a million rows of a forest would take minutes.
 *
 * <pre>
 * node i   feature[i] &gt;= 0   row[feature] &gt; threshold ? node above[i] : node i + 1
 *          feature[i] &lt; 0    a leaf that answers threshold[i]
 * </pre>
 */
final class Tree implements Predictor {

  private static final int LEAF = -1;

  private final int[] feature;
  private final double[] threshold;
  private final int[] above;

  private Tree(int[] feature, double[] threshold, int[] above) {
    this.feature = feature;
    this.threshold = threshold;
    this.above = above;
  }

  @Override
  public double predict(double[] encoded) {
    int node = 0;
    while (feature[node] != LEAF) {
      node = encoded[feature[node]] > threshold[node] ? above[node] : node + 1;
    }
    return threshold[node];
  }

  /**
   * @param features the place in an encoded row of a feature that Tribuo numbers
   * @param answer what a leaf's output stands for
   */
  static <T extends Output<T>> Tree of(
      Node<T> root, IntUnaryOperator features, ToDoubleFunction<T> answer) {
    Flat<T> flat = new Flat<>(features, answer);
    flat.add(root);
    return new Tree(
        flat.feature.stream().mapToInt(it -> it).toArray(),
        flat.threshold.stream().mapToDouble(it -> it).toArray(),
        flat.above.stream().mapToInt(it -> it).toArray());
  }

  private static final class Flat<T extends Output<T>> {
    private final IntUnaryOperator features;
    private final ToDoubleFunction<T> answer;
    private final List<Integer> feature = new ArrayList<>();
    private final List<Double> threshold = new ArrayList<>();
    private final List<Integer> above = new ArrayList<>();

    Flat(IntUnaryOperator features, ToDoubleFunction<T> answer) {
      this.features = features;
      this.answer = answer;
    }

    void add(Node<T> node) {
      switch (node) {
        case LeafNode<T> leaf -> put(LEAF, answer.applyAsDouble(leaf.getOutput()));
        case SplitNode<T> split -> {
          int at = feature.size();
          put(features.applyAsInt(split.getFeatureID()), split.splitValue());
          add(split.getLessThanOrEqual());
          above.set(at, feature.size());
          add(split.getGreaterThan());
        }
        default -> throw new IllegalStateException("an unknown node: " + node);
      }
    }

    private void put(int feature, double threshold) {
      this.feature.add(feature);
      this.threshold.add(threshold);
      above.add(0);
    }
  }
}
