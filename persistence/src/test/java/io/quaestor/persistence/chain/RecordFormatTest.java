package io.quaestor.persistence.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.Samples;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordFormatTest {

  private static final String FIRST =
      "{\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"seq\":1,"
          + "\"v\":1,\"node\":\"node-1\",\"at\":\"2026-11-23T08:00:00.123456Z\","
          + "\"entity\":\"tenant|team-a\",\"eseq\":7,\"type\":\"ToppedUp\",\"event\":"
          + "{\"tenant\":\"team-a\",\"at\":\"2026-11-23T08:00:00.123456Z\","
          + "\"amount_microcents\":7,\"budget\":{\"initial_microcents\":7,"
          + "\"remaining_microcents\":7,\"reserved_microcents\":0,\"committed_microcents\":0}}}";

  private static List<String> lines(Draft... drafts) {
    RecordBatch batch = new RecordBatch("node-1", true);
    batch.begin(Head.EMPTY, Samples.NOW);
    for (Draft draft : drafts) {
      batch.add(draft);
    }
    return new String(batch.bytes().array(), 0, batch.size(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  void theBytesOfARecordArePinned() throws Exception {
    String line = lines(Samples.draft("team-a", 7)).getFirst();

    assertThat(line.substring(65)).isEqualTo(FIRST);
    assertThat(line.substring(0, 64))
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(FIRST.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("b968b1183bdfd1b05942c7c2d1c7a79dbf59e176f42ee6f365a456ab37c1e851");
  }

  @Test
  void aRecordNamesTheHashOfTheOneBefore() {
    List<String> lines = lines(Samples.draft("team-a", 7), Samples.draft("team-b", 1));

    assertThat(lines.get(1).substring(65))
        .startsWith("{\"prev\":\"" + lines.get(0).substring(0, 64) + "\",\"seq\":2,\"v\":1,");
  }

  @Test
  void optionalMembersStandBeforeTheEvent() {
    Draft draft =
        new Draft(
            "e|1",
            1,
            Draft.SERIALIZED,
            "{}".getBytes(StandardCharsets.UTF_8),
            null,
            "w-1",
            2,
            "m\"1",
            "{\"a\":1}");

    assertThat(lines(draft).getFirst())
        .endsWith(
            "\"entity\":\"e|1\",\"eseq\":1,\"type\":\"Serialized\",\"writer\":\"w-1\",\"rest\":2,"
                + "\"manifest\":\"m\\\"1\",\"meta\":{\"a\":1},\"event\":{}}");
  }

  @Test
  void anyNameOfAnEntityReadsBackAsItWas() {
    String name = "grün\n\"\\\u0000\u2028😀|x";
    byte[] line =
        (lines(new Draft(name, 1, "T", new byte[] {'1'}, null, null, 0, null, null)).getFirst()
                + "\n")
            .getBytes(StandardCharsets.UTF_8);

    Envelope envelope = new RecordLine(line, 0, line.length - 1).envelope();

    assertThat(envelope.entity()).isEqualTo(name);
    assertThat(envelope.at()).isEqualTo(Samples.NOW);
  }

  @Test
  void refusesAPayloadWithALineEndInside() {
    assertThatThrownBy(() -> new Draft("e|1", 1, "T", new byte[] {'\n'}, null, null, 0, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesANameThatHasNoUtf8Form() {
    assertThatThrownBy(
            () -> new Draft("e|\ud800", 1, "T", new byte[] {'1'}, null, null, 0, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
