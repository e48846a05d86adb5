package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.FreeSpace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageEndTest {

  @TempDir private Path directory;

  @Test
  void aFullDiskIsUnusable() {
    ChainSettings settings =
        ChainSettings.of("node-1").withFreeSpaceFloors(Long.MAX_VALUE, Long.MAX_VALUE);
    Throwable full =
        catchThrowable(() -> new FreeSpace(settings, directory).requireAboveHardFloor());

    StorageEnd end = StorageEnd.of(new IOException("the key was not changed", full)).orElseThrow();

    assertThat(end.status()).isEqualTo(2);
    assertThat(end.sentence()).startsWith("Not recorded: the disk has ").endsWith(" free.");
  }

  @Test
  void aFailedStorageHasAStatusOfItsOwn() {
    StorageEnd end = StorageEnd.of(new ChainFailed(new IOException("bad sector"))).orElseThrow();

    assertThat(end.status()).isEqualTo(4);
    assertThat(end.sentence()).contains("bad sector").doesNotContain("Exception");
  }

  @Test
  void otherFailuresAreNotOfStorage() {
    assertThat(StorageEnd.of(new IOException("other", new IllegalStateException()))).isEmpty();
  }
}
