package io.quaestor.benchmarks.load.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProofTimesTest {

  @Test
  void refusesAProofThatIsLongerThanItCanBe() throws Exception {
    ProofTimes times = new ProofTimes("inclusion", 23);
    times.add(1, 1, 23);

    assertThatThrownBy(() -> times.add(1, 1, 24))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("24 hashes; 23 is the most");
  }

  @Test
  void knowsTheHeightOfATree() {
    assertThat(InclusionProofs.heightOf(1)).isZero();
    assertThat(InclusionProofs.heightOf(2)).isEqualTo(1);
    assertThat(InclusionProofs.heightOf(4_194_304)).isEqualTo(22);
    assertThat(InclusionProofs.heightOf(5_000_000)).isEqualTo(23);
  }
}
