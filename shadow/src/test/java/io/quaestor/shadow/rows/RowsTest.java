package io.quaestor.shadow.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {

  @TempDir Path folder;

  @Test
  void readsCsvWithQuotesLineEndsWithinThemAndEveryLineEnd() throws IOException {
    Path file = write("a.csv", "id,text\r\n1,\"a, \"\"b\"\"\nc\"\r\n2,d");

    List<Row> rows = rows(file);

    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().text("text")).isEqualTo("a, \"b\"\nc");
    assertThat(rows.getFirst().place()).endsWith("a.csv, line 3");
    assertThat(rows.getLast().text("text")).isEqualTo("d");
    assertThat(rows.getLast().place()).endsWith("a.csv, line 4");
  }

  @Test
  void readsJsonLinesWithNumbersAsTheyAreWritten() throws IOException {
    Path file =
        write("a.jsonl", "{\"a\":4.30e-05,\"b\":true,\"c\":null,\"d\":\"x\\ny\",\"e\":[1,{}]}\n");

    Row row = rows(file).getFirst();

    assertThat(row.text("a")).isEqualTo("4.30e-05");
    assertThat(row.text("b")).isEqualTo("1");
    assertThat(row.optional("c")).isNull();
    assertThat(row.text("d")).isEqualTo("x\ny");
    assertThat(row.has("e")).isFalse();
  }

  @Test
  void readsGzipWhateverTheNameAndSkipsAByteOrderMark() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(file, gzip("\ufeffid,x\n1,2\n".getBytes(UTF_8)));

    assertThat(rows(file).getFirst().text("id")).isEqualTo("1");
  }

  @Test
  void readsColumnsWithoutAHeader() throws IOException {
    Path file = write("a.csv", "1,2\n3,4\n");

    List<Row> rows = all(Rows.open(file, "", List.of("x", "y"), Progress.NONE));

    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().text("y")).isEqualTo("2");
  }

  @Test
  void takesTheFormatFromThePatternWhenTheNameTellsNone() throws IOException {
    Path file = write("history", "{\"a\":1}\n");

    assertThat(all(Rows.open(file, "x-*.jsonl.gz", List.of(), Progress.NONE))).hasSize(1);
    assertThatThrownBy(() -> Rows.open(file, "x", List.of(), Progress.NONE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("must end in .csv, .jsonl");
  }

  @Test
  void tellsHowFarItHasCome() throws IOException {
    Path file = write("a.csv", "id\n" + "1\n".repeat(100_000));
    List<Long> done = new ArrayList<>();

    all(Rows.open(file, "", List.of(), (step, at, total) -> done.add(at)));

    assertThat(done).isSorted().endsWith(Files.size(file));
  }

  @Test
  void namesTheLineOfEveryFault() throws IOException {
    fault("a.csv", "id,x\n1,2\n3\n").hasMessageContaining("line 3: has 1 cells, but there are 2");
    fault("a.csv", "id,x\n1,2\n1,2,3\n").hasMessageContaining("line 3: has 3 cells");
    fault("a.csv", "id,x\n1,2\n\n3,4\n").hasMessageContaining("line 3: the line is empty");
    fault("a.csv", "id,id\n1,2\n").hasMessageContaining("column 'id' is there twice");
    fault("a.csv", "id,\n1,2\n").hasMessageContaining("a column has no name");
    fault("a.csv", "id,x\n1,\"2\n").hasMessageContaining("is not valid CSV");
    fault("a.csv", "").hasMessageContaining("a.csv is empty");
    fault("a.jsonl", "").hasMessageContaining("a.jsonl is empty");
    fault("a.jsonl", "{\"a\":1}\n\n{\"a\":1}\n").hasMessageContaining("line 2: the line is empty");
    fault("a.jsonl", "{\"a\":1}\n{\"a\":\n").hasMessageContaining("line 2: is not valid JSON");
    fault("a.jsonl", "{\"a\":1}\n[1]\n").hasMessageContaining("line 2: must be a JSON object");
    fault("a.jsonl", "{\"a\":1}{\"a\":2}\n").hasMessageContaining("one object a line");
    fault("a.jsonl", "{\"a\":1,\"a\":2}\n").hasMessageContaining("Duplicate field 'a'");
    fault("a.jsonl", "{\"a\":NaN}\n").hasMessageContaining("line 1: is not valid JSON");
  }

  @Test
  void refusesWhatIsNotUtf8ByItsLine() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "id\ngood\nschön\n".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("latin.csv, line 3: the line is not valid UTF-8");
  }

  @Test
  void refusesACutOffOrDamagedGzipFile() throws IOException {
    StringBuilder text = new StringBuilder("id\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(i * 7919 % 100_003).append('\n');
    }
    byte[] whole = gzip(text.toString().getBytes(UTF_8));
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Path damaged = folder.resolve("damaged.csv.gz");
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 0x55;
    Files.write(damaged, flipped);
    Path start = folder.resolve("start.csv.gz");
    Files.write(start, Arrays.copyOf(whole, 5));

    assertThatThrownBy(() -> rows(cut)).hasMessageContaining("the file is cut off");
    assertThatThrownBy(() -> rows(damaged)).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> rows(start)).hasMessageContaining("the file is cut off");
    assertThatThrownBy(() -> rows(write("plain.csv.gz", "id\n1\n")))
        .hasMessageContaining("is named .gz but is not gzip");
  }

  @Test
  void boundsTheLengthOfALine() throws IOException {
    Path file = folder.resolve("long.jsonl.gz");
    byte[] line = new byte[Lines.LINE_BYTES_MAX + 1_000_000];
    Arrays.fill(line, (byte) ' ');
    Files.write(file, gzip(line));

    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 1: the line is longer than 16,777,216 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "1e300", "-0.1", "1.1", "one", "0x1p-3", "1f", " 1", "1e999999999", "1,0"})
  void refusesWhatIsNoNumberWithinItsBounds(String text) throws IOException {
    Row row = rows(write("a.csv", "id,score\n1,\"%s\"\n".formatted(text))).getFirst();

    assertThatThrownBy(() -> row.number("score", BigDecimal.ZERO, BigDecimal.ONE))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith(
            "a.csv, line 2, column 'score': must be a number from 0 to 1, got '%s'."
                .formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e300", "-1e16", "x", "0x1p3", "1d", "--1", ""})
  void refusesWhatIsNoRealNumber(String text) throws IOException {
    Row row = rows(write("a.csv", "id,x\n1,\"%s\"\n".formatted(text))).getFirst();

    assertThatThrownBy(() -> row.real("x", 1e15))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 2, column 'x': must ");
  }

  @Test
  void readsRealNumbers() throws IOException {
    Row row = rows(write("a.csv", "a,b,c\n-1.5e3,.25,+7\n")).getFirst();

    assertThat(row.real("a", 1e15)).isEqualTo(-1500);
    assertThat(row.real("b", 1e15)).isEqualTo(0.25);
    assertThat(row.real("c", 1e15)).isEqualTo(7);
  }

  @Test
  void saysWhichColumnsThereAre() throws IOException {
    Row row = rows(write("a.csv", "id,score\n1,\n")).getFirst();

    assertThatThrownBy(() -> row.text("cost"))
        .hasMessageContaining("line 2: column 'cost' is missing; there are: id, score.");
    assertThatThrownBy(() -> row.text("score"))
        .hasMessageContaining("line 2, column 'score': must not be empty");
  }

  @Test
  void showsNothingThatATerminalWouldObey() {
    assertThat(BadInput.shown("a\u001b[2Jb")).isEqualTo("a?[2Jb");
    assertThat(BadInput.shown("x".repeat(100))).hasSize(63).endsWith("...");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> fault(String name, String text)
      throws IOException {
    Path file = write(name, text);
    return assertThatThrownBy(() -> rows(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(name);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<Row> rows(Path file) {
    return all(Rows.open(file, "", List.of(), Progress.NONE));
  }

  private static List<Row> all(Rows rows) {
    try (rows) {
      List<Row> all = new ArrayList<>();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all;
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
