package io.quaestor.benchmarks.load.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void isTheMiddleOfAnOddNumber() {
    assertThat(Median.of(List.of(9, 1, 5), Integer::doubleValue)).isEqualTo(5);
  }

  @Test
  void liesBetweenTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Median.of(List.of(9, 1, 5, 100), Integer::doubleValue)).isEqualTo(7);
  }
}
