package io.quaestor.benchmarks.load.chain;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The memory in which the system keeps files that were read; root may empty it. */
final class PageCache {

  static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

  private static final String EVERYTHING = "3";

  private final Path switchFile;
  private final boolean dropping;

  private PageCache(Path switchFile, boolean dropping) {
    this.switchFile = switchFile;
    this.dropping = dropping;
  }

  /** Left as it is: warm, when the chain fits into memory. */
  static PageCache kept(PrintWriter out) {
    out.println("cache:   kept; the round before has read the chain, see \"storage MB\"");
    return new PageCache(DROP_CACHES, false);
  }

  /** Emptied before each measurement, if that is permitted. */
  static PageCache dropped(Path switchFile, PrintWriter out) {
    PageCache cache = new PageCache(switchFile, true);
    try {
      cache.prepare();
      out.println("cache:   dropped before each measurement");
      return cache;
    } catch (IOException e) {
      out.printf("cache:   could not be dropped, which needs root (%s); it is kept%n", e);
      return new PageCache(switchFile, false);
    }
  }

  /** Called before each measurement. */
  void prepare() throws IOException {
    if (dropping) {
      Files.writeString(switchFile, EVERYTHING, StandardOpenOption.WRITE);
    }
  }
}
