package io.quaestor.benchmarks.load.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quaestor.benchmarks.load.node.ServerProcess;
import io.quaestor.persistence.chain.Progress;
import java.io.IOException;

/** The ways over a chain that are compared. Each has to have met every record. */
final class Passes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NANOS_PER_SECOND = 1e9;

  private final GeneratedChain chain;
  private final PageCache cache;

  Passes(GeneratedChain chain, PageCache cache) {
    this.chain = chain;
    this.cache = cache;
  }

  @FunctionalInterface
  private interface Way {
    /** Answers how much it has met. */
    long go() throws IOException;
  }

  /** Reading alone. */
  Pass disk() throws IOException {
    return timed(chain.bytes(), () -> SideBySide.sum(chain.segments(), ReadAlone::bytes));
  }

  /** Reading and hashing. */
  Pass sha256() throws IOException {
    return timed(
        chain.recipe().records(), () -> SideBySide.sum(chain.segments(), HashAlone::records));
  }

  /** The product's verifier. */
  Pass verify() throws IOException {
    return timed(chain.recipe().records(), () -> SoundChain.verify(chain, Progress.NONE).records());
  }

  /** The product's command, from the start of its process to the end. */
  Pass command() throws IOException {
    return timed(chain.recipe().records(), this::verifyInAProcess);
  }

  private long verifyInAProcess() throws IOException {
    JsonNode[] report = {JSON.missingNode()};
    int status =
        ServerProcess.run(
            bytes -> report[0] = JSON.readTree(bytes),
            "verify",
            chain.directory().toString(),
            "--json");
    if (status != 0) {
      throw new IOException(
          "quaestor verify ended with status %d: %s".formatted(status, report[0]));
    }
    return report[0].path("records").asLong();
  }

  private Pass timed(long expected, Way way) throws IOException {
    cache.prepare();
    long storageBefore = StorageReads.bytes();
    long began = System.nanoTime();
    long met = way.go();
    double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    if (met != expected) {
      throw new IOException("%,d were met where %,d should be".formatted(met, expected));
    }
    return new Pass(
        seconds, chain.recipe().records(), chain.bytes(), StorageReads.bytes() - storageBefore);
  }
}
