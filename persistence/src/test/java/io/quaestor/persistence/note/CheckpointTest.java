package io.quaestor.persistence.note;

import static io.quaestor.persistence.note.Refusals.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.NoteRejected.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  private static final String TEXT = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";

  @Test
  void readsTheExampleOfTheSpecification() {
    Checkpoint checkpoint = Checkpoint.parse(TEXT);

    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20852163);
    assertThat(checkpoint.root().base64()).isEqualTo(ROOT);
    assertThat(checkpoint.extensions()).isEmpty();
    assertThat(checkpoint.text()).isEqualTo(TEXT);
  }

  @Test
  void theTextOfACheckpointIsPinned() {
    assertThat(new Checkpoint("node-1", 0, Hash.EMPTY_ROOT).text())
        .isEqualTo("node-1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  }

  @Test
  void keepsExtensionLinesAndWritesNone() {
    Checkpoint checkpoint = Checkpoint.parse(TEXT + "time 5\n— x\n");

    assertThat(checkpoint.extensions()).containsExactly("time 5", "— x");
    assertThat(checkpoint.text()).isEqualTo(TEXT);
  }

  @Test
  void sizesGoToTheLargestLong() {
    String text = TEXT.replace("20852163", "9223372036854775807");

    assertThat(Checkpoint.parse(text).size()).isEqualTo(Long.MAX_VALUE);
    assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
  }

  @Test
  void anOriginMayBeAnyLine() {
    for (String origin : List.of("a b", "+", "grün 😀", "—")) {
      Checkpoint checkpoint = new Checkpoint(origin, 1, Hash.EMPTY_ROOT);

      assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01",
        "020852163",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x1",
        "१",
        "one",
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999999999"
      })
  void refusesASizeThatIsNotANumber(String size) {
    assertRejected(Code.MALFORMED, () -> Checkpoint.parse(TEXT.replace("20852163", size)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=",
        "CsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I= ",
        " CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2IA",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==",
        "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
      })
  void refusesARootThatIsNotTheBase64OfAHash(String root) {
    assertRejected(Code.MALFORMED, () -> Checkpoint.parse(TEXT.replace(ROOT, root)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "a",
        "a\n",
        "a\n1\n",
        "\n1\nROOT\n",
        "a\n1\nROOT",
        "a\n1\nROOT\n\n",
        "a\n1\nROOT\nx\n\n",
        "a\n1\nROOT\n\nx\n",
        "a\r\n1\r\nROOT\r\n",
        "a\t\n1\nROOT\n",
        "a\n\n1\nROOT\n",
        "\u0000\n1\nROOT\n",
        "a\n1\nROOT\nx\u0007\n",
        "\ud800\n1\nROOT\n"
      })
  void refusesWhatIsNotThreeLines(String text) {
    assertRejected(Code.MALFORMED, () -> Checkpoint.parse(text.replace("ROOT", ROOT)));
  }

  @Test
  void refusesLinesWithoutEnd() {
    assertRejected(Code.MALFORMED, () -> Checkpoint.parse(TEXT + "x\n".repeat(1000)));
  }

  @Test
  void refusesToMakeWhatCouldNotBeReadAgain() {
    Hash root = Hash.EMPTY_ROOT;

    assertRejected(Code.MALFORMED, () -> new Checkpoint("", 1, root));
    assertRejected(Code.MALFORMED, () -> new Checkpoint("a\nb", 1, root));
    assertRejected(Code.MALFORMED, () -> new Checkpoint("a\r", 1, root));
    assertRejected(Code.MALFORMED, () -> new Checkpoint("a", -1, root));
    assertRejected(Code.MALFORMED, () -> new Checkpoint("a", 1, root, List.of("")));
  }
}
