package io.quaestor.persistence.note;

import static io.quaestor.persistence.note.Refusals.assertRejected;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ReferenceTree;
import io.quaestor.persistence.note.NoteRejected.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TlogProofTest {

  private static final SigningKey KEY = SigningKey.parse(Known.PETER_SECRET);
  private static final byte[] RECORD =
      "{\"seq\":6,\"name\":\"grün\"}".getBytes(StandardCharsets.UTF_8);
  private static final ReferenceTree TREE = tree();
  private static final SignedNote NOTE =
      SignedNote.sign(new Checkpoint("PeterNeumann", 11, TREE.root(11)).text(), KEY);
  private static final TlogProof PROOF = TlogProof.of(5, TREE.inclusion(5, 11), NOTE);
  private static final String TEXT = PROOF.withExtra(RECORD).toString();

  private static ReferenceTree tree() {
    List<Hash> leaves = new ArrayList<>(ReferenceTree.of("leaf ", 11).leaves());
    leaves.set(5, Hash.leaf(RECORD));
    return new ReferenceTree(leaves);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As a reader of a proof with its record inside does it. */
  private static boolean isProven(byte[] bytes) {
    try {
      TlogProof proof = TlogProof.parse(bytes);
      OpenedNote opened = proof.note().open(List.of(KEY.verifier()));
      return opened.text().equals(NOTE.text())
          && proof.index() == 5
          && proof.extra().map(Hash::leaf).filter(proof::includes).isPresent();
    } catch (NoteRejected e) {
      return false;
    }
  }

  @Test
  void theTextOfAProofIsPinned() {
    assertThat(TEXT)
        .isEqualTo(
            "c2sp.org/tlog-proof@v1\n"
                + "extra eyJzZXEiOjYsIm5hbWUiOiJncsO8biJ9\n"
                + "index 5\n"
                + TREE.inclusion(5, 11).stream().map(Hash::base64).collect(joining("\n"))
                + "\n\nPeterNeumann\n11\n"
                + TREE.root(11).base64()
                + "\n\n"
                + KEY.sign(NOTE.text()).text());
  }

  @Test
  void aProofIsReadAsItWasWritten() {
    TlogProof proof = TlogProof.parse(bytes(TEXT));

    assertThat(proof.index()).isEqualTo(5);
    assertThat(proof.path()).isEqualTo(TREE.inclusion(5, 11));
    assertThat(proof.note()).isEqualTo(NOTE);
    assertThat(proof.checkpoint().size()).isEqualTo(11);
    assertThat(proof.extra()).hasValue(RECORD);
    assertThat(proof.bytes()).isEqualTo(bytes(TEXT));
    assertThat(isProven(bytes(TEXT))).isTrue();
  }

  @Test
  void extraDataMayBeMissing() {
    TlogProof proof = TlogProof.parse(PROOF.bytes());

    assertThat(proof.extra()).isEmpty();
    assertThat(proof.includes(Hash.leaf(RECORD))).isTrue();
    assertThat(proof.includes(Hash.leaf(new byte[0]))).isFalse();
    assertThat(PROOF.withExtra(new byte[0])).hasToString(PROOF.toString());
  }

  @Test
  void theOnlyRecordOfALogNeedsNoHashes() {
    Hash leaf = Hash.leaf(RECORD);
    SignedNote note = SignedNote.sign(new Checkpoint("PeterNeumann", 1, leaf).text(), KEY);

    TlogProof proof = TlogProof.parse(TlogProof.of(0, List.of(), note).bytes());

    assertThat(proof.includes(leaf)).isTrue();
    assertThat(proof.toString()).startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\nPeterNeumann\n1\n");
  }

  @Test
  void carriesAsManyHashesAsATreeIsHighAndNoMore() {
    List<Hash> path = Collections.nCopies(63, Hash.EMPTY_ROOT);
    TlogProof proof = TlogProof.of(Long.MAX_VALUE, path, NOTE).withExtra(RECORD);
    String text = proof.toString();
    String hash = Hash.EMPTY_ROOT.base64() + "\n";

    assertThat(TlogProof.parse(proof.bytes())).hasToString(text);
    assertRejected(
        Code.MALFORMED,
        () -> TlogProof.parse(bytes(text.replaceFirst("\n\n", "\n" + hash + "\n"))));
    assertRejected(
        Code.MALFORMED,
        () -> TlogProof.parse(bytes(text.replace("\nindex", "\n" + hash + "index"))));
    assertRejected(
        Code.MALFORMED, () -> TlogProof.of(0, Collections.nCopies(64, Hash.EMPTY_ROOT), NOTE));
    assertRejected(
        Code.MALFORMED,
        () ->
            TlogProof.parse(
                bytes(PROOF.toString().replaceFirst("\n\n", "\n" + hash.repeat(60) + "\n"))));
  }

  static Stream<String> malformed() {
    String hash = TREE.inclusion(5, 11).getFirst().base64();
    return Stream.of(
        "",
        "\n\n",
        "\n\n" + NOTE,
        NOTE.toString(),
        "c2sp.org/tlog-proof@v1\n\n" + NOTE,
        "c2sp.org/tlog-proof@v1\nextra AAAA\n\n" + NOTE,
        TEXT.replace("@v1", "@v2"),
        TEXT.replace("c2sp", "C2SP"),
        TEXT.replace("\n", "\r\n"),
        "\n" + TEXT,
        " " + TEXT,
        TEXT.replace("index 5", "index 05"),
        TEXT.replace("index 5", "index -5"),
        TEXT.replace("index 5", "index +5"),
        TEXT.replace("index 5", "index 5 "),
        TEXT.replace("index 5", "index  5"),
        TEXT.replace("index 5", "index"),
        TEXT.replace("index 5", "index "),
        TEXT.replace("index 5", "index 9223372036854775808"),
        TEXT.replace("index 5", "Index 5"),
        TEXT.replace("index 5\n", ""),
        TEXT.replace("index 5\n", "index 5\nindex 5\n"),
        TEXT.replace("index 5\n", "extra AAAA\nindex 5\n"),
        TEXT.replace("extra ", "extra"),
        TEXT.replace("extra ", "Extra "),
        TEXT.replace("extra ", "extra  "),
        TEXT.replace("biJ9\n", "biJ9 \n"),
        TEXT.replace("biJ9\n", "biJ\n"),
        TEXT.replace("biJ9\n", "biJ\u0000\n"),
        TEXT.replaceFirst("extra .*\n", "extra \n"),
        TEXT.replaceFirst("extra .*\n", "extra AB==\n"),
        TEXT.replace(hash, ""),
        TEXT.replace(hash, "AAAA"),
        TEXT.replace(hash, hash + hash),
        TEXT.replace(hash, hash.replace("=", "")),
        TEXT.replaceFirst("\n\n", "\n"),
        TEXT.replaceFirst("\n\n", "\n\n\n"),
        TEXT.replace("\n11\n", "\n011\n"),
        TEXT.replace("\n11\n", "\n"),
        TEXT + "\n",
        TEXT + TEXT,
        TEXT.strip());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNotAProof(String text) {
    assertRejected(Code.MALFORMED, () -> TlogProof.parse(bytes(text)));
  }

  @Test
  void refusesAProofThatIsTooLarge() {
    assertRejected(Code.TOO_LARGE, () -> TlogProof.parse(new byte[TlogProof.BYTES_MAX + 1]));
    assertRejected(Code.TOO_LARGE, () -> PROOF.withExtra(new byte[TlogProof.EXTRA_BYTES_MAX + 1]));
    byte[] lines = bytes("a\n".repeat(1_000_000) + "\n" + NOTE);
    assertRejected(Code.MALFORMED, () -> TlogProof.parse(lines));
  }

  @Test
  void refusesANegativeIndex() {
    assertRejected(Code.MALFORMED, () -> TlogProof.of(-1, List.of(), NOTE));
  }

  @Test
  void refusesANoteThatIsNoCheckpoint() {
    SignedNote note = SignedNote.parse(Known.SPEC_NOTE);

    assertRejected(Code.MALFORMED, () -> TlogProof.of(0, List.of(), note));
  }

  @Test
  void aProofCutAnywhereProvesNothing() {
    byte[] proof = bytes(TEXT);
    for (int length = 0; length < proof.length; length++) {
      assertThat(isProven(Arrays.copyOf(proof, length))).isFalse();
      assertThat(isProven(Arrays.copyOfRange(proof, proof.length - length, proof.length)))
          .isFalse();
    }
  }

  @Test
  void aProofWithAnyBitFlippedProvesNothing() {
    byte[] proof = bytes(TEXT);
    for (int bit = 0; bit < proof.length * 8; bit++) {
      byte[] flipped = proof.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(isProven(flipped)).as("bit %d", bit).isFalse();
    }
  }
}
