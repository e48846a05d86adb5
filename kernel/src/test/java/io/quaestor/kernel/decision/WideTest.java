package io.quaestor.kernel.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WideTest {
  private static final BigInteger UNSIGNED_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  @Test
  void multipliesAndDividesExactlyUpToSaturation() {
    SplittableRandom random = new SplittableRandom(64);

    for (int number = 0; number < 200_000; number++) {
      long a = random.nextLong() >>> random.nextInt(1, 64);
      long b =
          random.nextInt(50) == 0 ? Long.MAX_VALUE : random.nextLong() >>> random.nextInt(1, 64);
      int divisor = random.nextInt(1, 1 << random.nextInt(1, 31));
      BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
      BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(divisor));
      BigInteger ceiling = parts[0].add(BigInteger.valueOf(parts[1].signum()));

      assertThat(unsigned(Wide.multiplyDivide(a, b, divisor)))
          .as("%d * %d / %d", a, b, divisor)
          .isEqualTo(parts[0].min(UNSIGNED_MAX));
      assertThat(unsigned(Wide.multiplyDivideCeil(a, b, divisor)))
          .as("%d * %d / %d", a, b, divisor)
          .isEqualTo(ceiling.min(UNSIGNED_MAX));
    }
  }

  @Test
  void addsAndSubtractsWithSaturation() {
    assertThat(Wide.add(-2, 1)).isEqualTo(Wide.UNSIGNED_MAX);
    assertThat(Wide.add(-1, 1)).isEqualTo(Wide.UNSIGNED_MAX);
    assertThat(Wide.add(1, 2)).isEqualTo(3);
    assertThat(Wide.multiply(1L << 32, 1L << 32)).isEqualTo(Wide.UNSIGNED_MAX);
    assertThat(Wide.multiply(1L << 32, 1L << 31)).isEqualTo(Long.MIN_VALUE);
    assertThat(Wide.subtract(Long.MAX_VALUE, Wide.UNSIGNED_MAX)).isEqualTo(Long.MIN_VALUE);
    assertThat(Wide.subtract(0, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(Wide.subtract(-1, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(Wide.subtract(5, 7)).isEqualTo(-2);
    assertThat(Wide.toSigned(Long.MIN_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  private static BigInteger unsigned(long number) {
    return new BigInteger(Long.toUnsignedString(number));
  }
}
