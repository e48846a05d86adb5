package io.quaestor.benchmarks.load.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.benchmarks.load.chain.Commands.Ended;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Segments;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VerifyCommandTest {

  @TempDir private Path data;

  private Ended run(String... more) {
    String[] arguments = {"--records=5000", "--segment-mib=1", "--rounds=2", "--data=" + data};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Commands.run(new VerifyCommand(), all);
  }

  @Test
  void printsEveryFigure() {
    Ended ended = run("--cold");

    assertThat(ended.printed())
        .containsPattern("chain: +5000 records, about 500 bytes each")
        .containsPattern("3 segments, 2\\.5 MB")
        .containsPattern("(?m)^2 +disk +[0-9]")
        .containsPattern("(?m)^2 +sha-256 +[0-9]")
        .containsPattern("(?m)^2 +verify +[0-9]")
        .containsPattern("(?m)^2 +verify, cold JVM +[0-9]")
        .containsPattern("(?m)^  verify +[0-9,]+ records/s .* MB/s .* % of sha-256 .* % of disk")
        .containsPattern("(?m)^  verify, cold JVM +[0-9,]+ records/s")
        .containsPattern("heap after GC: .* to a peak of [0-9]+")
        .containsPattern("the tree and the rest of the result: -?[0-9]");
    assertThat(ended.status()).isZero();
  }

  @Test
  void measuresTheSameChainAgain() {
    var unused = run();

    Ended again = run();

    assertThat(again.printed()).doesNotContain("generating").contains("medians over 2 rounds");
    assertThat(again.status()).isZero();
  }

  @Test
  void measuresNothingOnAChainThatWasChanged() throws Exception {
    var unused = run();
    Damage.changeOneByte(Segments.file(data, 2));

    Ended ended = run();

    assertThat(ended.printed()).contains("nothing is measured", "hash_mismatch");
    assertThat(ended.printed()).doesNotContain("medians").doesNotContain("records/s");
    assertThat(ended.status()).isEqualTo(2);
  }

  @Test
  void measuresNothingOnAChainThatEndsTooSoon() throws Exception {
    var unused = run();
    Damage.cutTheLastRecord(Segments.file(data, Segments.list(Disk.local(), data).getLast()));

    Ended ended = run();

    assertThat(ended.printed()).contains("the chain has 4,999 records", "should have 5,000");
    assertThat(ended.printed()).doesNotContain("medians");
    assertThat(ended.status()).isEqualTo(2);
  }

  @Test
  void asksForSizesThatARecordCanHave() {
    Ended ended = run("--record-bytes=10");

    assertThat(ended.printed()).contains("--record-bytes must be between 400 and");
    assertThat(ended.status()).isEqualTo(2);
  }
}
