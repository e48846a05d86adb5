package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.kernel.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {

  private static List<Long> values(Random random) {
    List<Long> values = new ArrayList<>();
    int count = 1 + random.nextInt(300);
    for (int i = 0; i < count; i++) {
      values.add(random.nextLong() >> random.nextInt(60));
    }
    return values;
  }

  private static Moments of(List<Long> values) {
    Moments moments = Moments.NONE;
    for (long value : values) {
      moments = moments.plus(value);
    }
    return moments;
  }

  @Seeds(50)
  void mergeToThoseOfTheUnsplitStream(long seed) {
    Random random = new Random(seed);
    List<Long> values = values(random);
    Moments whole = of(values);

    Collections.shuffle(values, random);
    List<Moments> parts = new ArrayList<>();
    for (int from = 0; from < values.size(); ) {
      int to = Math.min(values.size(), from + random.nextInt(40));
      parts.add(of(values.subList(from, to)));
      from = to;
    }
    while (parts.size() > 1) {
      Moments one = parts.remove(random.nextInt(parts.size()));
      int into = random.nextInt(parts.size());
      parts.set(into, parts.get(into).plus(one));
    }

    assertThat(parts.getFirst()).isEqualTo(whole);
  }

  @Seeds(20)
  void agreeWithTheRecurrenceOfWelford(long seed) {
    Random random = new Random(seed);
    long n = 0;
    double mean = 0;
    double m2 = 0;
    Moments moments = Moments.NONE;
    for (int i = 0; i < 500; i++) {
      long value = Math.round(random.nextGaussian() * 1_000 + 50_000);
      moments = moments.plus(value);
      n++;
      double off = value - mean;
      mean += off / n;
      m2 += off * (value - mean);
    }

    assertThat(moments.mean()).isCloseTo(mean, within(1e-6));
    assertThat(moments.variance()).isCloseTo(m2 / n, within(1e-3));
  }

  @Test
  void loseNothingFarFromZero() {
    Moments moments = of(List.of(1_000_000_000_000_001L, 1_000_000_000_000_003L));

    assertThat(moments.variance()).isEqualTo(1);
  }

  @Test
  void measureDistanceInDeviations() {
    Moments moments = of(List.of(8L, 12L));

    assertThat(moments.zMilli(10, 1)).isZero();
    assertThat(moments.zMilli(14, 1)).isEqualTo(2_000);
    assertThat(of(List.of(5L, 5L)).zMilli(5, 1)).isZero();
    assertThat(of(List.of(5L, 5L)).zMilli(9, 2)).as("of equal ones").isEqualTo(2_000);
    assertThat(Moments.NONE.zMilli(1, 1)).isZero();
  }
}
