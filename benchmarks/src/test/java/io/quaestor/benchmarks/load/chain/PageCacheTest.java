package io.quaestor.benchmarks.load.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCacheTest {

  @TempDir private Path directory;

  private final StringWriter printed = new StringWriter();
  private final PrintWriter out = new PrintWriter(printed, true);

  @Test
  void isDroppedBeforeEachMeasurement() throws Exception {
    Path switchFile = Files.writeString(directory.resolve("drop_caches"), "0");
    PageCache cache = PageCache.dropped(switchFile, out);
    Files.writeString(switchFile, "0");

    cache.prepare();

    assertThat(switchFile).hasContent("3");
    assertThat(printed.toString()).contains("dropped before each measurement");
  }

  @Test
  void saysThatItCouldNotBeDropped() throws Exception {
    PageCache cache = PageCache.dropped(directory.resolve("absent"), out);

    cache.prepare();

    assertThat(printed.toString()).contains("could not be dropped");
    assertThat(directory).isEmptyDirectory();
  }
}
