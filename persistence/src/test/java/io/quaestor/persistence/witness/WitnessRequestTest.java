package io.quaestor.persistence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.NoteRejected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessRequestTest {

  private static final TestLog LOG = TestLog.create();
  private static final String HASH = Hash.EMPTY_ROOT.base64();

  /** The example of C2SP tlog-witness. */
  private static final String EXAMPLE =
      """
      old 20852014
      PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
      jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
      5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
      /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsTheExampleOfTheSpecification() {
    WitnessRequest request = WitnessRequest.parse(bytes(EXAMPLE));

    assertThat(request.oldSize()).isEqualTo(20852014);
    assertThat(request.proof()).hasSize(4);
    assertThat(request.checkpoint().origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(request.checkpoint().size()).isEqualTo(20852163);
    assertThat(request.note().signatures()).hasSize(2);
    assertThat(request.bytes()).isEqualTo(bytes(EXAMPLE));
  }

  @Test
  void aRequestIsReadAsItWasWritten() {
    for (int oldSize = 0; oldSize <= 12; oldSize++) {
      WitnessRequest request = LOG.request(oldSize, 12);

      assertThat(WitnessRequest.parse(request.bytes())).isEqualTo(request);
    }
    WitnessRequest longest =
        WitnessRequest.of(Long.MAX_VALUE, Collections.nCopies(63, Hash.EMPTY_ROOT), LOG.note(12));
    assertThat(WitnessRequest.parse(longest.bytes())).isEqualTo(longest);
  }

  static Stream<String> malformed() {
    String note = LOG.note(12).toString();
    return Stream.of(
        "",
        "\n\n",
        note,
        "\n\n" + note,
        "\n" + note,
        "old 0\n" + note,
        "old 0\n\n",
        "old 0\n\n\n" + note,
        "old 0\n\n" + note + "\n",
        "old 0\n\n" + note.strip(),
        "old 0\n\n" + LOG.checkpoint(12).text(),
        "old 0\n\n" + LOG.checkpoint(12).text() + "\n",
        "old 0\n\n" + note.replace("\n12\n", "\n012\n"),
        "old 0\n\n" + note.replace("— ", "- "),
        "old 0\r\n\r\n" + note.replace("\n", "\r\n"),
        "old\n\n" + note,
        "old \n\n" + note,
        "old  0\n\n" + note,
        "old 0 \n\n" + note,
        " old 0\n\n" + note,
        "Old 0\n\n" + note,
        "old\t0\n\n" + note,
        "old 00\n\n" + note,
        "old 01\n\n" + note,
        "old -1\n\n" + note,
        "old +1\n\n" + note,
        "old one\n\n" + note,
        "old 9223372036854775808\n\n" + note,
        "new 0\n\n" + note,
        HASH + "\nold 0\n\n" + note,
        "old 0\nold 0\n\n" + note,
        "old 0\n" + HASH + " \n\n" + note,
        "old 0\n" + HASH.substring(1) + "\n\n" + note,
        "old 0\nAAAA\n\n" + note,
        "old 0\n" + ("x" + HASH).repeat(64) + "\n\n" + note,
        "old 0\n" + (HASH + "\n").repeat(64) + "\n" + note,
        "old 0\n" + (HASH + "\n").repeat(20_000) + "\n" + note,
        "old 0\n" + HASH.replace("=", "\u0000") + "\n\n" + note);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNotARequest(String body) {
    refuses(bytes(body));
  }

  @Test
  void refusesABodyThatIsTooLongOrNoText() {
    refuses(new byte[WitnessRequest.BYTES_MAX + 1]);
    byte[] body = LOG.request(3, 12).bytes();
    for (int i = 0; i < body.length; i++) {
      byte[] changed = body.clone();
      changed[i] = (byte) 0xff;
      refuses(changed);
      refuses(Arrays.copyOf(body, i));
    }
  }

  private static void refuses(byte[] body) {
    assertThatThrownBy(() -> WitnessRequest.parse(body)).isInstanceOf(NoteRejected.class);
  }

  @Test
  void refusesToMakeWhatCouldNotBeReadAgain() {
    List<Hash> tooMany = Collections.nCopies(64, Hash.EMPTY_ROOT);

    assertThatThrownBy(() -> WitnessRequest.of(-1, List.of(), LOG.note(3)))
        .isInstanceOf(NoteRejected.class);
    assertThatThrownBy(() -> WitnessRequest.of(0, tooMany, LOG.note(3)))
        .isInstanceOf(NoteRejected.class);
  }
}
