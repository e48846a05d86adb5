package io.quaestor.kernel.learning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traits are what a request tells about itself, in integers.
 *
 * @param difficultyBps predicted difficulty, or null
 * @param featuresMicro numbers that describe it, in millionths; empty when it has none
 */
public record Traits(
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

  /** Whose features can be compared: those of one use case and one length. */
  String space() {
    return useCase + "|" + featuresMicro.size();
  }
}
