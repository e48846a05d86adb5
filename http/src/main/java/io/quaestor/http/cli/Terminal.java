package io.quaestor.http.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a person is looking. */
public final class Terminal {

  private Terminal() {}

  public static boolean isStdout() {
    return isTerminal(1);
  }

  public static boolean isStderr() {
    return isTerminal(2);
  }

  /** Java's console knows only whether both ends are terminals, so Linux is asked for each. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target =
          Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor))).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }
}
