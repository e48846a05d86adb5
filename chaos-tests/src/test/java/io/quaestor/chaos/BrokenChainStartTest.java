package io.quaestor.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.quaestor.chaos.chain.Books;
import io.quaestor.chaos.chain.ChainFiles;
import io.quaestor.chaos.chain.Line;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.load.Load;
import io.quaestor.chaos.process.Finished;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages a chain that was closed in order. A node that finds more than a torn end refuses to
 * start, names the first bad record, and leaves the evidence as it is.
 */
class BrokenChainStartTest {

  private static final int TENANTS = 8;
  private static final int CONNECTIONS = 4;
  private static final Duration LOAD = Duration.ofSeconds(1);
  private static final int HASH_DIGITS = 64;
  private static final int CHAIN_BROKEN = 3;

  @TempDir private static Path shared;

  @TempDir private Path directory;

  /** A sound chain of several segments; every test damages a copy. */
  @BeforeAll
  static void writeAChain() throws IOException {
    Node node = node(shared);
    Load load = new Load(Knobs.seed("BrokenChainStartTest"), TENANTS, CONNECTIONS);
    try (ServerProcess server = node.start()) {
      load.define(server.port());
      load.begin(server.port());
      ServerProcess.sleep(LOAD);
      load.end();
      assertThat(server.stop().status()).isZero();
    }
    assertThat(ChainFiles.segments(node.data())).hasSizeGreaterThan(3);
    assertThat(ChainFiles.firstBad(node.data()))
        .isEqualTo(ChainFiles.lines(node.data()).size() + 1L);
  }

  private static Node node(Path directory) {
    return Node.in(directory).with("QUAESTOR_CHAIN_SEGMENT_BYTES", "65536");
  }

  // ---- damages ---------------------------------------------------------------------------------

  /** Does something to a chain that no crash does. */
  interface Damage {
    void to(Path data) throws IOException;
  }

  private record Case(String name, Damage damage) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Those that a start is tried on. */
  static Stream<Case> damages() {
    return Stream.of(
        new Case("the hash text of a middle record", data -> flip(middle(data), 10)),
        new Case(
            "the JSON of a middle record",
            data -> flip(middle(data), HASH_DIGITS + middle(data).json().length / 2)),
        new Case(
            "the line end of a middle record",
            data -> flip(middle(data), middle(data).length() - 1)),
        new Case(
            "the JSON of the last record",
            data -> flip(last(data), HASH_DIGITS + last(data).json().length / 2)),
        new Case(
            "the line end of the last record", data -> flip(last(data), last(data).length() - 1)),
        new Case("a middle line deleted", data -> replace(middle(data), List.of())),
        new Case("the last whole line deleted", data -> replace(last(data), List.of())),
        new Case("two lines swapped", BrokenChainStartTest::swap),
        new Case("a middle segment removed", data -> remove(data, 1)),
        new Case("the last segment removed", data -> remove(data, segments(data) - 1)));
  }

