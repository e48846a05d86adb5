package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Segments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code verify} and {@code export} on a chain of twelve records in several segments. */
class ChainCommandsTest {

  private static final int RECORDS = 12;

  @TempDir Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream exported = new ByteArrayOutputStream();
  private Path directory = Path.of("");

  @BeforeEach
  void seal() {
    directory = root.resolve("data");
    try (NodeChain chain = open()) {
      for (int i = 1; i <= RECORDS; i++) {
        chain.appendNode(new Event.NodeStopped("round " + i));
      }
    }
  }

  private NodeChain open() {
    return NodeChain.open(
        directory,
        ChainSettings.of("node-1").withSegmentBytes(1_500).withFreeSpaceFloors(0, 0),
        Progress.NONE);
  }

  private int verify(String... options) {
    return run(new VerifyCommand(), options);
  }

  private int export(String... options) {
    return run(new ExportCommand(exported), options);
  }

  private int run(Object command, String... options) {
    String[] args = Arrays.copyOf(options, options.length + 1);
    args[options.length] = directory.toString();
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private List<String> lines() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 1; Files.exists(Segments.file(directory, i)); i++) {
      all.append(Files.readString(Segments.file(directory, i)));
    }
    return all.toString().lines().toList();
  }

  private void change(int segment, String what, String by) throws IOException {
    Path file = Segments.file(directory, segment);
    Files.writeString(file, Files.readString(file).replace(what, by));
  }

  @Test
  void aSoundChainIsReportedWithItsHead() throws Exception {
    assertThat(verify()).isEqualTo(ExitStatus.OK);

    assertThat(out.toString())
        .startsWith("Sound.")
        .contains("12 records in ")
        .contains("head 12 " + lines().getLast().substring(0, 64));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aBrokenChainIsReportedWithItsFirstBadRecord() throws Exception {
    change(2, "round 7", "round 8");

    assertThat(verify()).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(out.toString())
        .contains("broken at record 7")
        .contains("chain-00000002.log")
        .contains("hash_mismatch");
  }

  @Test
  void aTornTailIsNoErrorAndNothingIsRepaired() throws Exception {
    Path last = Segments.file(directory, 3);
    Files.write(last, Arrays.copyOf(Files.readAllBytes(last), (int) Files.size(last) - 10));
    List<String> before = fileNames();

    assertThat(verify()).isEqualTo(ExitStatus.OK);

    assertThat(out.toString()).contains("torn tail").contains("11 records").contains("torn-TIME");
    assertThat(fileNames()).isEqualTo(before);
  }

  private List<String> fileNames() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(file -> file + " " + file.toFile().length()).sorted().toList();
    }
  }

  @Test
  void theReportIsAlsoJson() throws Exception {
    assertThat(verify("--json")).isEqualTo(ExitStatus.OK);
    JsonNode sound = new JsonMapper().readTree(out.toString());
    assertThat(sound.get("status").textValue()).isEqualTo("sound");
    assertThat(sound.get("head").get("seq").longValue()).isEqualTo(RECORDS);

    out.getBuffer().setLength(0);
    change(1, "round 2", "round 3");
    assertThat(verify("--json")).isEqualTo(ExitStatus.CHAIN_BROKEN);
    JsonNode broken = new JsonMapper().readTree(out.toString());
    assertThat(broken.get("first_bad").get("seq").longValue()).isEqualTo(2);
    assertThat(broken.get("first_bad").get("code").textValue()).isEqualTo("hash_mismatch");
  }

  @Test
  void whatIsNoChainIsUnreadable() throws Exception {
    directory = root.resolve("nowhere");
    assertThat(verify()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("There is no file or directory");

    directory = Files.createDirectory(root.resolve("empty"));
    assertThat(verify()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("holds no chain");
  }

  @Test
  void bothWorkBesideARunningNode() {
    try (NodeChain chain = open()) {
      chain.appendNode(new Event.NodeStopped("more"));

      assertThat(verify()).isEqualTo(ExitStatus.OK);
      assertThat(export()).isEqualTo(ExitStatus.OK);

      assertThat(out.toString()).contains("13 records");
      assertThat(exported.toString(StandardCharsets.UTF_8).lines()).hasSize(13);
    }
  }

  @Test
  void theExportIsExactlyWhatWasHashed() throws Exception {
    assertThat(export()).isEqualTo(ExitStatus.OK);

    List<String> lines = lines();
    List<String> json = exported.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(json).hasSize(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.get(i).getBytes(StandardCharsets.UTF_8));
      assertThat(lines.get(i)).startsWith(HexFormat.of().formatHex(hash));
    }
  }

  @Test
  void aRangeIsExported() {
    assertThat(export("--from", "5", "--to", "9")).isEqualTo(ExitStatus.OK);

    List<String> json = exported.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(json).hasSize(5);
    assertThat(json.getFirst()).contains("\"seq\":5,");
    assertThat(json.getLast()).contains("\"seq\":9,");
  }

  @Test
  void aRangeBehindTheEndIsEmptyAndNonsenseIsRefused() {
    assertThat(export("--from", "13")).isEqualTo(ExitStatus.OK);
    assertThat(exported.size()).isZero();
    assertThat(export("--from", "9", "--to", "5")).isEqualTo(ExitStatus.UNUSABLE);
  }

  @Test
  void theExportEndsAtTheFirstRecordThatDoesNotVerify() throws Exception {
    change(2, "round 6", "round 7");

    assertThat(export()).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(exported.toString(StandardCharsets.UTF_8).lines()).hasSize(5);
    assertThat(err.toString()).contains("record 6");
  }

  @Test
  void aMissingSegmentEndsTheExport() throws Exception {
    Files.delete(Segments.file(directory, 2));

    assertThat(export()).isEqualTo(ExitStatus.CHAIN_BROKEN);
    assertThat(err.toString()).contains("chain-00000002.log");
  }

  @Test
  void aReaderThatHasSeenEnoughEndsTheExportQuietly() {
    ExportCommand command =
        new ExportCommand(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });

    assertThat(run(command)).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).isEmpty();
  }
}
