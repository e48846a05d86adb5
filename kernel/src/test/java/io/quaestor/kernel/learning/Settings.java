package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.Learning;
import java.util.Map;

/** The usual learning with what a test wants to change. */
final class Settings {

  private int targetBps = Learning.USUAL.targetBps();
  private int stepMilli = Learning.USUAL.stepMilli();
  private int firstStepMilli = Learning.USUAL.firstStepMilli();
  private int priorStrength = Learning.USUAL.priorStrength();
  private int regimeStrength = Learning.USUAL.regimeStrength();
  private int pooledCap = Learning.USUAL.pooledCap();
  private int explorationBps = Learning.USUAL.explorationBps();
  private int halfLife = Learning.USUAL.halfLife();

  static Settings usual() {
    return new Settings();
  }

  Settings target(int bps) {
    targetBps = bps;
    return this;
  }

  /** A step that does not fall. */
  Settings step(int milli) {
    stepMilli = milli;
    firstStepMilli = milli;
    return this;
  }

  Settings strengths(int prior, int regime) {
    priorStrength = prior;
    regimeStrength = regime;
    return this;
  }

  Settings pooledCap(int outcomes) {
    pooledCap = outcomes;
    return this;
  }

  Settings exploration(int bps) {
    explorationBps = bps;
    return this;
  }

  Settings halfLife(int outcomes) {
    halfLife = outcomes;
    return this;
  }

  Learning build() {
    Learning usual = Learning.USUAL;
    return new Learning(
        targetBps,
        stepMilli,
        firstStepMilli,
        usual.stepHalving(),
        priorStrength,
        regimeStrength,
        pooledCap,
        explorationBps,
        halfLife,
        usual.driftThresholdMilli(),
        usual.driftKeptBps(),
        usual.anomalyDeviationMilli(),
        usual.anomalyRaiseBps(),
        Map.of());
  }
}
