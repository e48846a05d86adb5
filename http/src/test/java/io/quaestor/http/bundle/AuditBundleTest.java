package io.quaestor.http.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a bundle, of a chain of 26 records in many segments, signed by two keys. */
class AuditBundleTest {

  private static final int RECORDS = 26;

  @TempDir Path root;

  private SignedNode node;
  private Path data = Path.of("");
  private Path bundle = Path.of("");

  @BeforeEach
  void seal() throws IOException {
    data = root.resolve("data");
    bundle = root.resolve("bundle");
    node = SignedNode.in(data);
  }

  private Path unpacked() throws IOException {
    return Unpacked.bundleOf(data, bundle);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> recordsAndCheckpoints() throws IOException {
    return names(data).stream()
        .filter(name -> name.matches("FORMAT|checkpoint|.*\\.checkpoint|chain-\\d+\\.log"))
        .toList();
  }

  @Test
  void recordsAndCheckpointsAreThereByteForByte() throws IOException {
    unpacked();

    List<String> taken = recordsAndCheckpoints();
    assertThat(taken).contains("chain-00000004.log", "chain-00000002.checkpoint");
    assertThat(taken).contains("key-00000002.checkpoint", "checkpoint", "FORMAT");
    for (String name : taken) {
      assertThat(bundle.resolve(name)).hasSameBinaryContentAs(data.resolve(name));
    }
  }

  @Test
  void nothingElseOfTheDataDirectoryIsThere() throws IOException {
    unpacked();

    List<String> expected = new ArrayList<>(recordsAndCheckpoints());
    expected.addAll(List.of("CHECK.md", "check.go", "check.sh", "documents.tsv", "keys.txt"));
    expected.addAll(List.of("policies/default-v1.json", "policies/default-v2.json"));
    assertThat(names(data)).contains("node.key", "notes.txt");
    assertThat(names(bundle)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void noPrivateKeyIsInAnyFile() throws IOException {
    unpacked();

    assertThat(node.secrets()).hasSize(2);
    for (String secret : node.secrets()) {
      // PRIVATE+KEY+name+id+base64, and base64 has a '+' of its own now and then.
      String base64 = secret.split("\\+", 5)[4];
      for (String name : names(bundle)) {
        assertThat(Files.readString(bundle.resolve(name)))
            .doesNotContain("PRIVATE+KEY")
            .doesNotContain(base64);
      }
    }
  }

  @Test
  void theSameChainGivesTheSameBytesAndIsNotTouched() throws IOException {
    List<String> before = states();

    new AuditBundle(data, "node-1").write(root.resolve("one.zip"), false, Progress.NONE);
    new AuditBundle(data, "node-1").write(root.resolve("two.zip"), false, Progress.NONE);

    assertThat(root.resolve("one.zip")).hasSameBinaryContentAs(root.resolve("two.zip"));
    assertThat(states()).isEqualTo(before);
  }

  private List<String> states() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.map(file -> file + " " + file.toFile().lastModified()).sorted().toList();
    }
  }

  @Test
  void theKeysAreListedWithTheirRecordsAndSizes() throws IOException {
    unpacked();

    assertThat(bundle.resolve("keys.txt"))
        .content()
        .endsWith(
            "record\tsizes\tvkey\n1\t1-19\t%s\n20\t20-\t%s\n"
                .formatted(node.vkeys().get(0), node.vkeys().get(1)));
  }

  @Test
  void everyVersionOfADocumentIsThereAsItsRecordHasIt() throws IOException {
    unpacked();

    List<String> index = Files.readAllLines(bundle.resolve("documents.tsv"));
    assertThat(index).hasSize(3);
    assertThat(index.get(1)).startsWith("12\tpolicies/default-v1.json\tpolicy\tdefault\t1\t00");
    assertThat(index.get(2)).startsWith("13\tpolicies/default-v2.json\t");
    String record = lines().get(12 - 1);
    assertThat(record)
        .endsWith(
            ",\"event\":%s}"
                .formatted(Files.readString(bundle.resolve("policies/default-v1.json"))));
  }

  private List<String> lines() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 1; Files.exists(Segments.file(bundle, i)); i++) {
      all.append(Files.readString(Segments.file(bundle, i)));
    }
    return all.toString().lines().toList();
  }

  @Test
  void aNameThatLeadsElsewhereStaysInTheBundle() throws IOException {
    node.run((chain, checkpointer) -> node.putPolicy(chain, "../../etc/x\ty"));

    unpacked();

    assertThat(names(bundle)).contains("policies/.._.._etc_x_y-v3.json");
  }

  @Test
  void thePageHasTheNumbersOfThisBundle() throws IOException {
    unpacked();

    assertThat(bundle.resolve("CHECK.md"))
        .content()
        .contains("| node | `node-1` |")
        .contains("| records | %d |".formatted(RECORDS))
        .contains(lines().getLast().substring(0, 64))
        .contains(Files.readAllLines(data.resolve("checkpoint")).get(2))
        .contains("-vkey '%s' -vkey '%s' -dir .".formatted(node.vkey(), node.vkeys().getFirst()))
        .contains("All records are under this signature.")
        .doesNotContain("{{");
  }

  @Test
  void recordsAfterTheCheckpointAreTakenAndSaidToBeUnsigned() throws IOException {
    try (NodeChain chain = node.open()) {
      chain.appendNode(new Event.NodeStopped("not signed"));

      unpacked();
    }

    assertThat(lines()).hasSize(RECORDS + 1);
    assertThat(bundle.resolve("CHECK.md")).content().contains("The records 27 to 27 came after it");
  }

  @Test
  void aTornEndIsLeftOut() throws IOException {
    Path last = lastSegment();
    String torn = "0123456789abcdef".repeat(4) + " {\"prev\":\"";
    Files.writeString(last, torn, StandardCharsets.UTF_8, StandardOpenOption.APPEND);

    unpacked();

    assertThat(lines()).hasSize(RECORDS);
    assertThat(Files.readString(last))
        .isEqualTo(Files.readString(bundle.resolve(last.getFileName().toString())) + torn);
  }

  private Path lastSegment() {
    int last = 1;
    while (Files.exists(Segments.file(data, last + 1))) {
      last++;
    }
    return Segments.file(data, last);
  }
}
