package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {

  @TempDir Path directory;

  private static void assertRefused(ThrowingCallable opening, Code code) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            ChainRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void aDirectoryIsOpenedOncePerProcess() {
    try (NodeChain chain = Samples.open(directory)) {
      assertRefused(() -> Samples.open(directory.resolve(".")), Code.DIRECTORY_LOCKED);

      chain.append(List.of(Samples.draft("a", 1)));
    }
    Samples.open(directory).close();
  }

  @Test
  void aDirectoryIsOpenedByOneProcess() throws Exception {
    try (OtherProcess holder = OtherProcess.start(directory)) {
      holder.awaitLine();

      assertRefused(() -> Samples.open(directory), Code.DIRECTORY_LOCKED);
      assertRefused(() -> Samples.open(directory), Code.DIRECTORY_LOCKED);
    }
    Samples.open(directory).close();
  }

  @Test
  void anotherNodesDirectoryIsRefused() {
    Samples.open(directory).close();
    ChainSettings other = ChainSettings.of("node-2");

    assertRefused(() -> NodeChain.open(directory, other, Progress.NONE), Code.NODE_MISMATCH);
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    Samples.open(directory).close();
    Files.writeString(directory.resolve("FORMAT"), "quaestor-chain 2\nnode node-1\nmore\n");

    assertRefused(() -> Samples.open(directory), Code.FORMAT_TOO_NEW);
  }

  @Test
  void aDamagedOrMissingFormatFileIsRefused() throws Exception {
    try (NodeChain chain = Samples.open(directory)) {
      chain.append(List.of(Samples.draft("a", 1)));
    }
    Files.writeString(directory.resolve("FORMAT"), "quaestor");
    assertRefused(() -> Samples.open(directory), Code.CHAIN_BROKEN);
    Files.delete(directory.resolve("FORMAT"));
    assertRefused(() -> Samples.open(directory), Code.CHAIN_BROKEN);
  }

  @Test
  void aWipedChainIsRefusedWhileTheIndexKnowsBetter() throws Exception {
    try (NodeChain chain = Samples.open(directory)) {
      chain.append(List.of(Samples.draft("a", 1)));
    }
    Files.delete(directory.resolve("chain-00000001.log"));
    assertRefused(() -> Samples.open(directory), Code.CHAIN_TRUNCATED);
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertRefused(() -> Samples.open(file), Code.DIRECTORY_UNWRITABLE);
    assertRefused(() -> Samples.open(file.resolve("below")), Code.DIRECTORY_UNWRITABLE);
  }

  @Test
  void aReadOnlyDirectoryIsRefused() throws Exception {
    assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
    Samples.open(directory).close();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assertRefused(() -> Samples.open(directory), Code.DIRECTORY_UNWRITABLE);
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
