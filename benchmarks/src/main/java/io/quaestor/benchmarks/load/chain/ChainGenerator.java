package io.quaestor.benchmarks.load.chain;

import io.quaestor.benchmarks.load.figure.Progress;
import io.quaestor.persistence.chain.ChainLog;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.FormatFile;
import io.quaestor.persistence.chain.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Writes a chain with the product's own writer, many records with each sync. */
final class ChainGenerator {

  /** A batch is never split, so segments end up to one batch early. */
  private static final int BATCHES_PER_SEGMENT = 16;

  private static final Instant FIRST = Instant.parse("2026-11-23T08:00:00.123456Z");
  private static final long BATCH_MICROS = 10_003;

  private final Recipe recipe;
  private final RecordMaker maker;

  private ChainGenerator(Recipe recipe) {
    this.recipe = recipe;
    this.maker = new RecordMaker(recipe);
  }

  /** Writes the chain into a directory that holds none. */
  static void write(Path directory, Recipe recipe, Progress progress) throws IOException {
    FormatFile.checkOrCreate(Disk.local(), directory, GeneratedChain.NODE);
    ChainSettings settings =
        ChainSettings.of(GeneratedChain.NODE)
            .withSegmentBytes(recipe.segmentBytes())
            .withTree(false)
            .withClock(clock());
    try (ChainLog log = ChainLog.open(directory, settings, Head.EMPTY, 0)) {
      new ChainGenerator(recipe).write(log, progress);
    }
  }

  /** Time that passes with the batches, so that the bytes follow from the recipe alone. */
  private static InstantSource clock() {
    long[] batches = {0};
    return () -> FIRST.plusNanos(1_000 * BATCH_MICROS * batches[0]++);
  }

  private void write(ChainLog log, Progress progress) throws IOException {
    int batchRecords =
        (int) Math.max(1, recipe.segmentBytes() / BATCHES_PER_SEGMENT / recipe.recordBytes());
    long written = 0;
    while (written < recipe.records()) {
      int count = (int) Math.min(batchRecords, recipe.records() - written);
      log.encode(drafts(count));
      written += log.write().size();
      progress.at(written);
    }
    progress.finish(written);
  }

  private List<Draft> drafts(int count) {
    List<Draft> drafts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drafts.add(maker.next());
    }
    return drafts;
  }
}
