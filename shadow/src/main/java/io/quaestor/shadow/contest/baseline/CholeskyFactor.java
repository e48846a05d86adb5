package io.quaestor.shadow.contest.baseline;

/**
 * The lower triangular L of a positive definite matrix A = L L', kept while A grows by x x'. The
 * update takes O(d^2), like that of an inverse (Sherman and Morrison), but A stays positive
 * definite whatever the magnitude of the numbers, which an inverse that is updated does not.
 *
 * <p>Method: a rotation for each column (Gill, Golub, Murray and Saunders, Methods for Modifying
 * Matrix Factorizations, Mathematics of Computation 28, 1974).
 */
final class CholeskyFactor {

  private final double[][] rows;
  private final double[] work;

  /** Of the unit matrix. */
  CholeskyFactor(int dimensions) {
    rows = new double[dimensions][];
    for (int i = 0; i < dimensions; i++) {
      rows[i] = new double[i + 1];
      rows[i][i] = 1;
    }
    work = new double[dimensions];
  }

  /** A = A + x x'. */
  void add(double[] x) {
    System.arraycopy(x, 0, work, 0, work.length);
    for (int k = 0; k < rows.length; k++) {
      double diagonal = rows[k][k];
      double rotated = Math.hypot(diagonal, work[k]);
      double cosine = rotated / diagonal;
      double sine = work[k] / diagonal;
      rows[k][k] = rotated;
      for (int i = k + 1; i < rows.length; i++) {
        rows[i][k] = (rows[i][k] + sine * work[i]) / cosine;
        work[i] = cosine * work[i] - sine * rows[i][k];
      }
    }
  }

  /** x' A^-1 x: the squared length of y in L y = x. */
  double inverseForm(double[] x) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      work[i] = forward(x, work, i);
      sum += work[i] * work[i];
    }
    return sum;
  }

  /** A^-1 b. */
  double[] solve(double[] b) {
    double[] solution = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      solution[i] = forward(b, solution, i);
    }
    for (int i = rows.length - 1; i >= 0; i--) {
      solution[i] = backward(solution, i);
    }
    return solution;
  }

  private double forward(double[] b, double[] solved, int i) {
    double rest = b[i];
    for (int k = 0; k < i; k++) {
      rest -= rows[i][k] * solved[k];
    }
    return rest / rows[i][i];
  }

  private double backward(double[] solved, int i) {
    double rest = solved[i];
    for (int k = i + 1; k < rows.length; k++) {
      rest -= rows[k][i] * solved[k];
    }
    return rest / rows[i][i];
  }
}
