package io.quaestor.actors.regime;

import com.typesafe.config.Config;

/**
 * @param snapshotEvery records after which the regimes are saved again; 0 = never
 * @param waitingMax records that may wait for one regime; what comes beyond is read from the chain
 */
public record LearningSettings(long snapshotEvery, long waitingMax) {

  public static LearningSettings from(Config quaestor) {
    Config learning = quaestor.getConfig("learning");
    return new LearningSettings(
        learning.getLong("snapshot-every"), learning.getLong("waiting-max"));
  }
}
