package io.quaestor.shadow.contest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.Sets;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinUcbTest {

  @Test
  void learnsWhichCandidateSuitsWhichRequest() {
    // Each candidate is right on one half of the requests, and the feature says on which.
    SplittableRandom random = new SplittableRandom(2);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      boolean first = random.nextBoolean();
      cases.add(
          Sets.request(
              i,
              List.of(first ? 1.0 : 0.0),
              null,
              Sets.results(Sets.cell(first ? 10_000 : 0, 1), Sets.cell(first ? 0 : 10_000, 1))));
    }
    BenchSet set = BenchSet.of(Sets.history("halves", 2, cases), Order.FILE);

    assertThat(Sets.play(new LinUcbPolicy(), set, 1).successRate()).isGreaterThan(0.97);
  }

  @Test
  void takesPartOnlyWhereAllCasesHaveTheSameFeatures() {
    assertThat(enters(List.of(1.0, 2.0), List.of(3.0, 4.0))).isTrue();
    assertThat(enters(Collections.nCopies(64, 1.0))).isTrue();

    assertThat(enters(List.of())).isFalse();
    assertThat(enters(List.of(1.0, 2.0), List.of(3.0))).isFalse();
    assertThat(enters(Collections.nCopies(65, 1.0))).isFalse();
    assertThat(enters(List.of(1.0), List.of(Double.NaN))).isFalse();
  }

  @SafeVarargs
  private static boolean enters(List<Double>... features) {
    List<Case> cases = new ArrayList<>();
    for (List<Double> one : features) {
      cases.add(Sets.request(cases.size(), one, null, Sets.results(Sets.cell(0, 1))));
    }
    History history = Sets.history("featured", 1, cases);
    return new LinUcbPolicy().enters(history);
  }

  @Test
  void theFactorSolvesWhatItsMatrixSays() {
    SplittableRandom random = new SplittableRandom(4);
    int d = 6;
    double[][] a = new double[d][d];
    for (int i = 0; i < d; i++) {
      a[i][i] = 1;
    }
    CholeskyFactor factor = new CholeskyFactor(d);
    for (int n = 0; n < 50; n++) {
      double[] x = random.doubles(d, -1, 1).toArray();
      factor.add(x);
      addOuter(a, x);
    }
    double[] b = random.doubles(d, -1, 1).toArray();

    double[] solution = factor.solve(b);

    assertThat(times(a, solution)).containsExactly(b, within(1e-10));
    assertThat(factor.inverseForm(b)).isCloseTo(dot(b, solution), within(1e-10));
  }

  @Test
  void theFactorStaysPositiveDefiniteUnderHugeNumbers() {
    SplittableRandom random = new SplittableRandom(4);
    CholeskyFactor factor = new CholeskyFactor(3);
    for (int n = 0; n < 20_000; n++) {
      double[] x = {random.nextDouble() * 1e9, random.nextDouble(), 1};
      factor.add(x);

      assertThat(factor.inverseForm(x)).isBetween(0.0, 1.0);
    }
  }

  private static void addOuter(double[][] a, double[] x) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        a[i][j] += x[i] * x[j];
      }
    }
  }

  private static double[] times(double[][] a, double[] x) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = dot(a[i], x);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
