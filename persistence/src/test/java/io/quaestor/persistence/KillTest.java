package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

  private static final int ROUNDS = 4;

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    long seed = System.nanoTime();
    System.out.println("KillTest seed " + seed);
    Random random = new Random(seed);
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      OtherProcess writer = OtherProcess.start(directory);
      acknowledged.add(writer.awaitLine());
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      acknowledged.addAll(writer.killAndReadRest());

      try (NodeChain chain = Samples.open(directory)) {
        for (String line : acknowledged) {
          String[] seal = line.split(" ", -1);
          assertThat(chain.reader().record(Long.parseLong(seal[0])).orElseThrow().hash())
              .isEqualTo(seal[1]);
        }
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
  }
}