  /** Those that are only verified, because starts take time. */
  static Stream<Case> moreDamages() {
    return Stream.of(
        new Case("the space behind a hash", data -> flip(middle(data), HASH_DIGITS)),
        new Case("the very first byte", data -> flip(first(data), 0)),
        new Case("the first record's JSON", data -> flip(first(data), 200)),
        new Case("the hash text of the last record", data -> flip(last(data), 3)),
        new Case(
            "the line end of the last record but one",
            data -> flip(fromEnd(data, 1), fromEnd(data, 1).length() - 1)),
        new Case("the first line deleted", data -> replace(first(data), List.of())),
        new Case("a middle line doubled", data -> replace(middle(data), twice(middle(data)))),
        new Case("the first segment removed", data -> remove(data, 0)),
        new Case("a middle segment emptied", data -> truncate(segment(data, 1), 0)),
        new Case(
            "the last segment emptied", data -> truncate(segment(data, segments(data) - 1), 0)),
        new Case(
            "a middle segment cut within a line",
            data -> truncate(segment(data, 1), segment(data, 1).toFile().length() - 20)),
        new Case(
            "the last three lines cut",
            data -> truncate(fromEnd(data, 2).segment(), fromEnd(data, 2).offset())),
        new Case("a blank line within", data -> replace(middle(data), blankBefore(middle(data)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void refusesToStartAndNamesTheFirstBadRecord(Case each) throws IOException {
    Node node = damaged(each.damage());
    long bad = ChainFiles.firstBad(node.data());
    Map<String, String> before = Snapshot.evidence(node.data());

    Finished refused = node.refused();

    assertThat(refused.status()).as(refused.output()).isEqualTo(CHAIN_BROKEN);
    assertThat(refused.err()).containsPattern("broken at record %d\\b".formatted(bad));
    assertThat(refused.output()).doesNotContain("\tat ", "Exception");
    assertThat(Snapshot.evidence(node.data())).isEqualTo(before);
  }

  /**
   * {@code verify} looks at segments and checkpoints. What is missing at the end, or damaged in the
   * last record, looks like what a crash leaves; but the node stopped in order, and its last
   * checkpoint covers everything.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"damages", "moreDamages"})
  void verifiesFromTheFilesAloneAndChangesNothing(Case each) throws IOException {
    Node node = damaged(each.damage());
    long bad = ChainFiles.firstBad(node.data());
    boolean somethingBehind =
        bad <= ChainFiles.lines(node.data()).size()
            && bad < ChainFiles.lines(node(shared).data()).size();
    Map<String, String> before = Snapshot.evidence(node.data());

    Finished verified = node.verify();

    assertThat(verified.status()).as(verified.output()).isEqualTo(CHAIN_BROKEN);
    if (somethingBehind) {
      assertThat(verified.output()).containsPattern("broken at record %d\\b".formatted(bad));
    } else {
      assertThat(verified.output()).contains("(chain_truncated)");
    }
    assertThat(Snapshot.evidence(node.data())).isEqualTo(before);
  }

  private Node damaged(Damage damage) throws IOException {
    Node node = node(directory);
    Snapshot.copy(node(shared).data(), node.data());
    damage.to(node.data());
    return node;
  }

  // ---- a torn end ------------------------------------------------------------------------------

  /** A chain whose end no checkpoint covers, as a kill leaves it within a second. */
  private Node killed() throws IOException {
    Node node = node(directory).with("QUAESTOR_CHECKPOINT_INTERVAL", "1 hour");
    try (ServerProcess server = node.start();
        Connection connection = server.connect()) {
      for (int i = 0; i < 20; i++) {
        connection.post("/api/v1/route", "{\"input_tokens\":%d}".formatted(100 + i)).ok();
      }
      server.kill();
    }
    return node;
  }

  @Test
  void movesATornEndAsideAndGoesOn() throws IOException {
    Node node = killed();
    Line torn = last(node.data());
    truncate(torn.segment(), torn.offset() + 150);
    List<Line> whole = ChainFiles.lines(node.data());

    try (ServerProcess server = node.start();
        Connection connection = server.connect()) {
      assertThat(server.output()).containsPattern("torn-\\S+\\.bin");
      connection.post("/api/v1/route", "{\"input_tokens\":10}").ok();
      assertThat(server.stop().status()).isZero();
    }

    assertThat(keptAside(node.data())).containsExactly(new String(torn.bytes(), 0, 150, US_ASCII));
    Finished verified = node.verify();
    assertThat(verified.status()).as(verified.output()).isZero();
    Books books = new Books();
    ChainFiles.lines(node.data()).forEach(books::add);
    assertThat(books.count("TailRepaired")).isEqualTo(1);
    assertThat(ChainFiles.lines(node.data()).subList(0, whole.size()))
        .map(Line::hash)
        .isEqualTo(whole.stream().map(Line::hash).toList());
  }

  @Test
  void repairsATornEndOnce() throws IOException {
    Node node = killed();
    truncate(last(node.data()).segment(), last(node.data()).offset() + 40);
    try (ServerProcess server = node.start()) {
      assertThat(server.stop().status()).isZero();
    }

    try (ServerProcess again = node.start()) {
      assertThat(again.output()).doesNotContain("torn-");
      assertThat(again.stop().status()).isZero();
    }

    assertThat(keptAside(node.data())).hasSize(1);
  }

  @Test
  void startsASoundCopy() throws IOException {
    Node node = damaged(data -> {});
    Map<String, String> before = Snapshot.evidence(node.data());
    try (ServerProcess server = node.start()) {
      assertThat(server.stop().status()).isZero();
    }

    assertThat(Snapshot.evidence(node.data()).entrySet())
        .filteredOn(file -> before.containsKey(file.getKey()))
        .filteredOn(file -> !file.equals(entry(file.getKey(), before.get(file.getKey()))))
        .map(Map.Entry::getKey)
        .allMatch(name -> !name.startsWith("chain-") || name.equals(lastSegment()));
  }

  private static String lastSegment() {
    return String.valueOf(last(node(shared).data()).segment().getFileName());
  }

  private static List<String> keptAside(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      List<String> kept = new ArrayList<>();
      for (Path file :
          files.filter(each -> each.toString().matches(".*/torn-[^/]*\\.bin")).toList()) {
        kept.add(Files.readString(file));
      }
      return kept;
    }
  }

  // ---- surgery ---------------------------------------------------------------------------------

  private static Line first(Path data) {
    return ChainFiles.lines(data).getFirst();
  }

  private static Line middle(Path data) {
    List<Line> lines = ChainFiles.lines(data);
    return lines.get(lines.size() / 2);
  }

  private static Line last(Path data) {
    return ChainFiles.lines(data).getLast();
  }

  private static Line fromEnd(Path data, int before) {
    List<Line> lines = ChainFiles.lines(data);
    return lines.get(lines.size() - 1 - before);
  }

  private static int segments(Path data) {
    return ChainFiles.segments(data).size();
  }

  private static Path segment(Path data, int index) {
    return ChainFiles.segments(data).get(index);
  }

  private static void flip(Line line, int position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(line.segment().toFile(), "rw")) {
      file.seek(line.offset() + position);
      int old = file.read();
      file.seek(line.offset() + position);
      file.write(old ^ 1);
    }
  }

  /** Puts other bytes where a line is. */
  private static void replace(Line line, List<byte[]> instead) throws IOException {
    byte[] all = Files.readAllBytes(line.segment());
    try (RandomAccessFile file = new RandomAccessFile(line.segment().toFile(), "rw")) {
      file.setLength(line.offset());
      file.seek(line.offset());
      for (byte[] bytes : instead) {
        file.write(bytes);
        file.write('\n');
      }
      int rest = Math.toIntExact(line.offset()) + line.length();
      file.write(all, rest, all.length - rest);
    }
  }

  private static List<byte[]> twice(Line line) {
    return List.of(line.bytes(), line.bytes());
  }

  private static List<byte[]> blankBefore(Line line) {
    return List.of(new byte[0], line.bytes());
  }

  /** Swaps a line with the next one of its segment. */
  private static void swap(Path data) throws IOException {
    List<Line> lines = ChainFiles.lines(data);
    int i = lines.size() / 2;
    while (!lines.get(i).segment().equals(lines.get(i + 1).segment())) {
      i++;
    }
    replace(lines.get(i + 1), List.of(lines.get(i).bytes()));
    replace(lines.get(i), List.of(lines.get(i + 1).bytes()));
  }

  private static void remove(Path data, int index) throws IOException {
    Files.delete(segment(data, index));
  }

  private static void truncate(Path file, long size) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(size);
    }
  }
}
