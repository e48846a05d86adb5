package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.checkpoint.CheckpointJudge.Looked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain that was verified and agrees with every checkpoint that is known of it.
 *
 * @param keys the keys that signed, as the chain says
 * @param checkpoints how many were found in all places
 */
public record CheckedChain(Verification verification, KeyHistory keys, int checkpoints) {

  /**
   * Reads the checkpoints first and the chain after them, so that beside a running node the chain
   * is at least as long as what they promise.
   *
   * @throws ChainRefused when the chain is broken or does not agree
   * @throws IOException when the chain cannot be read
   */
  public static CheckedChain check(
      ChainVerifier verifier, DirectoryAnchor beside, List<Anchor> anchors, Progress progress)
      throws IOException {
    boolean newestBeside = beside.hasNewest();
    List<KnownCheckpoint> known = new ArrayList<>(KnownCheckpoint.in(beside, false));
    List<Looked> looked = new ArrayList<>();
    for (Anchor anchor : anchors) {
      List<KnownCheckpoint> there = outside(anchor);
      known.addAll(there);
      looked.add(new Looked(anchor.name(), there.isEmpty()));
    }
    return check(verifier, known, newestBeside, looked, progress);
  }

  /**
   * Judges by checkpoints that have been read already.
   *
   * @param newestBeside whether the newest one beside the chain is among them
   * @param looked the places outside that were looked at
   * @throws ChainRefused when the chain is broken or does not agree
   * @throws IOException when the chain cannot be read
   */
  public static CheckedChain check(
      ChainVerifier verifier,
      List<KnownCheckpoint> known,
      boolean newestBeside,
      List<Looked> looked,
      Progress progress)
      throws IOException {
    Verification verification = verifier.verify(CheckpointJudge.sizes(known), progress);
    if (verification.verdict() instanceof Verdict.Broken broken) {
      throw ChainRefused.broken(broken.fault());
    }
    KeyHistory keys = CheckpointJudge.judge(verification, known, newestBeside, looked);
    return new CheckedChain(verification, keys, known.size());
  }

  private static List<KnownCheckpoint> outside(Anchor anchor) {
    try {
      return KnownCheckpoint.in(anchor, true);
    } catch (IOException e) {
      throw new ChainRefused(
          Code.ANCHOR_UNREADABLE,
          "the anchor %s cannot be read (%s); mount it, or take it out of the settings"
              .formatted(anchor.name(), Reason.of(e)),
          e);
    }
  }
}
