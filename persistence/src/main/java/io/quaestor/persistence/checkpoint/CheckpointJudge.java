package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.VerifiedSignature;
import io.quaestor.persistence.note.VerifierKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a verified chain by the checkpoints that are known of it.
 *
 * <pre>
 * checkpoint                              chain                      code
 * no signature at all                     -                          checkpoint_unsigned
 * of another origin                       -                          checkpoint_foreign
 * a signature of a known key is wrong     -                          checkpoint_forged
 * larger than the chain, beside it        shorter                    chain_truncated
 * larger than the chain, kept elsewhere   shorter                    chain_rolled_back
 * by no key of the chain, or one that
 *   did not sign at that size             as long or longer          checkpoint_key_invalid
 * well signed                             other root at that size    chain_rewritten
 * none beside the chain                   signed before              checkpoint_missing
 * none in an adopted anchor               anchored before            anchor_missing
 * </pre>
 */
public final class CheckpointJudge {

  private static final String KEEP =
      ". Keep a copy of the directory as evidence, then restore it from a backup that is not older";

  private final KeyHistory history;
  private final long size;
  private final Verification verification;

  private CheckpointJudge(KeyHistory history, long size, Verification verification) {
    this.history = history;
    this.size = size;
    this.verification = verification;
  }

  /** The sizes whose roots a verification has to tell, so that it can be judged. */
  public static Set<Long> sizes(List<KnownCheckpoint> known) {
    Set<Long> sizes = new HashSet<>();
    known.forEach(each -> sizes.add(each.checkpoint().size()));
    return sizes;
  }

  /**
   * @param known of the chain, from all places; the verification was told their {@link #sizes}
   * @param newestBeside whether the newest checkpoint beside the chain is there
   * @param anchors the names of the places outside that were looked at, with what was found there
   * @return which keys signed when
   * @throws ChainRefused when the chain or a checkpoint is not what it must be
   */
  public static KeyHistory judge(
      Verification verification,
      List<KnownCheckpoint> known,
      boolean newestBeside,
      List<Looked> anchors) {
    KeyHistory history = history(verification);
    CheckpointJudge judge = new CheckpointJudge(history, size(verification), verification);
    known.forEach(judge::judge);
    if (!newestBeside && history.demandsCheckpoint(judge.size)) {
      throw new ChainRefused(
          Code.CHECKPOINT_MISSING,
          "the chain is signed, but there is no file checkpoint beside it; put it back from a"
              + " backup or an anchor");
    }
    anchors.forEach(judge::judge);
    return history;
  }

  /** A place outside that was looked at. */
  public record Looked(String anchor, boolean empty) {}

  private static KeyHistory history(Verification verification) {
    try {
      return KeyHistory.of(verification.adoptions());
    } catch (NoteRejected e) {
      throw new ChainRefused(
          Code.CHECKPOINT_KEY_INVALID,
          "the chain adopted a key that is none: %s".formatted(e.getMessage()),
          e);
    }
  }

  private static long size(Verification verification) {
    return switch (verification.verdict()) {
      case Verdict.Sound sound -> sound.head().seq();
      case Verdict.Torn torn -> torn.head().seq();
      case Verdict.Broken broken -> throw ChainRefused.broken(broken.fault());
    };
  }

  private void judge(Looked anchor) {
    if (anchor.empty() && history.anchors().contains(anchor.anchor())) {
      throw new ChainRefused(
          Code.ANCHOR_MISSING,
          "the chain was anchored in %s, but no checkpoint of it is there; mount the right place or"
                  .formatted(anchor.anchor())
              + " put the checkpoint back");
    }
  }

  private void judge(KnownCheckpoint known) {
    Optional<List<VerifierKey>> signers = signers(known);
    requireOrigin(known);
    requireLongEnough(known);
    long at = known.checkpoint().size();
    Optional<VerifierKey> valid = history.inForceAt(at).map(KeyHistory.Adopted::key);
    if (signers.isEmpty() || valid.isEmpty() || !signers.get().contains(valid.get())) {
      throw new ChainRefused(
          Code.CHECKPOINT_KEY_INVALID,
          "the checkpoint %s of size %d is not signed by the key that the chain had then"
                  .formatted(known.label(), at)
              + KEEP);
    }
    requireRoot(known);
  }

  /** The keys of the chain that signed; empty when none did. */
  private Optional<List<VerifierKey>> signers(KnownCheckpoint known) {
    try {
      return Optional.of(
          known.note().open(history.verifiers()).signatures().stream()
              .map(VerifiedSignature::key)
              .toList());
    } catch (NoteRejected e) {
      if (e.code() == NoteRejected.Code.UNSIGNED) {
        return Optional.empty();
      }
      throw new ChainRefused(
          Code.CHECKPOINT_FORGED,
          "the checkpoint %s was changed after it was signed: %s"
                  .formatted(known.label(), e.getMessage())
              + KEEP,
          e);
    }
  }

  private void requireOrigin(KnownCheckpoint known) {
    String origin = known.checkpoint().origin();
    boolean own = history.keys().stream().anyMatch(each -> each.key().name().equals(origin));
    if (!history.isEmpty() && !own) {
      throw new ChainRefused(
          Code.CHECKPOINT_FOREIGN,
          "%s is a checkpoint of %s, and this is the chain of %s; put the right file there"
              .formatted(known.label(), origin, history.keys().getLast().key().name()));
    }
  }

  private void requireLongEnough(KnownCheckpoint known) {
    long promised = known.checkpoint().size();
    if (promised > size) {
      throw known.outside()
          ? new ChainRefused(
              Code.CHAIN_ROLLED_BACK,
              "the chain has %d records, but %s knows %d: the directory is an old copy, or another node of this name is anchored there"
                      .formatted(size, known.label(), promised)
                  + KEEP)
          : new ChainRefused(
              Code.CHAIN_TRUNCATED,
              "the chain has %d records, but the checkpoint %s covers %d: its end is missing"
                      .formatted(size, known.label(), promised)
                  + KEEP);
    }
  }

  private void requireRoot(KnownCheckpoint known) {
    Hash root = verification.roots().get(known.checkpoint().size());
    if (root == null || !known.checkpoint().root().equals(root)) {
      throw new ChainRefused(
          Code.CHAIN_REWRITTEN,
          "the first %d records are not those that the checkpoint %s was signed over"
                  .formatted(known.checkpoint().size(), known.label())
              + KEEP);
    }
  }
}
