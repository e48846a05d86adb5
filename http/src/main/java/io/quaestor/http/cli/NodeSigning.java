package io.quaestor.http.cli;

import com.typesafe.config.Config;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.witness.WitnessCosigners;
import io.quaestor.http.witness.WitnessPlane;
import io.quaestor.http.witness.WitnessSettings;
import io.quaestor.persistence.CheckpointSettings;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.NodeKeys;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.witness.WitnessStoreFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a node signs with, whom it asks to cosign, and whose logs it cosigns itself. */
final class NodeSigning {

  private final CheckpointSettings settings;
  private final WitnessSettings witnesses;
  private final PrintWriter out;

  NodeSigning(Config quaestor, PrintWriter out) {
    this.settings = CheckpointSettings.from(quaestor);
    this.witnesses = WitnessSettings.from(quaestor);
    this.out = out;
  }

  List<Anchor> anchors() {
    return settings.anchors();
  }

  /** Begins to sign the chain, unless that is switched off. */
  Optional<Checkpointer> start(NodeChain chain) throws IOException {
    if (!settings.signing()) {
      return Optional.empty();
    }
    NodeKeys keys =
        settings.nodeKey().load(chain.opened().keys(), chain.opened().verification().records());
    if (keys.previous().isEmpty()) {
      warnOfKeysAdoptedAlone(chain);
    }
    boolean first = chain.opened().keys().isEmpty();
    Checkpointer checkpointer =
        Checkpointer.start(
            chain,
            keys,
            new Checkpointer.Settings(
                settings.anchors(), WitnessCosigners.of(chain, witnesses), settings.interval()));
    out.printf(
        "%s %s%n",
        first ? "Signing for the first time; give this key to whoever checks:" : "Signing as",
        checkpointer.verifier());
    return Optional.of(checkpointer);
  }

  /** A lost key that was replaced looks like a history that somebody else signed. */
  private void warnOfKeysAdoptedAlone(NodeChain chain) {
    chain
        .opened()
        .handovers()
        .missing()
        .forEach(
            adopted ->
                out.printf(
                    "Warning: record %d adopted a key without the signature of the key before it. If no"
                        + " lost key was replaced there, the records before it are not this node's.%n",
                    adopted.seq()));
  }

  /** The calls of a witness; none when this node is not one. */
  List<Endpoint> witnessEndpoints(Executor storing) {
    if (!witnesses.isWitness()) {
      return List.of();
    }
    try {
      WitnessPlane witness = WitnessPlane.open(witnesses, InstantSource.system(), storing);
      out.printf("Witness of %d logs as %s%n", witnesses.logs().size(), witness.key());
      return witness.endpoints();
    } catch (NoteRejected | WitnessStoreFailed e) {
      throw new NodeConfig.Invalid("The node cannot be a witness: %s.".formatted(e.getMessage()));
    }
  }
}
