package io.quaestor.benchmarks.load.disk;

import io.quaestor.benchmarks.load.node.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Appends and syncs with nothing around it: the bound for every durable answer on this disk. One
 * write and one {@code force(false)} per batch, as the chain does it.
 */
@Command(
    name = "sync",
    description = "Appends records of 1 KB in batches, each with one write and one sync.",
    mixinStandardHelpOptions = true)
public final class SyncCommand implements Callable<Integer> {

  private static final int RECORD_BYTES = 1_024;
  private static final List<Integer> BATCHES = List.of(1, 64, 256);
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);
  private static final int DIGITS = 3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double BYTES_PER_MB = 1e6;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, each with all batch sizes (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Seconds for each batch size in each round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the file is written (default: where temporary files are).")
  private Path data = Path.of(System.getProperty("java.io.tmpdir", "."));

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  public SyncCommand() {}

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || seconds < 1) {
      throw new ParameterException(spec.commandLine(), "All numbers must be at least 1.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine.print(out);
    Machine.printData(out, data);
    out.printf(
        "%n%-8s%12s%12s%14s%10s%10s%10s%10s%n",
        "round", "records", "syncs/s", "records/s", "MB/s", "p50 ms", "p99 ms", "max ms");
    for (int round = 1; round <= rounds; round++) {
      for (int batch : BATCHES) {
        measure(round, batch, out);
      }
    }
    return 0;
  }

  private void measure(int round, int batch, PrintWriter out) throws IOException {
    Path file = Files.createTempFile(data, "sync-", ".bin");
    Histogram micros = new Histogram(MICROS_MAX, DIGITS);
    long started = System.nanoTime();
    double elapsed = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      ByteBuffer records = records(batch);
      while (elapsed < seconds) {
        long before = System.nanoTime();
        records.clear();
        while (records.hasRemaining()) {
          channel.write(records);
        }
        channel.force(false);
        long after = System.nanoTime();
        micros.recordValue(Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(after - before)));
        elapsed = (after - started) / NANOS_PER_SECOND;
      }
    } finally {
      Files.delete(file);
    }
    double perSecond = micros.getTotalCount() / elapsed;
    out.printf(
        "%-8d%12d%,12.0f%,14.0f%10.1f%10.3f%10.3f%10.3f%n",
        round,
        batch,
        perSecond,
        perSecond * batch,
        perSecond * batch * RECORD_BYTES / BYTES_PER_MB,
        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
        micros.getMaxValue() / MICROS_PER_MILLI);
  }

  private static ByteBuffer records(int count) {
    byte[] text = new byte[count * RECORD_BYTES];
    Arrays.fill(text, (byte) 'x');
    ByteBuffer records = ByteBuffer.allocateDirect(text.length);
    return records.put(text);
  }
}
