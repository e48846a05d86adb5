package io.quaestor.benchmarks.load.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.benchmarks.load.chain.Commands.Ended;
import io.quaestor.persistence.chain.Segments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProofsCommandTest {

  @TempDir private Path data;

  private Ended run() {
    return Commands.run(
        new ProofsCommand(),
        "--records=5000",
        "--segment-mib=1",
        "--proofs=40",
        "--warm-up=1",
        "--data=" + data);
  }

  @Test
  void printsEveryFigure() {
    Ended ended = run();

    assertThat(ended.printed())
        .containsPattern("opened: +5,000 records in .* s, 5,000 of them new to the index")
        .containsPattern("(?m)^inclusion +make +40( +[0-9.]+){3} +1[23] +13$")
        .containsPattern("(?m)^inclusion +verify +40( +[0-9.]+){3} +1[23] +13$")
        .containsPattern("(?m)^consistency +make +40( +[0-9.]+){3} +1[1-4] +14$")
        .containsPattern("(?m)^consistency +verify +40( +[0-9.]+){3} +1[1-4] +14$");
    assertThat(ended.status()).isZero();
  }

  @Test
  void keepsTheIndexForTheNextRun() {
    var unused = run();

    Ended again = run();

    assertThat(again.printed()).contains("0 of them new to the index");
    assertThat(again.status()).isZero();
  }

  @Test
  void provesNothingOnAChainThatWasChanged() throws Exception {
    var unused = run();
    Damage.changeOneByte(Segments.file(data, 2));

    Ended ended = run();

    assertThat(ended.printed()).contains("nothing is measured", "hash_mismatch");
    assertThat(ended.printed()).doesNotContain("p50");
    assertThat(ended.status()).isEqualTo(2);
  }
}
