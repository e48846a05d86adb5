package io.quaestor.kernel.learning;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traits are what a request tells about itself, in integers.
 *
 * @param difficultyBps predicted difficulty, or null
 * @param featuresMicro numbers that describe it, in millionths; empty when it has none
 */
public record Traits(
    String tenant,
    String useCase,
    long inputTokens,
    int riskBps,
    @Nullable Integer difficultyBps,
    List<Long> featuresMicro) {

  public Traits {
    featuresMicro = List.copyOf(featuresMicro);
  }

  /** Binary logarithm of the size, in thousandths: an octave is 1,000. */
  public int magnitudeMilli() {
    return (int) (StrictMath.log(inputTokens + 1.0) / StrictMath.log(2) * 1_000);
  }

  /**
   * Whose size and features can be compared: those of one use case of one tenant, of one length. No
   * tenant's requests move what is usual for another's. Names hold no bar.
   */
  String space() {
    return tenant + "|" + useCase + "|" + featuresMicro.size();
  }

  /** What is compared: the magnitude, then the features. */
  List<Long> values() {
    List<Long> values = new ArrayList<>(featuresMicro.size() + 1);
    values.add((long) magnitudeMilli());
    values.addAll(featuresMicro);
    return values;
  }
}
