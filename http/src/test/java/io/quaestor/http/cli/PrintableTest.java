package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(ints = {0, '\n', 0x1b, 0x7f, 0x80, 0x9b, 0x9f, 0x200b, 0x2028, 0x202e, 0xfeff})
  void whatATerminalWouldObeyIsNotPrinted(int codePoint) {
    assertThat(Printable.of("a" + Character.toString(codePoint) + "b")).isEqualTo("a?b");
  }

  @Test
  void everythingElseStays() {
    assertThat(Printable.of("node|Zürich 東京 😀 \u00a0%s")).isEqualTo("node|Zürich 東京 😀 \u00a0%s");
  }
}
