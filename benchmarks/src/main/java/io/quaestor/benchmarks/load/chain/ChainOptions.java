package io.quaestor.benchmarks.load.chain;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the benchmarks that need a long chain. */
final class ChainOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "Records of the chain (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--record-bytes",
      paramLabel = "N",
      defaultValue = "500",
      description = "About what a line has (default: ${DEFAULT-VALUE}).")
  private int recordBytes;

  @Option(
      names = "--segment-mib",
      paramLabel = "N",
      defaultValue = "64",
      description = "Size of a segment; the default is a node's (default: ${DEFAULT-VALUE}).")
  private int segmentMib;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Same seed, same chain, same records asked for (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the chain is generated, and used again by the next run",
        "(default: a new directory, deleted at the end)."
      })
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  ChainOptions() {}

  @Nullable Path data() {
    return data;
  }

  Recipe recipe() {
    if (records < 1 || segmentMib < 1) {
      throw new ParameterException(spec.commandLine(), "All numbers must be at least 1.");
    }
    if (recordBytes < RecordMaker.LINE_BYTES_MIN || recordBytes > RecordMaker.LINE_BYTES_MAX) {
      throw new ParameterException(
          spec.commandLine(),
          "--record-bytes must be between %d and %d."
              .formatted(RecordMaker.LINE_BYTES_MIN, RecordMaker.LINE_BYTES_MAX));
    }
    return new Recipe(records, recordBytes, segmentMib, seed);
  }
}
