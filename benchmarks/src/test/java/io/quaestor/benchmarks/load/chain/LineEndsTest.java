package io.quaestor.benchmarks.load.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LineEndsTest {

  @Test
  void findsTheFirstLineEndAtEveryPlace() {
    for (int size = 1; size <= 40; size++) {
      for (int at = 0; at < size; at++) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0x0B);
        bytes[at] = '\n';
        bytes[size - 1] = '\n';

        assertThat(LineEnds.next(bytes, 0, size)).isEqualTo(at);
      }
    }
  }

  @Test
  void looksNowhereElse() {
    byte[] bytes = "\nabcdefghijklmnopqrstuvwxyz\n".getBytes(StandardCharsets.UTF_8);

    assertThat(LineEnds.next(bytes, 1, bytes.length - 1)).isEqualTo(-1);
  }
}
