package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.http.bundle.SignedNode;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Segments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code export --bundle}: what it says, how it ends, and that it leaves nothing behind. */
class BundleExportTest {

  @TempDir Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream exported = new ByteArrayOutputStream();
  private Path data = Path.of("");
  private Path zip = Path.of("");

  @BeforeEach
  void name() {
    data = root.resolve("data");
    zip = root.resolve("out").resolve("bundle.zip");
  }

  private void seal() throws IOException {
    SignedNode.in(data);
    Files.createDirectory(zip.getParent());
  }

  private int export(String... more) {
    List<String> args =
        Stream.concat(Stream.of(data.toString(), "--bundle", zip.toString()), Stream.of(more))
            .toList();
    return new CommandLine(new ExportCommand(exported))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(String[]::new));
  }

  private List<String> made() throws IOException {
    try (Stream<Path> files = Files.list(zip.getParent())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aBundleIsMadeAndSummedUp() throws IOException {
    seal();

    assertThat(export()).isEqualTo(ExitStatus.OK);

    assertThat(out.toString())
        .contains("26 records of node-1, signed up to 26; ")
        .contains("2 keys, 2 policies and catalogs")
        .contains("head 26 ")
        .contains("CHECK.md");
    assertThat(err.toString()).isEmpty();
    assertThat(exported.size()).isZero();
    assertThat(made()).containsExactly("bundle.zip");
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyByForce() throws IOException {
    seal();
    Files.writeString(zip, "something else");

    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("is there already").contains("--force");
    assertThat(zip).hasContent("something else");

    assertThat(export("--force")).isEqualTo(ExitStatus.OK);
    assertThat(Files.size(zip)).isGreaterThan(1_000);
    assertThat(made()).containsExactly("bundle.zip");
  }

  @Test
  void aPlaceThatCannotBeIsRefused() throws IOException {
    SignedNode.in(data);
    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("There is no directory " + zip.getParent());

    zip = root;
    assertThat(export("--force")).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("is a directory; name a file in it");

    zip = data.resolve("bundle.zip");
    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("is in the data directory");
    assertThat(zip).doesNotExist();
  }

  @Test
  void aRangeIsRefused() throws IOException {
    seal();

    assertThat(export("--from", "3")).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(export("--to", "5")).isEqualTo(ExitStatus.UNUSABLE);

    assertThat(err.toString()).contains("A bundle holds the whole chain");
    assertThat(made()).isEmpty();
  }

  @Test
  void whatIsNoChainIsRefused() throws IOException {
    Files.createDirectories(zip.getParent());
    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("There is no file or directory");

    Files.createDirectory(data);
    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);
    assertThat(err.toString()).contains("holds no chain");
  }

  @Test
  void aBrokenChainIsRefusedAndThePlainExportIsNamed() throws IOException {
    seal();
    Path segment = Segments.file(data, 2);
    Files.writeString(segment, Files.readString(segment).replace("round 5", "round 6"));

    assertThat(export()).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(err.toString())
        .contains("No bundle was made: the chain is broken at record 6 (chain-00000002.log")
        .contains("Without --bundle");
    assertThat(made()).isEmpty();
  }

  @Test
  void aChainThatIsShorterThanItsCheckpointIsRefused() throws IOException {
    seal();
    int last = 1;
    while (Files.exists(Segments.file(data, last + 1))) {
      last++;
    }
    Files.delete(Segments.file(data, last));

    assertThat(export()).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(err.toString()).contains("its end is missing");
    assertThat(made()).isEmpty();
  }

  @Test
  void aChainThatNobodySignedIsRefused() throws IOException {
    Files.createDirectories(zip.getParent());
    try (NodeChain chain =
        NodeChain.open(data, ChainSettings.of("node-1").withFreeSpaceFloors(0, 0), Progress.NONE)) {
      chain.appendNode(new Event.NodeStopped("unsigned"));
    }

    assertThat(export()).isEqualTo(ExitStatus.UNUSABLE);

    assertThat(err.toString()).contains("no signed checkpoint");
    assertThat(made()).isEmpty();
  }
}
