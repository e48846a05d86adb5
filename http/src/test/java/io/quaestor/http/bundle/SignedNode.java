package io.quaestor.http.bundle;

import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Version;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.Cosigners;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.checkpoint.NodeKeys;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node's data directory, written and signed as a node does it, in many small segments. */
public final class SignedNode {

  static final String ORIGIN = "quaestor.local/node-1";

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123456Z");

  private final Path directory;
  private final List<VerifierKey> keys = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private int policies;

  private SignedNode(Path directory) {
    this.directory = directory;
  }

  /**
   * 26 records: a key, some records, two versions of a policy, some records, another key, some
   * records.
   */
  public static SignedNode in(Path directory) throws IOException {
    SignedNode node = new SignedNode(directory);
    node.run(
        (chain, checkpointer) -> {
          node.fill(chain, checkpointer, 10);
          node.putPolicy(chain, "default");
          node.putPolicy(chain, "default");
          node.fill(chain, checkpointer, 6);
          node.rotate(checkpointer);
          node.fill(chain, checkpointer, 6);
        });
    return node;
  }

  /** So many records, signed by the key that is in the directory. */
  static void sealedWith(Path directory, int records) throws IOException {
    SignedNode node = new SignedNode(directory);
    node.run((chain, checkpointer) -> node.fill(chain, checkpointer, records - 1));
  }

  Path directory() {
    return directory;
  }

  /** The newest key. */
  String vkey() {
    return keys.getLast().toString();
  }

  List<String> vkeys() {
    return keys.stream().map(VerifierKey::toString).toList();
  }

  /** The text of every private key that there has been. */
  List<String> secrets() {
    return secrets;
  }

  @FunctionalInterface
  interface Work {
    void on(NodeChain chain, Checkpointer checkpointer) throws IOException;
  }

  /** Opens as a node does, works, and stops in order. */
  void run(Work work) throws IOException {
    try (NodeChain chain = open()) {
      NodeKey nodeKey = new NodeKey(new KeySource.InFile(keyFile()), ORIGIN);
      NodeKeys key = nodeKey.load(chain.opened().keys(), chain.opened().verification().records());
      note(key.current());
      try (Checkpointer checkpointer =
          Checkpointer.start(
              chain,
              key,
              new Checkpointer.Settings(List.of(), Cosigners.NONE, Duration.ofMillis(5)))) {
        work.on(chain, checkpointer);
      }
    }
  }

  private void note(SigningKey key) {
    if (keys.isEmpty() || !keys.getLast().equals(key.verifier())) {
      keys.add(key.verifier());
      secrets.add(key.secretText());
    }
  }

  /** Opens without signing. */
  NodeChain open() {
    return NodeChain.open(
        directory,
        ChainSettings.of("node-1").withSegmentBytes(1_500).withFreeSpaceFloors(0, 0),
        Progress.NONE);
  }

  private Path keyFile() {
    return directory.resolve("node.key");
  }

  /** Adds records, and waits for the signature over each. */
  private void fill(NodeChain chain, Checkpointer checkpointer, int records) {
    for (int i = 1; i <= records; i++) {
      long seq = chain.appendNode(new Event.NodeStopped("round " + i + ", grün")).seq();
      try {
        checkpointer.published().covering(seq).get(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Records one more version of a policy. */
  void putPolicy(NodeChain chain, String name) {
    policies++;
    Policy policy =
        new Policy(name, 9_500, 1_000, 0, 0, 5_500, Map.of(), 40_000, 256, 1_024, 600_000, null);
    Event.PolicyPut put =
        new Event.PolicyPut(new Version(name, policies, "00".repeat(32)), NOW, policy);
    chain.append(List.of(Draft.of("registry|main", policies, put)));
  }

  private void rotate(Checkpointer checkpointer) throws IOException {
    NodeKey nodeKey = new NodeKey(new KeySource.InFile(keyFile()), ORIGIN);
    SigningKey next = nodeKey.prepareNext(keyFile());
    checkpointer.rotate(next);
    NodeKey.putInPlace(keyFile());
    note(next);
    Files.writeString(directory.resolve("notes.txt"), "of no interest to an auditor");
  }
}
