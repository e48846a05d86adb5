package io.quaestor.shadow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Derived;
import io.quaestor.shadow.rows.Row;
import io.quaestor.shadow.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedRowsTest {

  /** Two shares, one day after the other. */
  private static final String PRICES =
      """
      name,price
      a,100
      b,10
      a,110
      b,10
      a,99
      b,20
      a,198
      """;

  @TempDir Path folder;

  private final List<String> notes = new ArrayList<>();

  @Test
  void looksBackAndAheadWithinTheGroup() throws IOException {
    List<Row> rows =
        derive(
            PRICES,
            new Derived.Change("change", "price", "name", -1, 0),
            new Derived.Direction("next", "price", "name", 0, 1));

    // Left are the rows with one before and one after: a,110  b,10  a,99.
    assertThat(rows).extracting(it -> it.text("price")).containsExactly("110", "10", "99");
    assertThat(rows.get(0).real("change", 10)).isCloseTo(0.1, within(1e-12));
    assertThat(rows.get(1).real("change", 10)).isZero();
    assertThat(rows.get(2).real("change", 10)).isCloseTo(-0.1, within(1e-12));
    assertThat(rows).extracting(it -> it.text("next")).containsExactly("down", "up", "up");
    assertThat(notes)
        .containsExactly(
            "4 of 7 rows are left out: derived columns reach beyond their group there.");
  }

  @Test
  void derivesFromWhatWasDerivedBefore() throws IOException {
    List<Row> rows =
        derive(
            PRICES,
            new Derived.Change("change", "price", "name", -1, 0),
            new Derived.Mean("mean", "change", "name", 2),
            new Derived.Deviation("deviation", "price", "name", 2),
            new Derived.Ratio("ratio", "price", "name", "deviation"));

    Row third = rows.getFirst();
    assertThat(third.text("price")).isEqualTo("99");
    assertThat(third.real("mean", 10)).isCloseTo((0.1 - 0.1) / 2, within(1e-12));
    assertThat(third.real("deviation", 10)).isCloseTo(5.5, within(1e-12));
    assertThat(third.real("ratio", 100)).isCloseTo(99 / 5.5 - 1, within(1e-12));
    assertThat(rows).hasSize(3);
  }

  @Test
  void takesAllRowsAsOneGroupWithoutAGroupColumn() throws IOException {
    assertThat(derive(PRICES, new Derived.Mean("mean", "price", null, 7))).hasSize(1);
  }

  @Test
  void hasNoCellForAChangeFromZero() throws IOException {
    String prices = "name,price\na,0\na,1\na,2\n";

    assertThat(derive(prices, new Derived.Change("change", "price", "name", -1, 0))).hasSize(1);
  }

  @Test
  void namesTheRowOfAFault() {
    assertThatThrownBy(
            () -> derive("name,price\na,1\na,x\n", new Derived.Mean("mean", "price", "name", 1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("prices.csv, line 3, column 'price': must be a number");
    assertThatThrownBy(() -> derive(PRICES, new Derived.Mean("mean", "cost", "name", 1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 2: column 'cost' is missing");
    assertThatThrownBy(() -> derive(PRICES, new Derived.Mean("mean", "price", "share", 1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 2: column 'share' is missing");
  }

  private List<Row> derive(String text, Derived... columns) throws IOException {
    Path file = Files.writeString(folder.resolve("prices.csv"), text);
    Rows rows =
        DerivedRows.of(Rows.open(file, "", List.of(), Progress.NONE), List.of(columns), notes);
    List<Row> all = new ArrayList<>();
    for (Row row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }
}
