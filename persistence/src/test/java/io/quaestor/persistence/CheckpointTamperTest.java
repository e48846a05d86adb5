package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.event.EventJson;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.MerkleTree;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the hash chain alone cannot show: a history that was shortened, rolled back or written
 * again. The attacker can write everywhere in the data directory, and in most cases does it well.
 */
class CheckpointTamperTest {

  private static final int RECORDS = 30;

  @TempDir Path root;

  private Path data;
  private Path copy;
  private Path elsewhere;

  @BeforeEach
  void aNodeThatStoppedInOrderTwice() throws IOException {
    data = root.resolve("data");
    copy = root.resolve("copy");
    elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    SignedChains.run(
        data, anchored(), (chain, checkpointer) -> SignedChains.seal(chain, 1, RECORDS / 2));
    ChainFiles.copy(data, copy);
    SignedChains.run(
        data,
        anchored(),
        (chain, checkpointer) -> SignedChains.seal(chain, RECORDS / 2 + 1, RECORDS));
    assertThat(SignedChains.refusal(data, anchored())).isEmpty();
  }

  private List<Anchor> anchored() {
    return List.of(SignedChains.anchor(elsewhere));
  }

  // ---- the matrix ------------------------------------------------------------------------------

  /** A change that the node refuses by what lies in its own directory, and the code. */
  record Tampering(String name, Change change, Code code) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Change {
    void to(Path data, Path copy) throws IOException;
  }

