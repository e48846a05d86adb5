package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Fault;
import io.quaestor.persistence.chain.Fault.Kind;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three segments of four records each; every way to change them behind the node's back. */
class TamperTest {

  private static final int RECORDS_PER_SEGMENT = 4;
  private static final int SEGMENTS = 3;

  @TempDir Path directory;

  @BeforeEach
  void sealTwelveRecords() {
    int lineBytes = 460;
    try (NodeChain chain =
        NodeChain.open(
            directory,
            Samples.settings().withSegmentBytes((long) RECORDS_PER_SEGMENT * lineBytes),
            Progress.NONE)) {
      for (int i = 10; i < 10 + SEGMENTS * RECORDS_PER_SEGMENT; i++) {
        chain.append(List.of(Samples.draft("team-a", i)));
      }
    }
    assertThat(directory.resolve(Segments.name(SEGMENTS))).exists();
    assertThat(directory.resolve(Segments.name(SEGMENTS + 1))).doesNotExist();
  }

  /** One change to the files, and what must be found. */
  record Tampering(String name, Change change, long firstBad, Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Change {
    void to(Path directory) throws Exception;
  }

  static Stream<Tampering> tamperings() {
    return Stream.of(
        new Tampering(
            "a byte of an event", d -> edit(d, 2, 1, "team-a", "team-b"), 6, Kind.HASH_MISMATCH),
        new Tampering(
            "a digit of an amount in the very last record",
            d -> edit(d, 3, 3, "\"eseq\":21", "\"eseq\":22"),
            12,
            Kind.HASH_MISMATCH),
        new Tampering(
            "a stored hash", d -> ChainFiles.flip(Segments.file(d, 1), 5), 1, Kind.HASH_MISMATCH),
        new Tampering(
            "an event with its hash computed again",
            d ->
                ChainFiles.lines(
                    d,
                    2,
                    lines ->
                        lines.set(1, rehashed(lines.get(1).replace("eseq\":15", "eseq\":16")))),
            7,
            Kind.LINK_MISMATCH),
        new Tampering(
            "a line deleted",
            d -> ChainFiles.lines(d, 2, lines -> lines.remove(2)),
            7,
            Kind.SEQUENCE_GAP),
        new Tampering(
            "the first line of a segment deleted",
            d -> ChainFiles.lines(d, 2, lines -> lines.remove(0)),
            5,
            Kind.SEQUENCE_GAP),
        new Tampering(
            "the first line of all deleted",
            d -> ChainFiles.lines(d, 1, lines -> lines.remove(0)),
            1,
            Kind.SEQUENCE_GAP),
        new Tampering(
            "the last line of a closed segment deleted",
            d -> ChainFiles.lines(d, 1, lines -> lines.remove(3)),
            4,
            Kind.SEQUENCE_GAP),
        new Tampering(
            "the last line of all deleted",
            d -> ChainFiles.lines(d, 3, lines -> lines.remove(3)),
            12,
            Kind.RECORDS_MISSING),
        new Tampering(
            "two lines swapped",
            d -> ChainFiles.lines(d, 1, lines -> lines.add(1, lines.remove(2))),
            2,
            Kind.RECORDS_REORDERED),
        new Tampering(
            "the last two lines swapped",
            d -> ChainFiles.lines(d, 3, lines -> lines.add(2, lines.remove(3))),
            11,
            Kind.RECORDS_REORDERED),
        new Tampering(
            "a line doubled",
            d -> ChainFiles.lines(d, 1, lines -> lines.add(1, lines.get(1))),
            3,
            Kind.SEQUENCE_REPEATED),
        new Tampering(
            "a record inserted",
            d ->
                ChainFiles.lines(
                    d,
                    1,
                    lines -> lines.add(1, rehashed(lines.get(1).replace("team-a", "team-b")))),
            3,
            Kind.SEQUENCE_REPEATED),
        new Tampering(
            "an empty line",
            d -> ChainFiles.lines(d, 2, lines -> lines.add(2, "")),
            7,
            Kind.MALFORMED),
        new Tampering(
            "the first segment removed",
            d -> Files.delete(Segments.file(d, 1)),
            1,
            Kind.MISSING_SEGMENT),
        new Tampering(
            "a segment in the middle removed",
            d -> Files.delete(Segments.file(d, 2)),
            5,
            Kind.MISSING_SEGMENT),
        new Tampering(
            "the last segment removed",
            d -> Files.delete(Segments.file(d, 3)),
            9,
            Kind.RECORDS_MISSING),
        new Tampering(
            "a segment in the middle emptied",
            d -> ChainFiles.bytes(d, 2, bytes -> new byte[0]),
            5,
            Kind.SEQUENCE_GAP),
        new Tampering(
            "a closed segment cut in the middle of its last line",
            d -> ChainFiles.bytes(d, 1, bytes -> Arrays.copyOf(bytes, bytes.length - 100)),
            4,
            Kind.INCOMPLETE),
        new Tampering(
            "two segments swapped",
            d -> {
              Files.move(Segments.file(d, 2), d.resolve("x"));
              Files.move(Segments.file(d, 3), Segments.file(d, 2));
              Files.move(d.resolve("x"), Segments.file(d, 3));
            },
            5,
            Kind.SEQUENCE_GAP),
        new Tampering(
            "a line end damaged",
            d ->
                ChainFiles.bytes(
                    d,
                    3,
                    bytes -> {
                      bytes[indexOfLineEnd(bytes, 2)] = ' ';
                      return bytes;
                    }),
            11,
            Kind.HASH_MISMATCH),
        new Tampering(
            "the log of another node", TamperTest::sealByAnotherNode, 1, Kind.NODE_MISMATCH));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void namesTheFirstBadRecordAndWhy(Tampering tampering) throws Exception {
    tampering.change().to(directory);

    ChainRefused refused = ChainFiles.refusal(directory).orElseThrow();

    Fault fault = refused.fault().orElseThrow();
    assertThat(fault.seq()).isEqualTo(tampering.firstBad());
    assertThat(fault.kind()).isEqualTo(tampering.kind());
    assertThat(refused).hasMessageContaining("record " + tampering.firstBad());
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void withoutTheIndexOnlyWhatACrashCouldHaveLeftIsAccepted(Tampering tampering) throws Exception {
    ChainFiles.deleteIndex(directory);
    tampering.change().to(directory);

    Optional<ChainRefused> refused = ChainFiles.refusal(directory);

    boolean likeACrash =
        List.of(
                "a digit of an amount in the very last record",
                "the last line of all deleted",
                "the last segment removed")
            .contains(tampering.name());
    assertThat(refused.isEmpty()).isEqualTo(likeACrash);
  }

  @Test
  void aNewerLayoutIsRefusedAsSuch() throws Exception {
    ChainFiles.lines(
        directory, 2, lines -> lines.set(1, rehashed(lines.get(1).replace("\"v\":1", "\"v\":2"))));

    ChainRefused refused = ChainFiles.refusal(directory).orElseThrow();

    assertThat(refused.code()).isEqualTo(ChainRefused.Code.FORMAT_TOO_NEW);
    assertThat(refused.fault().orElseThrow().seq()).isEqualTo(6);
  }

  @Test
  void otherFilesInTheDirectoryAreNotLookedAt() throws Exception {
    Files.writeString(directory.resolve("chain-00000002.log.bak"), "x");
    Files.writeString(directory.resolve("chain-2.log"), "x");
    Files.writeString(directory.resolve("notes.txt"), "x");

    assertThat(ChainFiles.refusal(directory)).isEmpty();
  }

  @Test
  void nothingIsChangedInARefusedChain() throws Exception {
    edit(directory, 2, 1, "team-a", "team-b");
    byte[] before = ChainFiles.bytes(directory, 2);

    assertThat(ChainFiles.refusal(directory)).isPresent();

    assertThat(ChainFiles.bytes(directory, 2)).isEqualTo(before);
    assertThat(ChainFiles.bytes(directory, 3)).hasSizeGreaterThan(1_000);
  }

  private static void edit(Path directory, int segment, int line, String what, String by)
      throws IOException {
    ChainFiles.lines(
        directory, segment, lines -> lines.set(line, lines.get(line).replace(what, by)));
  }

  private static String rehashed(String line) {
    try {
      String json = line.substring(65);
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + " " + json;
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int indexOfLineEnd(byte[] bytes, int line) {
    int at = -1;
    for (int i = 0; i <= line; i++) {
      do {
        at++;
      } while (bytes[at] != '\n');
    }
    return at;
  }

  private static void sealByAnotherNode(Path directory) throws Exception {
    Path other = directory.resolve("other");
    try (NodeChain chain =
        NodeChain.open(
            other,
            io.quaestor.persistence.chain.ChainSettings.of("node-2").withFreeSpaceFloors(0, 0),
            Progress.NONE)) {
      chain.append(List.of(Samples.draft("team-a", 1)));
    }
    Files.copy(
        Segments.file(other, 1),
        Segments.file(directory, 1),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
