package io.quaestor.shadow.contest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quaestor.shadow.contest.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchLearningCommandTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path data = Path.of("");

  @BeforeEach
  void writeSets() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    Files.write(data.resolve("first.csv"), rows(1));
    Files.write(data.resolve("second.csv"), rows(2));
  }

  private static List<String> rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int weak = random.nextInt(10) < 5 ? 10_000 : 0;
      int strong = random.nextInt(10) < 9 ? 10_000 : 0;
      rows.add(weak + ",10," + strong + ",250");
    }
    return rows;
  }

  @Test
  void runsAllSetsOfTheDirectoryAndWritesWhatWasAskedFor() throws IOException {
    Path json = directory.resolve("runs.jsonl");
    Path report = directory.resolve("new/report");

    int status = run("--seeds", "2", "--json", json.toString(), "--report", report.toString());

    assertThat(err.toString()).isEqualTo("Not in " + data + ", so left out: absent\n");
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("first: 200 requests (180 counted), 2 candidates")
        .contains("\nRead from first.csv.\n")
        .contains("second: 200 requests")
        .contains("Of 8 targets: rate reached at")
        .contains("Written: " + json)
        .contains("Written: " + report.resolve("learning.html"))
        .doesNotContain("\u001b");
    // 2 sets, 4 targets, 10 policies, 2 seeds.
    assertThat(Files.readAllLines(json)).hasSize(160);
    assertThat(Files.readString(report.resolve("learning.html"))).endsWith("</html>\n");
    assertThat(files()).containsExactlyInAnyOrder("data", "runs.jsonl", "new");
  }

  @Test
  void runsOnlyTheSetsAndTargetsThatWereNamed() {
    int status = run("--seeds", "1", "--set", "second", "--targets", "80,40,40", "--threads", "1");

    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("second: 200 requests")
        .doesNotContain("first: 200 requests")
        .contains("Of 2 targets");
    assertThat(out.toString().indexOf("(40 %")).isLessThan(out.toString().indexOf("(80 %"));
  }

  @Test
  void saysThatNothingIsJudgedWithoutTheJudged() {
    int status =
        execute(
            new ExcerptSource(List.of("first"), List.of()), "--data", data.toString(), "--seeds=1");

    assertThat(status).isZero();
    assertThat(out.toString()).contains("It took no part, so there is nothing to judge.");
  }

  @Test
  void anUnknownSetIsNamedWithTheKnownOnes() {
    assertThat(run("--set", "third")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("--set third is not known. Known sets: first, second, absent.\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aKnownSetThatIsNotThereIsNamedWithTheDirectory() {
    assertThat(run("--set", "absent")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("--data " + data + " does not hold the files of absent.\n");
  }

  @Test
  void aDirectoryWithoutSetsIsRefused() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThat(execute(source(), "--data", empty.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("holds the files of no known set").contains("first");
  }

  @Test
  void aDirectoryThatIsNoneIsRefused() {
    assertThat(execute(source(), "--data", directory.resolve("x").toString())).isEqualTo(2);
    assertThat(execute(source(), "--data", data.resolve("first.csv").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("x does not exist.\n").contains("csv is no directory.\n");
  }

  @Test
  void outputsThatCannotBeWrittenAreRefusedBeforeAnyWork() {
    String file = data.resolve("first.csv").toString();

    assertThat(run("--json", directory.resolve("no/where.jsonl").toString())).isEqualTo(2);
    assertThat(run("--json", data.toString())).isEqualTo(2);
    assertThat(run("--report", file)).isEqualTo(2);

    assertThat(err.toString())
        .contains("where.jsonl cannot be written: its directory does not exist.\n")
        .contains("data cannot be written: it is a directory.\n")
        .contains("first.csv cannot be written: a file is in the way.\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void numbersOutOfTheirBoundsAreRefused() {
    assertThat(run("--seeds", "0")).isEqualTo(2);
    assertThat(run("--threads", "1000")).isEqualTo(2);
    assertThat(run("--targets", "50,120")).isEqualTo(2);
    assertThat(run("--targets", "half")).isEqualTo(2);

    assertThat(err.toString())
        .contains("The number of seeds is 1 to 10000.")
        .contains("The number of threads is 1 to 256.")
        .contains("A target is 0 to 100 %.")
        .contains("'half' is not a double");
  }

  @Test
  void aSetThatCannotBeReadIsToldAndTheOthersAreRun() throws IOException {
    Files.writeString(data.resolve("first.csv"), "10000,1,0,oops\n");
    Path json = directory.resolve("runs.jsonl");

    assertThat(run("--seeds", "1", "--json", json.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("first, row 1: For input string: \"oops\"\n")
        .contains("Left out, see above: first\n");
    assertThat(out.toString()).contains("second: 200 requests");
    assertThat(Files.readAllLines(json)).hasSize(40);
  }

  @Test
  void aSetThatNoContestCanBeHeldOnIsToldToo() throws IOException {
    Files.writeString(data.resolve("first.csv"), "10000,1,-1,5\n");

    assertThat(run("--seeds", "1")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("Set first does not know the result of model-1 for case case-0;");
  }

  @Test
  void aFullDiskEndsTheBenchAndNamesTheFile() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));

    assertThat(run("--seeds", "1", "--json", full.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("/dev/full cannot be written: No space left");
  }

  @Test
  void nothingIsLeftBehindWhenNoSetCouldBeRead() throws IOException {
    Files.writeString(data.resolve("first.csv"), "x\n");
    Path json = directory.resolve("runs.jsonl");

    assertThat(run("--set", "first", "--json", json.toString())).isEqualTo(2);
    assertThat(files()).containsExactly("data");
  }

  @Test
  void whatIsThereIsReplacedOnlyByWhatIsComplete() throws IOException {
    Path json = directory.resolve("runs.jsonl");
    Files.writeString(json, "old\n");
    Files.writeString(data.resolve("first.csv"), "x\n");

    run("--set", "first", "--json", json.toString());

    assertThat(Files.readString(json)).isEqualTo("old\n");

    run("--set", "second", "--seeds", "1", "--json", json.toString());

    assertThat(Files.readAllLines(json)).hasSize(40);
  }

  @Test
  void helpNamesTheOptionsAndTheirDefaults() {
    assertThat(execute(source(), "--help")).isZero();
    assertThat(out.toString())
        .contains("--data=DIR")
        .contains("default: 10")
        .contains("30,50,70,90")
        .contains("Exit status:");
  }

  @Test
  void theDirectoryIsRequired() {
    assertThat(execute(source())).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--data=DIR'");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static BenchSource source() {
    return new ExcerptSource(
        List.of("first", "second", "absent"), List.of(new Results.Toss("quaestor")));
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(args));
    return execute(source(), all.toArray(String[]::new));
  }

  private int execute(BenchSource source, String... args) {
    List<String> all = new ArrayList<>(List.of("learning"));
    all.addAll(List.of(args));
    CommandLine command = BenchCommand.with(source);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(String[]::new));
  }
}
