package io.quaestor.shadow.predictor;

/** A fitted predictor: a function of an encoded row, without state. */
public interface Predictor {

  /** The number of the class (see {@link Samples#classes}), or the value. */
  double predict(double[] encoded);
}
