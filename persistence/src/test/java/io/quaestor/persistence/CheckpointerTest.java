package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ProofCheck;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {

  @TempDir Path data;
  @TempDir Path elsewhere;

  private static SignedNote note(Path file) {
    try {
      return SignedNote.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Checkpoint checkpoint(Path file) {
    return Checkpoint.parse(note(file).text());
  }

  @Test
  void theFirstStartMakesAKeyRecordsItAndSignsBeforeAnythingElse() throws IOException {
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          assertThat(chain.head().seq()).isEqualTo(1);
          Event.KeyAdopted adopted =
              (Event.KeyAdopted) chain.reader().event("node|node-1", 1).orElseThrow().event();
          assertThat(VerifierKey.parse(adopted.vkey())).isEqualTo(checkpointer.verifier());
          assertThat(note(data.resolve("checkpoint")).open(List.of(checkpointer.verifier())))
              .isNotNull();
          assertThat(checkpoint(data.resolve("checkpoint")))
              .isEqualTo(new Checkpoint(SignedChains.ORIGIN, 1, chain.tree().head().root()));
        });

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(SignedChains.keyFile(data))))
        .isEqualTo("rw-------");
  }

  @Test
  void anOrderlyStopSignsEverything() {
    Hash[] root = new Hash[1];
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          SignedChains.seal(chain, 1, 20);
          root[0] = chain.tree().head().root();
        });

    assertThat(checkpoint(data.resolve("checkpoint")))
        .isEqualTo(new Checkpoint(SignedChains.ORIGIN, 21, root[0]));
  }

  @Test
  void signsWithinTheIntervalAndTellsWhoWaits() {
    SignedChains.run(
        data,
        List.of(),
        Duration.ofMillis(50),
        (chain, checkpointer) -> {
          SignedChains.seal(chain, 1, 3);

          SignedCheckpoint covering = get(checkpointer.published().covering(4));

          assertThat(covering.size()).isGreaterThanOrEqualTo(4);
          assertThat(checkpointer.published().get()).hasValue(covering);
          assertThat(checkpointer.published().covering(2)).isCompletedWithValue(covering);
        });
  }

  private static SignedCheckpoint get(java.util.concurrent.CompletableFuture<SignedCheckpoint> it) {
    try {
      return it.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoWaitsIsToldWhenTheNodeStops() {
    var waiting = new java.util.concurrent.CompletableFuture<?>[1];
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> waiting[0] = checkpointer.published().covering(1_000));

    assertThatThrownBy(() -> waiting[0].get(1, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PublishedCheckpoint.Unavailable.class);
  }

  @Test
  void nothingIsSignedTwice() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> SignedChains.seal(chain, 1, 2));
    byte[] before = Files.readAllBytes(data.resolve("checkpoint"));

    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});

    assertThat(Files.readAllBytes(data.resolve("checkpoint"))).isEqualTo(before);
  }

  @Test
  void everyClosedSegmentHasACheckpointOfItsOwn() {
    SignedChains.run(
        data,
        List.of(),
        Duration.ofMillis(20),
        (chain, checkpointer) -> {
          for (int i = 1; i <= 20; i++) {
            SignedChains.seal(chain, i, i);
            get(checkpointer.published().covering(chain.head().seq()));
          }
          assertThat(chain.head().segment()).isGreaterThan(3);
          for (int segment = 1; segment < chain.head().segment(); segment++) {
            Path file = data.resolve("chain-%08d.checkpoint".formatted(segment));
            Checkpoint kept = checkpoint(file);
            assertThat(kept.root()).isEqualTo(chain.treeReader().root(kept.size()));
          }
        });
    assertThat(SignedChains.refusal(data, List.of())).isEmpty();
  }

  @Test
  void aChainThatWasNotSignedBeforeIsSignedFromNowOn() {
    try (NodeChain chain = NodeChain.open(data, SignedChains.settings(), Progress.NONE)) {
      SignedChains.seal(chain, 1, 10);
    }

    SignedChains.run(data, List.of(), (chain, checkpointer) -> SignedChains.seal(chain, 11, 20));

    assertThat(checkpoint(data.resolve("checkpoint")).size()).isEqualTo(21);
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) ->
            assertThat(checkpointer.keys().keys().getFirst().seq()).isEqualTo(11));
  }

  @Test
  void signingCanBeSwitchedOffAndOnAgain() {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> SignedChains.seal(chain, 1, 10));
    try (NodeChain chain =
        NodeChain.open(data, SignedChains.settings().withTree(false), Progress.NONE)) {
      SignedChains.seal(chain, 11, 20);
    }

    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          assertThat(checkpointer.published().get().orElseThrow().size()).isEqualTo(21);
          assertThat(checkpointer.keys().keys()).hasSize(1);
        });
  }

  /** What a crash leaves between the record of the key and the first checkpoint. */
  @Test
  void aKeyThatWasRecordedAndHasSignedNothingYetSignsAtTheNextStart() throws IOException {
    SigningKey key = SigningKey.generate(SignedChains.ORIGIN, new SecureRandom());
    try (NodeChain chain = NodeChain.open(data, SignedChains.settings(), Progress.NONE)) {
      chain.appendNode(new Event.KeyAdopted(key.verifier().toString()));
    }
    new io.quaestor.persistence.checkpoint.KeyFile(SignedChains.keyFile(data))
        .write(key.secretText());

    SignedChains.run(data, List.of(), (chain, checkpointer) -> SignedChains.seal(chain, 1, 1));

    assertThat(checkpoint(data.resolve("checkpoint")).size()).isEqualTo(2);
  }

  @Test
  void aFullDiskIsNotSignedOn() throws Exception {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> SignedChains.seal(chain, 1, 5));
    FillingDisk disk = new FillingDisk();
    try (NodeChain chain =
            NodeChain.open(
                data,
                SignedChains.settings().withDisk(disk).withFreeSpaceFloors(1_000, 1_000),
                Progress.NONE);
        Checkpointer checkpointer =
            Checkpointer.start(
                chain,
                new NodeKey(new KeySource.InFile(SignedChains.keyFile(data)), SignedChains.ORIGIN)
                    .load(chain.opened().keys(), chain.opened().verification().records()),
                new Checkpointer.Settings(List.of(), Cosigners.NONE, Duration.ofMillis(10)))) {
      SignedChains.seal(chain, 6, 7);
      disk.fill(100);
      assertThat(chain.hasRoomToWrite()).isFalse();
      assertThat(checkpointer.published().get()).isPresent();
    }

    Checkpoint after = checkpoint(data.resolve("checkpoint"));
    assertThat(after.size()).isBetween(6L, 8L);
    assertThat(SignedChains.refusal(data, List.of())).isEmpty();
  }

  // ---- anchors ---------------------------------------------------------------------------------

  @Test
  void anAnchorIsAdoptedByTheChainAndKeepsWhatIsSigned() throws IOException {
    List<Anchor> anchors = List.of(SignedChains.anchor(elsewhere));
    SignedChains.run(
        data,
        anchors,
        (chain, checkpointer) -> {
          assertThat(chain.reader().event("node|node-1", 2).orElseThrow().event())
              .isEqualTo(new Event.AnchorAdopted(elsewhere.toString()));
          SignedChains.seal(chain, 1, 20);
        });
    SignedChains.run(
        data, anchors, (chain, checkpointer) -> assertThat(chain.head().seq()).isEqualTo(22));

    assertThat(Files.readAllBytes(elsewhere.resolve("node-1.checkpoint")))
        .isEqualTo(Files.readAllBytes(data.resolve("checkpoint")));
    assertThat(checkpoint(elsewhere.resolve("node-1.checkpoint")).size()).isEqualTo(22);
  }

  @Test
  void anAnchorThatFailsWhileTheNodeRunsStopsNothing() throws IOException {
    List<Anchor> anchors = List.of(SignedChains.anchor(elsewhere));
    SignedChains.run(
        data,
        anchors,
        Duration.ofMillis(20),
        (chain, checkpointer) -> {
          ChainFiles.deleteTree(elsewhere);
          SignedChains.seal(chain, 1, 5);
          get(checkpointer.published().covering(7));

          Files.createDirectory(elsewhere);
          SignedChains.seal(chain, 6, 6);
          get(checkpointer.published().covering(8));
        });

    assertThat(checkpoint(elsewhere.resolve("node-1.checkpoint")).size()).isEqualTo(8);
    assertThat(SignedChains.refusal(data, anchors)).isEmpty();
  }

  // ---- keys ------------------------------------------------------------------------------------

  @Test
  void aChangeOfTheKeyIsSignedByBothAndOldCheckpointsStayValid() {
    VerifierKey[] keys = new VerifierKey[2];
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          keys[0] = checkpointer.verifier();
          SignedChains.seal(chain, 1, 12);
          rotate(checkpointer);
          keys[1] = checkpointer.verifier();
          SignedChains.seal(chain, 13, 24);
        });

    assertThat(keys[1]).isNotEqualTo(keys[0]);
    SignedNote handover = note(data.resolve("key-00000002.checkpoint"));
    assertThat(handover.open(List.of(keys[0]))).isNotNull();
    assertThat(handover.open(List.of(keys[1]))).isNotNull();
    assertThat(Checkpoint.parse(handover.text()).size()).isEqualTo(14);
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          assertThat(checkpointer.verifier()).isEqualTo(keys[1]);
          assertThat(checkpointer.keys().verifiers()).containsExactly(keys);
          assertThat(checkpointer.keys().inForceAt(13).orElseThrow().key()).isEqualTo(keys[0]);
          assertThat(checkpointer.keys().inForceAt(14).orElseThrow().key()).isEqualTo(keys[1]);
        });
  }

  private void rotate(Checkpointer checkpointer) throws IOException {
    Path file = SignedChains.keyFile(data);
    checkpointer.rotate(
        new NodeKey(new KeySource.InFile(file), SignedChains.ORIGIN).prepareNext(file));
    NodeKey.putInPlace(file);
  }

  @Test
  void aChangeThatACrashCutShortIsFinishedByTheNextStart() {
    Path file = SignedChains.keyFile(data);
    VerifierKey[] next = new VerifierKey[1];
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          SigningKey prepared =
              new NodeKey(new KeySource.InFile(file), SignedChains.ORIGIN).prepareNext(file);
          checkpointer.rotate(prepared); // and the new key is not put in its place
          next[0] = prepared.verifier();
        });
    assertThat(data.resolve("node.key.new")).exists();

    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> assertThat(checkpointer.verifier()).isEqualTo(next[0]));

    assertThat(data.resolve("node.key.new")).doesNotExist();
  }

  /** The chain has adopted the new key, and nothing was signed with it yet. */
  @Test
  void aCrashBeforeTheHandoverIsMadeGoodByTheNextStart() {
    Path file = SignedChains.keyFile(data);
    VerifierKey[] keys = new VerifierKey[2];
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          keys[0] = checkpointer.verifier();
          SignedChains.seal(chain, 1, 5);
        });
    keys[1] =
        new NodeKey(new KeySource.InFile(file), SignedChains.ORIGIN).prepareNext(file).verifier();
    try (NodeChain chain = NodeChain.open(data, SignedChains.settings(), Progress.NONE)) {
      chain.appendNode(new Event.KeyAdopted(keys[1].toString()));
    }

    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> assertThat(checkpointer.verifier()).isEqualTo(keys[1]));

    SignedNote handover = note(data.resolve("key-00000002.checkpoint"));
    assertThat(handover.open(List.of(keys[0]))).isNotNull();
    assertThat(handover.open(List.of(keys[1]))).isNotNull();
    assertThat(data.resolve("node.key.new")).doesNotExist();
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> assertThat(chain.opened().handovers().missing()).isEmpty());
  }

  @Test
  void anUnsignedChainIsAdoptedByAKeyThatWasThereBeforeOnlyOnDemand() throws IOException {
    try (NodeChain chain = NodeChain.open(data, SignedChains.settings(), Progress.NONE)) {
      SignedChains.seal(chain, 1, 5);
    }
    SigningKey key = SigningKey.generate(SignedChains.ORIGIN, new SecureRandom());
    KeySource given = new KeySource.Given(key.secretText());

    assertThatThrownBy(() -> new NodeKey(given, SignedChains.ORIGIN).load(KeyHistory.NONE, 5))
        .isInstanceOf(ChainRefused.class)
        .hasMessageContaining("adopt-unsigned");
    assertThat(
            new NodeKey(given, SignedChains.ORIGIN, true)
                .load(KeyHistory.NONE, 5)
                .current()
                .verifier())
        .isEqualTo(key.verifier());
    assertThat(new NodeKey(given, SignedChains.ORIGIN).load(KeyHistory.NONE, 0)).isNotNull();
  }

  @Test
  void anAnchorThatComesLaterGetsAllMilestones() throws IOException {
    SignedChains.run(
        data,
        List.of(),
        Duration.ofMillis(20),
        (chain, checkpointer) -> {
          for (int i = 1; i <= 12; i++) {
            SignedChains.seal(chain, i, i);
            get(checkpointer.published().covering(chain.head().seq()));
          }
        });
    Anchor anchor = SignedChains.anchor(elsewhere);

    SignedChains.run(data, List.of(anchor), (chain, checkpointer) -> {});

    assertThat(anchor.milestones().keySet())
        .hasSizeGreaterThan(1)
        .containsExactlyElementsOf(
            io.quaestor.persistence.checkpoint.DirectoryAnchor.beside(
                    io.quaestor.persistence.chain.Disk.local(), data)
                .milestones()
                .keySet());
  }

  @Test
  void aChangeThatWasOnlyPreparedIsNotMade() {
    Path file = SignedChains.keyFile(data);
    VerifierKey[] first = new VerifierKey[1];
    SignedChains.run(data, List.of(), (chain, checkpointer) -> first[0] = checkpointer.verifier());
    new NodeKey(new KeySource.InFile(file), SignedChains.ORIGIN).prepareNext(file);

    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> assertThat(checkpointer.verifier()).isEqualTo(first[0]));
  }

  @Test
  void anotherKeyThanTheChainsIsRefused() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    Files.writeString(
        SignedChains.keyFile(data),
        SigningKey.generate(SignedChains.ORIGIN, new SecureRandom()).secretText());

    assertRefused(ChainRefused.Code.KEY_MISMATCH);
  }

  @Test
  void aLostKeyIsRefusedAndNotMadeAnew() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    Files.delete(SignedChains.keyFile(data));

    assertRefused(ChainRefused.Code.KEY_UNREADABLE);
    assertThat(SignedChains.keyFile(data)).doesNotExist();
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    Files.setPosixFilePermissions(
        SignedChains.keyFile(data), PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused(ChainRefused.Code.KEY_UNREADABLE);
  }

  @Test
  void aKeyThatItsGroupCanReadIsUsed() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    Files.setPosixFilePermissions(
        SignedChains.keyFile(data), PosixFilePermissions.fromString("r--r-----"));

    assertThat(SignedChains.refusal(data, List.of())).isEmpty();

    Files.setPosixFilePermissions(
        SignedChains.keyFile(data), PosixFilePermissions.fromString("rw-rw----"));
    assertRefused(ChainRefused.Code.KEY_UNREADABLE);
  }

  @Test
  void aDirectoryInThePlaceOfTheKeyIsSaidToBeOne() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    Files.delete(SignedChains.keyFile(data));
    Files.createDirectory(SignedChains.keyFile(data));

    assertThat(assertRefused(ChainRefused.Code.KEY_UNREADABLE))
        .hasMessageContaining("node.key is a directory");
  }

  @Test
  void aDamagedKeyIsRefusedWithoutShowingIt() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    String secret = Files.readString(SignedChains.keyFile(data)).strip();
    Files.writeString(SignedChains.keyFile(data), secret.substring(0, secret.length() - 5));

    ChainRefused refused = assertRefused(ChainRefused.Code.KEY_UNREADABLE);

    assertThat(refused.getMessage()).doesNotContain(secret.substring(40, 60));
  }

  @Test
  void anotherOriginThanTheKeysIsRefused() throws IOException {
    SignedChains.run(data, List.of(), (chain, checkpointer) -> {});
    try (NodeChain chain = NodeChain.open(data, SignedChains.settings(), Progress.NONE)) {
      NodeKey key =
          new NodeKey(new KeySource.InFile(SignedChains.keyFile(data)), "example.com/other");

      assertThatThrownBy(
              () -> key.load(chain.opened().keys(), chain.opened().verification().records()))
          .isInstanceOf(ChainRefused.class)
          .hasMessageContaining("example.com/other");
    }
  }

  private ChainRefused assertRefused(ChainRefused.Code code) {
    ChainRefused refused = SignedChains.refusal(data, List.of()).orElseThrow();
    assertThat(refused.code()).isEqualTo(code);
    return refused;
  }

  @Test
  void twoCheckpointsOfOneChainAreConsistent() {
    Checkpoint[] seen = new Checkpoint[2];
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          seen[0] = checkpointer.published().get().orElseThrow().checkpoint();
          SignedChains.seal(chain, 1, 300);
        });
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          seen[1] = checkpointer.published().get().orElseThrow().checkpoint();
          assertThat(
                  ProofCheck.consistency(
                      seen[0].size(),
                      seen[1].size(),
                      seen[0].root(),
                      seen[1].root(),
                      chain.treeReader().consistency(seen[0].size(), seen[1].size())))
              .isTrue();
        });
    assertThat(seen[1].size()).isEqualTo(301);
  }
}
