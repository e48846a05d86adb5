package io.quaestor.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTest {

  @Test
  void weighsRanksByTheirInverse() {
    Zipf zipf = new Zipf(4, 1); // weights 1, 1/2, 1/3, 1/4: 12, 6, 4, 3 of 25

    assertThat(zipf.share(0)).isCloseTo(12 / 25.0, within(1e-12));
    assertThat(zipf.share(1)).isCloseTo(6 / 25.0, within(1e-12));
    assertThat(zipf.share(2)).isCloseTo(4 / 25.0, within(1e-12));
    assertThat(zipf.share(3)).isCloseTo(3 / 25.0, within(1e-12));
  }

  @Test
  void drawsEachRankAsOftenAsItsShare() {
    int draws = 200_000;
    Zipf zipf = new Zipf(20, 1);
    int[] counts = new int[20];
    SplittableRandom random = new SplittableRandom(7);

    for (int i = 0; i < draws; i++) {
      counts[zipf.rank(random.nextDouble())]++;
    }

    for (int rank = 0; rank < 20; rank++) {
      double expected = draws * zipf.share(rank);
      assertThat((double) counts[rank]).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void hasARankForEveryNumber() {
    Zipf zipf = new Zipf(4, 1);

    assertThat(zipf.rank(0)).isZero();
    assertThat(zipf.rank(Math.nextDown(zipf.share(0)))).isZero();
    assertThat(zipf.rank(zipf.share(0))).isEqualTo(1);
    assertThat(zipf.rank(Math.nextDown(1.0))).isEqualTo(3);
    assertThat(new Zipf(1, 1).rank(0.5)).isZero();
  }

  @Test
  void isEvenWithoutAnExponent() {
    Zipf zipf = new Zipf(10, 0);

    assertThat(zipf.share(9)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void needsARank() {
    assertThatThrownBy(() -> new Zipf(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
