package io.quaestor.persistence.note;

import static io.quaestor.persistence.note.Refusals.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.NoteRejected.Code;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedNoteTest {

  private static final String NOTE = Known.TEXT + "\n" + Known.PETER_LINE;
  private static final String BOTH = NOTE + Known.ENOCH_LINE;
  private static final VerifierKey PETER = Known.peter();
  private static final VerifierKey ENOCH = Known.enoch();

  /** The line with four characters too many in its base64. */
  private static String longer(String line) {
    return line.substring(0, 60) + "ABCD" + line.substring(60);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<VerifierKey> signers(String note, VerifierKey... known) {
    return SignedNote.parse(bytes(note)).open(List.of(known)).signatures().stream()
        .map(VerifiedSignature::key)
        .toList();
  }

  @Test
  void opensTheNoteOfTheSpecification() {
    VerifierKey key = VerifierKey.parse(Known.SPEC_KEY);

    OpenedNote opened = SignedNote.parse(Known.SPEC_NOTE).open(List.of(key));

    assertThat(opened.text()).isEqualTo("This is an example message.\n");
    assertThat(opened.by(key)).isPresent();
  }

  @Test
  void tellsWhoOfTheKnownSigned() {
    assertThat(signers(BOTH, PETER)).containsExactly(PETER);
    assertThat(signers(BOTH, ENOCH)).containsExactly(ENOCH);
    assertThat(signers(BOTH, ENOCH, PETER)).containsExactly(PETER, ENOCH);
    assertThat(SignedNote.parse(BOTH).open(List.of(PETER)).by(ENOCH)).isEmpty();
  }

  @Test
  void refusesANoteThatNoKnownKeySigned() {
    assertRejected(Code.UNSIGNED, () -> signers(BOTH));
    assertRejected(Code.UNSIGNED, () -> signers(NOTE, ENOCH));
  }

  @Test
  void aKeyOfTheSameNameOrIdButNotBothIsUnknown() {
    SigningKey namesake = SigningKey.generate("PeterNeumann", new SecureRandom());

    assertThat(signers(NOTE + namesake.sign("other\n").text(), PETER)).containsExactly(PETER);
    assertThat(signers(NOTE + Known.PETER_LINE.replace("Peter", "Carl"), PETER))
        .containsExactly(PETER);
    assertRejected(
        Code.UNSIGNED, () -> signers(NOTE.replace("— PeterNeumann", "— CarlNeumann"), PETER));
  }

  @Test
  void refusesTheWholeNoteWhenOneKnownKeyDoesNotFit() {
    String bad = Known.ENOCH_LINE.replace("rwz+eB", "rwz+eC");

    assertRejected(Code.BAD_SIGNATURE, () -> signers(NOTE + bad, PETER, ENOCH));
    assertRejected(Code.BAD_SIGNATURE, () -> signers(Known.TEXT + "\n" + bad, ENOCH));
    assertRejected(
        Code.BAD_SIGNATURE, () -> signers(Known.TEXT + "\n" + longer(Known.PETER_LINE), PETER));
    assertThat(signers(NOTE + bad, PETER)).containsExactly(PETER);
  }

  /** As Go: the first line of a known key decides, the others of that key are not looked at. */
  @Test
  void countsAKnownKeyOnce() {
    String again = NOTE + Known.PETER_LINE + longer(Known.PETER_LINE);

    assertThat(signers(again, PETER)).containsExactly(PETER);
    assertThat(signers(again, PETER, PETER)).containsExactly(PETER);
    assertThat(signers(BOTH + Known.ENOCH_LINE + longer(Known.ENOCH_LINE), PETER))
        .containsExactly(PETER);
    assertRejected(
        Code.BAD_SIGNATURE,
        () -> signers(Known.TEXT + "\n" + longer(Known.PETER_LINE) + Known.PETER_LINE, PETER));
  }

  /** Such a pair is found among some 80,000 keys: an id is no protection. */
  @Test
  void refusesToChooseBetweenTwoKeysOfOneNameAndId() {
    VerifierKey one =
        VerifierKey.parse("twin+002632a2+AXPokJ2y3rTpJ+Sr7jevbxtw7TA6sD6Iu/+1wdjDDR/x");
    VerifierKey two =
        VerifierKey.parse("twin+002632a2+AWhzsTJ1fQ5uzUvjq6y4HzE05YWiF4CtbUA2VGnRWpk3");
    SignatureLine line = SignatureLine.of(one, new byte[64]);

    assertRejected(Code.KEY_AMBIGUOUS, () -> signers(NOTE + line.text(), one, PETER, two));
    assertThat(signers(NOTE, one, PETER, two)).containsExactly(PETER);
  }

  @Test
  void splitsAtTheLastBlankLine() {
    SigningKey key = SigningKey.parse(Known.PETER_SECRET);
    for (String text : List.of("\n", "\n\n\n", "a\n\nb\n", "a\n\n", "a\n\n" + Known.PETER_LINE)) {
      SignedNote note = SignedNote.sign(text, key);

      SignedNote again = SignedNote.parse(note.bytes());

      assertThat(again).isEqualTo(note);
      assertThat(again.open(List.of(PETER)).text()).isEqualTo(text);
    }
  }

  @Test
  void aNoteIsWrittenAsItWasRead() {
    for (String note : List.of(NOTE, BOTH, Known.SPEC_NOTE, Known.COSIGNED)) {
      assertThat(SignedNote.parse(note)).hasToString(note);
      assertThat(SignedNote.parse(bytes(note)).bytes()).isEqualTo(bytes(note));
    }
  }

  @Test
  void acceptsAHundredSignaturesAndNoMore() {
    String hundred = Known.TEXT + "\n" + Known.PETER_LINE.repeat(100);

    assertThat(signers(hundred, PETER)).containsExactly(PETER);
    assertRejected(Code.MALFORMED, () -> SignedNote.parse(hundred + Known.PETER_LINE));
    assertRejected(
        Code.MALFORMED,
        () ->
            new SignedNote(
                Known.TEXT,
                Collections.nCopies(101, SignedNote.parse(NOTE).signatures().getFirst())));
  }

  @Test
  void acceptsSixteenKnownKeysAtOnce() {
    SecureRandom random = new SecureRandom();
    List<SigningKey> keys =
        IntStream.range(0, 16).mapToObj(i -> SigningKey.generate("k" + i, random)).toList();
    SignedNote note = new SignedNote("a\n", keys.stream().map(key -> key.sign("a\n")).toList());

    assertThat(note.open(keys.stream().map(SigningKey::verifier).toList()).signatures())
        .hasSize(16);
  }

  @Test
  void refusesANoteThatIsTooLarge() {
    int room = SignedNote.BYTES_MAX - bytes("\n\n" + Known.PETER_LINE).length;
    List<SignatureLine> lines = SignedNote.parse(NOTE).signatures();

    SignedNote largest = new SignedNote("x".repeat(room) + "\n", lines);

    assertThat(SignedNote.parse(largest.bytes())).isEqualTo(largest);
    assertRejected(Code.TOO_LARGE, () -> new SignedNote("x".repeat(room + 1) + "\n", lines));
    assertRejected(Code.TOO_LARGE, () -> SignedNote.parse(new byte[SignedNote.BYTES_MAX + 1]));
  }

  static Stream<String> malformed() {
    String text = Known.TEXT;
    String line = Known.PETER_LINE;
    String base64 = line.substring(line.lastIndexOf(' ') + 1).strip();
    return Stream.concat(
        Known.spaces().stream().map(space -> NOTE.replace("Neumann", space)),
        Stream.of(
            "",
            "\n",
            "\n\n",
            text,
            text + "\n",
            text + line,
            line,
            "\n" + line,
            text + "\n" + line.strip(),
            text + "\n\n",
            text + "\n" + line + "\n",
            text + "\n\n" + line + "\n",
            text + "\n" + line + "Unexpected line.\n",
            "\u0000" + NOTE,
            "\u0001" + NOTE,
            NOTE.replace("\n", "\r\n"),
            NOTE.replace("problem,", "problem\r"),
            NOTE.replace("problem,", "problem\t"),
            NOTE.replace("is.\n\n", "is.\n \n"),
            NOTE.replace("— ", "- "),
            NOTE.replace("— ", "—"),
            NOTE.replace("— ", "—  "),
            NOTE.replace("— ", " — "),
            NOTE.replace("— PeterNeumann ", "— "),
            NOTE.replace("PeterNeumann ", "PeterNeumann"),
            NOTE.replace("PeterNeumann ", "PeterNeumann  "),
            NOTE.replace("PeterNeumann ", "Peter Neumann "),
            NOTE.replace("PeterNeumann ", "Peter+Neumann "),
            NOTE.replace("PeterNeumann", "Peter\ud800"),
            NOTE.replace(base64, base64 + " "),
            NOTE.replace(base64, ""),
            NOTE.replace(base64, base64.replace("=", "")),
            NOTE.replace(base64, base64 + "="),
            NOTE.replace(base64, base64.replace("AM=", "AN=")),
            NOTE.replace(base64, base64.replace('/', '_')),
            NOTE.replace(base64, base64.replace("x08g", "x08*")),
            NOTE.replace(base64, base64.replace("x08g", "x0ä8")),
            NOTE.replace(base64, "x08goA"),
            NOTE.replace(base64, "x08gow==")));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNotANote(String note) {
    assertRejected(Code.MALFORMED, () -> SignedNote.parse(note));
  }

  @Test
  void refusesBytesThatAreNoText() {
    for (int[] sequence :
        new int[][] {{0xff}, {0xc3}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf8, 0x88, 0x80, 0x80}}) {
      byte[] note = bytes("aaaaaaaa" + NOTE);
      for (int i = 0; i < sequence.length; i++) {
        note[i] = (byte) sequence[i];
      }
      assertRejected(Code.MALFORMED, () -> SignedNote.parse(note));
    }
  }

  @Test
  void refusesToMakeANoteThatCouldNotBeReadAgain() {
    List<SignatureLine> lines = SignedNote.parse(NOTE).signatures();

    for (String text : List.of("", "a", "a\r\n", "a\tb\n", "\u0000\n", "\ud800\n")) {
      assertRejected(Code.MALFORMED, () -> new SignedNote(text, lines));
    }
    assertRejected(Code.MALFORMED, () -> new SignedNote("a\n", List.of()));
    assertRejected(Code.MALFORMED, () -> new SignatureLine("a b", "x08gow=="));
    assertRejected(Code.MALFORMED, () -> new SignatureLine("a", "x08gow=="));
    assertRejected(Code.MALFORMED, () -> new SignatureLine("a", "not base64"));
  }

  @Test
  void aNoteCutAnywhereIsRefused() {
    byte[] note = bytes(NOTE);
    for (int length = 0; length < note.length; length++) {
      refuses(Arrays.copyOf(note, length), PETER);
      refuses(Arrays.copyOfRange(note, note.length - length, note.length), PETER);
    }
  }

  @Test
  void aNoteWithAnyBitFlippedIsRefused() {
    byte[] note = bytes(NOTE);
    for (int bit = 0; bit < note.length * 8; bit++) {
      byte[] flipped = note.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refuses(flipped, PETER);
    }
  }

  private static void refuses(byte[] note, VerifierKey key) {
    assertThatThrownBy(() -> SignedNote.parse(note).open(List.of(key)))
        .as(new String(note, StandardCharsets.ISO_8859_1))
        .isInstanceOf(NoteRejected.class);
  }

  @Test
  void aNewSignatureTakesThePlaceOfTheSameKeysOld() {
    SigningKey log = SigningKey.generate("log", new SecureRandom());
    CosignerKey witness = CosignerKey.generate("witness", new SecureRandom());
    SignatureLine early = witness.cosign("a\n", Instant.ofEpochSecond(1));
    SignatureLine late = witness.cosign("a\n", Instant.ofEpochSecond(2));
    SignedNote note = SignedNote.sign("a\n", log);

    SignedNote cosigned = note.with(List.of(early)).with(List.of(late));

    assertThat(cosigned.signatures()).containsExactly(note.signatures().getFirst(), late);
    assertThat(cosigned.open(List.of(witness.verifier())).verifiedOnly().signatures())
        .containsExactly(late);
  }
}
