package io.quaestor.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceTest {

  @Test
  void roundsEachDirectionUpToAWholeMicrocent() {
    Price price = new Price(1, 1);

    assertThat(price.cost(0, 0)).isZero();
    assertThat(price.cost(1, 0)).isEqualTo(1);
    assertThat(price.cost(1, 1)).isEqualTo(2);
    assertThat(price.cost(1_000_000, 1_000_001)).isEqualTo(3);
  }

  @Test
  void isExactAlsoWhereTheProductIsWiderThanItsResult() {
    Price dear = new Price(10_000_000_000_000L, 0);

    assertThat(dear.cost(900_000_000_000L, 0)).isEqualTo(9_000_000_000_000_000_000L);
  }

  @Test
  void agreesWithUnboundedArithmetic() {
    SplittableRandom random = new SplittableRandom(7);
    int fitting = 0;
    for (int i = 0; i < 200_000; i++) {
      long tokens = random.nextLong() >>> (1 + random.nextInt(63));
      long perMillion = random.nextLong() >>> (1 + random.nextInt(63));
      BigInteger exact = exactly(tokens, perMillion);

      if (exact.bitLength() <= 63) {
        fitting++;
        assertThat(new Price(perMillion, 0).cost(tokens, 0)).isEqualTo(exact.longValueExact());
      } else {
        assertThatThrownBy(() -> new Price(perMillion, 0).cost(tokens, 0))
            .isInstanceOf(ArithmeticException.class);
      }
    }
    assertThat(fitting).isGreaterThan(100_000);
  }

  private static BigInteger exactly(long tokens, long perMillion) {
    BigInteger million = BigInteger.valueOf(1_000_000);
    return BigInteger.valueOf(tokens)
        .multiply(BigInteger.valueOf(perMillion))
        .add(million.subtract(BigInteger.ONE))
        .divide(million);
  }

  @Test
  void refusesNegativePricesAndUsages() {
    assertThatThrownBy(() -> new Price(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Usage(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
