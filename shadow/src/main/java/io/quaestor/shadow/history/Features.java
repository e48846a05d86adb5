package io.quaestor.shadow.history;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Numbers that do not change, without an object for each: histories have millions of them. */
final class Features extends AbstractList<Double> implements RandomAccess {

  private final double[] numbers;

  private Features(double[] numbers) {
    this.numbers = numbers;
  }

  /** The array is the list's from here on. */
  static List<Double> of(double[] numbers) {
    return numbers.length == 0 ? List.of() : new Features(numbers);
  }

  @Override
  public Double get(int index) {
    return numbers[index];
  }

  @Override
  public int size() {
    return numbers.length;
  }
}
