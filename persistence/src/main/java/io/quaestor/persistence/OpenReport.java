package io.quaestor.persistence;

import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.checkpoint.Handovers;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.KnownCheckpoint;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a chain was opened.
 *
 * @param repaired a torn tail that was moved aside, now or by a start that did not get further
 * @param repairedMayBeAcknowledged the index had seen the torn record
 * @param keys the keys that signed its checkpoints
 * @param checkpoints those that were found, here and in anchors; all agree with the chain
 * @param indexed number of records that were missing in the index
 */
public record OpenReport(
    Verification verification,
    Optional<TailRepaired> repaired,
    boolean repairedMayBeAcknowledged,
    KeyHistory keys,
    List<KnownCheckpoint> checkpoints,
    long indexed) {

  /** By which each of its keys vouched for the next. */
  public Handovers handovers() {
    return new Handovers(keys, checkpoints);
  }
}
