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
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A chain that was verified and compared with every checkpoint that is known of it.
 *
 * @param known the checkpoints of all places, as far as they could be read
 * @param keys the keys that signed, as the chain says; empty for a chain that is refused
 * @param refusal why a node would not start on it
 */
public record CheckedChain(
    Verification verification,
    List<KnownCheckpoint> known,
    KeyHistory keys,
    Optional<ChainRefused> refusal) {

  public CheckedChain {
    known = List.copyOf(known);
  }

  /**
   * Reads the checkpoints first and the chain after them, so that beside a running node the chain
   * is at least as long as what they promise.
   *
   * @throws IOException when the chain cannot be read
   */
  public static CheckedChain check(
      ChainVerifier verifier, DirectoryAnchor beside, List<Anchor> anchors, Progress progress)
      throws IOException {
    List<KnownCheckpoint> known = new ArrayList<>();
    List<Looked> looked = new ArrayList<>();
    Optional<ChainRefused> unreadable = Optional.empty();
    try {
      known.addAll(KnownCheckpoint.in(beside, false));
      for (Anchor anchor : anchors) {
        List<KnownCheckpoint> there = outside(anchor);
        known.addAll(there);
        looked.add(new Looked(anchor.name(), there.isEmpty()));
      }
    } catch (ChainRefused e) {
      unreadable = Optional.of(e);
    }
    return check(verifier, known, beside::hasNewest, looked, unreadable, progress);
  }

  /**
   * Judges by checkpoints that have been read already.
   *
   * @param newestBeside whether the newest one beside the chain is among them
   * @param looked the places outside that were looked at
   * @throws IOException when the chain cannot be read
   */
  public static CheckedChain check(
      ChainVerifier verifier,
      List<KnownCheckpoint> known,
      boolean newestBeside,
      List<Looked> looked,
      Progress progress)
      throws IOException {
    return check(verifier, known, () -> newestBeside, looked, Optional.empty(), progress);
  }

  private static CheckedChain check(
      ChainVerifier verifier,
      List<KnownCheckpoint> known,
      BooleanSupplier newestBeside,
      List<Looked> looked,
      Optional<ChainRefused> unreadable,
      Progress progress)
      throws IOException {
    Verification verification = verifier.verify(CheckpointJudge.sizes(known), progress);
    if (verification.verdict() instanceof Verdict.Broken broken) {
      return refused(verification, known, ChainRefused.broken(broken.fault()));
    }
    if (unreadable.isPresent()) {
      return refused(verification, known, unreadable.get());
    }
    try {
      KeyHistory keys =
          CheckpointJudge.judge(verification, known, newestBeside.getAsBoolean(), looked);
      return new CheckedChain(verification, known, keys, Optional.empty());
    } catch (ChainRefused e) {
      return refused(verification, known, e);
    }
  }

  private static CheckedChain refused(
      Verification verification, List<KnownCheckpoint> known, ChainRefused why) {
    return new CheckedChain(verification, known, KeyHistory.NONE, Optional.of(why));
  }

  /** The chain, if a node would start on it. */
  public CheckedChain orThrow() {
    refusal.ifPresent(
        why -> {
          throw why;
        });
    return this;
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