  static Stream<Tampering> tamperings() {
    return Stream.of(
        new Tampering(
            "cut at a record, without an index",
            (data, copy) -> {
              ChainFiles.deleteIndex(data);
              lines(data, lines -> lines.subList(0, lines.size() - 1));
            },
            Code.CHAIN_TRUNCATED),
        new Tampering(
            "cut at a byte, without an index",
            (data, copy) -> {
              ChainFiles.deleteIndex(data);
              Path last = lastSegment(data);
              byte[] bytes = Files.readAllBytes(last);
              Files.write(last, Arrays.copyOf(bytes, bytes.length - 10));
            },
            Code.CHAIN_TRUNCATED),
        new Tampering(
            "all segments removed, without an index",
            (data, copy) -> {
              ChainFiles.deleteIndex(data);
              for (int segment : Segments.list(Disk.local(), data)) {
                Files.delete(Segments.file(data, segment));
              }
            },
            Code.CHAIN_TRUNCATED),
        new Tampering(
            "segments and index rolled back to a copy, the checkpoint forgotten",
            (data, copy) -> {
              byte[] checkpoint = Files.readAllBytes(data.resolve("checkpoint"));
              ChainFiles.deleteTree(data);
              ChainFiles.copy(copy, data);
              Files.write(data.resolve("checkpoint"), checkpoint);
            },
            Code.CHAIN_TRUNCATED),
        new Tampering(
            "rewritten whole, with all hashes computed again",
            (data, copy) ->
                rewrite(
                    data,
                    json -> json.replace("\"amount_microcents\":7", "\"amount_microcents\":8")),
            Code.CHAIN_REWRITTEN),
        new Tampering(
            "a record taken out, all numbers and hashes made again",
            (data, copy) -> {
              lines(data, lines -> without(lines, 5));
              rewrite(data, json -> json);
              appendForged(data);
            },
            Code.CHAIN_REWRITTEN),
        new Tampering(
            "rewritten and signed again with another key",
            (data, copy) -> {
              rewrite(
                  data, json -> json.replace("\"amount_microcents\":7", "\"amount_microcents\":8"));
              sign(data, SigningKey.generate(SignedChains.ORIGIN, new SecureRandom()));
            },
            Code.CHECKPOINT_KEY_INVALID),
        new Tampering(
            "the checkpoint removed",
            (data, copy) -> Files.delete(data.resolve("checkpoint")),
            Code.CHECKPOINT_MISSING),
        new Tampering(
            "the signature taken off the checkpoint",
            (data, copy) -> {
              String note = Files.readString(data.resolve("checkpoint"));
              Files.writeString(
                  data.resolve("checkpoint"), note.substring(0, note.indexOf("\n\n") + 1));
            },
            Code.CHECKPOINT_UNSIGNED),
        new Tampering(
            "the size in the checkpoint made smaller",
            (data, copy) -> edit(data, note -> note.replaceFirst("\n32\n", "\n31\n")),
            Code.CHECKPOINT_FORGED),
        new Tampering(
            "the size in the checkpoint made larger",
            (data, copy) -> edit(data, note -> note.replaceFirst("\n32\n", "\n33\n")),
            Code.CHECKPOINT_FORGED),
        new Tampering(
            "the checkpoint emptied",
            (data, copy) -> edit(data, note -> ""),
            Code.CHECKPOINT_DAMAGED),
        new Tampering(
            "the checkpoint with the line ends of another system",
            (data, copy) -> edit(data, note -> note.replace("\n", "\r\n")),
            Code.CHECKPOINT_DAMAGED),
        new Tampering(
            "the checkpoint of another origin, well signed by its key",
            (data, copy) ->
                sign(data, SigningKey.generate("quaestor.local/node-2", new SecureRandom())),
            Code.CHECKPOINT_FOREIGN),
        new Tampering(
            "the checkpoint of a segment changed",
            (data, copy) -> {
              Path file = checkpointsOfSegments(data).getFirst();
              Files.writeString(file, Files.readString(file).replaceFirst("\n(\\d)", "\n1$1"));
            },
            Code.CHECKPOINT_FORGED));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void isRefusedWithItsOwnCode(Tampering tampering) throws IOException {
    tampering.change().to(data, copy);

    ChainRefused refused = SignedChains.refusal(data, List.of()).orElseThrow();

    assertThat(refused.code()).isEqualTo(tampering.code());
    assertThat(refused.code().isBroken()).isTrue();
    assertThat(refused.getMessage()).doesNotContain("Exception").hasSizeLessThan(600);
  }

  @Test
  void aRemovedIndexIsMadeAgain() throws IOException {
    ChainFiles.deleteIndex(data);

    assertThat(SignedChains.refusal(data, anchored())).isEmpty();
  }

  // ---- what only an anchor shows
  // -----------------------------------------------------------------

  private void rollBack() throws IOException {
    ChainFiles.deleteTree(data);
    ChainFiles.copy(copy, data);
  }

  @Test
  void aRollBackOfTheWholeDirectoryIsNotNoticedWithoutAnAnchor() throws IOException {
    rollBack();

    assertThat(SignedChains.refusal(data, List.of())).isEmpty();
  }

  @Test
  void aRollBackOfTheWholeDirectoryIsNoticedWithAnAnchor() throws IOException {
    rollBack();

    assertRefusedWithAnchor(Code.CHAIN_ROLLED_BACK);
  }

  @Test
  void aWipedDirectoryIsNoticedWithAnAnchor() throws IOException {
    ChainFiles.deleteTree(data);

    assertRefusedWithAnchor(Code.CHAIN_ROLLED_BACK);
  }

  @Test
  void aForkFromAnOldCopyThatGrewLongerIsNoticedWithAnAnchor() throws IOException {
    rollBack();
    SignedChains.run(
        data,
        List.of(),
        (chain, checkpointer) -> {
          for (int i = 1; i <= 2 * RECORDS; i++) {
            chain.append(List.of(Samples.draft("team-b", i)));
          }
        });

    assertThat(SignedChains.refusal(data, List.of())).isEmpty();
    assertRefusedWithAnchor(Code.CHAIN_REWRITTEN);
  }

  /** The attacker makes a key of his own and a chain that adopted it from the beginning. */
  @Test
  void aRewriteWithTheAdoptionOfAnotherKeyIsNoticedWithAnAnchorOnly() throws IOException {
    SigningKey own = SigningKey.generate(SignedChains.ORIGIN, new SecureRandom());
    String old = adopted(data);
    rewrite(data, json -> json.replace(old, own.verifier().toString()));
    for (Path file : checkpointsOfSegments(data)) {
      Files.delete(file);
    }
    sign(data, own);
    Files.writeString(SignedChains.keyFile(data), own.secretText());

    assertThat(SignedChains.refusal(data, List.of())).isEmpty();
    assertRefusedWithAnchor(Code.CHECKPOINT_KEY_INVALID);
  }

  // ---- an attacker without the key, which is kept elsewhere
  // --------------------------------------

  private Optional<ChainRefused> refusalWithKeyElsewhere(Path keyFile) {
    try {
      SignedChains.run(data, keyFile, (chain, checkpointer) -> {});
      return Optional.empty();
    } catch (ChainRefused e) {
      return Optional.of(e);
    }
  }

  @Test
  void aHistoryWithoutAnyKeyIsNotSignedByAKeyThatWasThereBefore() throws IOException {
    Path keyFile = root.resolve("elsewhere.key");
    Files.move(SignedChains.keyFile(data), keyFile);
    forgeWithoutAdoptions();

    ChainRefused refused = refusalWithKeyElsewhere(keyFile).orElseThrow();

    assertThat(refused.code()).isEqualTo(Code.CHAIN_UNSIGNED);
  }

  private void forgeWithoutAdoptions() throws IOException {
    for (int segment : Segments.list(Disk.local(), data)) {
      ChainFiles.lines(data, segment, lines -> lines.removeIf(it -> it.contains("Adopted")));
    }
    rewrite(data, json -> json);
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(it -> it.toString().endsWith("checkpoint")).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The honest limit: it looks like a lost key that was replaced, and is said to be one. */
  @Test
  void aHistoryOfAnotherKeyThatEndsWithTheNodesOwnIsSaidToBeAdoptedAlone() throws IOException {
    Path keyFile = root.resolve("elsewhere.key");
    Files.move(SignedChains.keyFile(data), keyFile);
    SigningKey own = SigningKey.generate(SignedChains.ORIGIN, new SecureRandom());
    String real = adopted(data);
    rewrite(data, json -> json.replace(real, own.verifier().toString()));
    for (Path file : checkpointsOfSegments(data)) {
      Files.delete(file);
    }
    sign(data, own);
    lines(data, lines -> with(lines, lines.getLast(), real));

    assertThat(refusalWithKeyElsewhere(keyFile)).isEmpty();
    try (NodeChain chain = NodeChain.open(data, SignedChains.settings(), Progress.NONE)) {
      assertThat(chain.opened().handovers().missing()).hasSize(1);
    }
  }

  private static List<String> with(List<String> lines, String last, String vkey) {
    long seq = Long.parseLong(last.replaceFirst(".*?\"seq\":(\\d+).*", "$1"));
    String json =
        last.substring(65, last.indexOf("\"entity\":"))
                .replaceFirst(
                    "\"prev\":\"[0-9a-f]{64}\"", "\"prev\":\"" + last.substring(0, 64) + "\"")
                .replaceFirst("\"seq\":\\d+", "\"seq\":" + (seq + 1))
            + "\"entity\":\"node|node-1\",\"eseq\":9,\"type\":\"KeyAdopted\",\"event\":{\"vkey\":\""
            + vkey
            + "\"}}";
    List<String> more = new ArrayList<>(lines);
    more.add(sha256(json) + " " + json);
    return more;
  }

  @Test
  void anEmptyAnchorIsRefusedWhenTheChainWasAnchoredThere() throws IOException {
    Files.delete(elsewhere.resolve("node-1.checkpoint"));
    try (Stream<Path> files = Files.list(elsewhere)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    assertRefusedWithAnchor(Code.ANCHOR_MISSING);
  }

  @Test
  void anAnchorThatIsNotMountedIsRefused() throws IOException {
    ChainFiles.deleteTree(elsewhere);

    assertRefusedWithAnchor(Code.ANCHOR_UNREADABLE);
  }

  @Test
  void theDirectoryOfAnotherNodeOfTheSameNameIsNoticedWithAnAnchor() throws IOException {
    Path other = root.resolve("other");
    SignedChains.run(
        other, List.of(), (chain, checkpointer) -> SignedChains.seal(chain, 1, 2 * RECORDS));

    assertThat(SignedChains.refusal(other, List.of())).isEmpty();
    ChainRefused refused = SignedChains.refusal(other, anchored()).orElseThrow();

    assertThat(refused.code()).isEqualTo(Code.CHECKPOINT_KEY_INVALID);
  }

  private void assertRefusedWithAnchor(Code code) {
    Optional<ChainRefused> refused = SignedChains.refusal(data, anchored());
    assertThat(refused).isPresent();
    assertThat(refused.get().code()).isEqualTo(code);
  }

  // ---- bit rot
  // -----------------------------------------------------------------------------------

  /** A flipped bit never gives a shorter or other history without a word. */
  @Test
  void everyFlippedByteOfACheckpointIsRefused() throws IOException {
    Path file = data.resolve("checkpoint");
    byte[] sound = Files.readAllBytes(file);
    List<Integer> accepted = new ArrayList<>();
    for (int i = 0; i < sound.length; i++) {
      byte[] flipped = sound.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      if (SignedChains.refusal(data, List.of()).isEmpty()) {
        accepted.add(i);
      }
      Files.write(file, sound);
    }

    assertThat(accepted).isEmpty();
  }

  // ---- the attacker's tools
  // ----------------------------------------------------------------------

  private static Path lastSegment(Path data) throws IOException {
    return Segments.file(data, Segments.list(Disk.local(), data).getLast());
  }

  private static List<Path> checkpointsOfSegments(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> file.toString().matches(".*chain-\\d{8}\\.checkpoint")).toList();
    }
  }

  private static void lines(Path data, UnaryOperator<List<String>> change) throws IOException {
    ChainFiles.lines(
        data,
        Segments.list(Disk.local(), data).getLast(),
        lines -> {
          List<String> changed = List.copyOf(change.apply(List.copyOf(lines)));
          lines.clear();
          lines.addAll(changed);
        });
  }

  private static List<String> without(List<String> lines, int fromEnd) {
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(Math.max(0, lines.size() - fromEnd));
    return fewer;
  }

  /** Changes every record's JSON, and makes numbers, links and hashes fit again; no index. */
  private static void rewrite(Path data, UnaryOperator<String> change) throws IOException {
    ChainFiles.deleteIndex(data);
    String[] prev = {"0".repeat(64)};
    long[] seq = {0};
    for (int segment : Segments.list(Disk.local(), data)) {
      ChainFiles.lines(
          data,
          segment,
          lines -> {
            for (int i = 0; i < lines.size(); i++) {
              seq[0]++;
              String json =
                  change
                      .apply(lines.get(i).substring(65))
                      .replaceFirst("\"prev\":\"[0-9a-f]{64}\"", "\"prev\":\"" + prev[0] + "\"")
                      .replaceFirst("\"seq\":\\d+", "\"seq\":" + seq[0]);
              prev[0] = sha256(json);
              lines.set(i, prev[0] + " " + json);
            }
          });
    }
  }

  /** Makes the chain as long as it was. */
  private static void appendForged(Path data) throws IOException {
    lines(
        data,
        lines -> {
          List<String> more = new ArrayList<>(lines);
          String last = lines.getLast();
          long seq = Long.parseLong(last.replaceFirst(".*?\"seq\":(\\d+).*", "$1"));
          String json =
              last.substring(65)
                  .replaceFirst(
                      "\"prev\":\"[0-9a-f]{64}\"", "\"prev\":\"" + last.substring(0, 64) + "\"")
                  .replaceFirst("\"seq\":\\d+", "\"seq\":" + (seq + 1))
                  .replaceFirst("\"eseq\":\\d+", "\"eseq\":1000");
          more.add(sha256(json) + " " + json);
          return more;
        });
  }

  private static String sha256(String json) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs the chain as it is. */
  private static void sign(Path data, SigningKey key) throws IOException {
    MerkleTree tree = new MerkleTree();
    for (int segment : Segments.list(Disk.local(), data)) {
      for (String line : Files.readAllLines(Segments.file(data, segment))) {
        tree.append(Hash.leaf(line.substring(65).getBytes(StandardCharsets.UTF_8)).bytes(), 0, 1);
      }
    }
    MerkleTree.Head head = tree.head();
    String text = new Checkpoint(key.verifier().name(), head.size(), head.root()).text();
    Files.write(data.resolve("checkpoint"), SignedNote.sign(text, key).bytes());
  }

  private static void edit(Path data, UnaryOperator<String> change) throws IOException {
    Path file = data.resolve("checkpoint");
    Files.writeString(file, change.apply(Files.readString(file)));
  }

  private static String adopted(Path data) throws IOException {
    String json = Files.readAllLines(Segments.file(data, 1)).getFirst().substring(65);
    byte[] event =
        json.substring(json.indexOf("\"event\":") + 8, json.length() - 1)
            .getBytes(StandardCharsets.UTF_8);
    return ((Event.KeyAdopted) EventJson.read("KeyAdopted", event, 0, event.length)).vkey();
  }
}
