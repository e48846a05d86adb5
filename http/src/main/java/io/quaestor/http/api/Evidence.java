package io.quaestor.http.api;

import io.quaestor.http.server.ApiError;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.Proofs;
import io.quaestor.persistence.SignedCheckpoint;
import java.util.Optional;

/**
 * The evidence of a node: its chain, the proofs made from it, and the checkpoints that sign it.
 *
 * @param signing empty when the node signs nothing
 */
public record Evidence(NodeChain chain, Proofs proofs, Optional<Checkpointer> signing) {

  static final int RETRY_SECONDS = 1;

  public static Evidence of(NodeChain chain, Optional<Checkpointer> signing) {
    return new Evidence(chain, new Proofs(chain), signing);
  }

  Checkpointer checkpointer() {
    return signing.orElseThrow(
        () ->
            ApiError.notFound(
                    "no_checkpoint",
                    null,
                    "This node signs no checkpoints (quaestor.checkpoint.signing is off).")
                .thrown());
  }

  /** The newest checkpoint that counts. */
  SignedCheckpoint checkpoint() {
    return checkpointer().published().get().orElseThrow(() -> pending("No checkpoint").thrown());
  }

  static ApiError pending(String what) {
    return ApiError.unavailable(
        "checkpoint_pending",
        what
            + " has been published yet; ask again, or with ?wait=checkpoint. Nothing is wrong with"
            + " the record.",
        RETRY_SECONDS);
  }
}
