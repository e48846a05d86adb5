package io.quaestor.persistence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void everyErrorOfTheFileSystemSaysWhatAndWhere() {
    assertThat(Reason.of(new NoSuchFileException("/a"))).isEqualTo("there is no /a");
    assertThat(Reason.of(new NotDirectoryException("/a"))).isEqualTo("there is no directory /a");
    assertThat(Reason.of(new DirectoryNotEmptyException("/a")))
        .isEqualTo("the directory /a is not empty");
    assertThat(Reason.of(new FileSystemLoopException("/a"))).isEqualTo("input/output error: /a");
    assertThat(Reason.of(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
  }

  @Test
  void anErrorThatSaysNothingIsStillAnError() {
    assertThat(Reason.of(new IOException())).isEqualTo("input/output error");
  }
}
