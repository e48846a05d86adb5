package io.quaestor.shadow.contest.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An output that cannot be written; the message names it and why. */
final class Unwritable extends Exception {

  private static final long serialVersionUID = 1;

  Unwritable(String message) {
    super(message);
  }

  static Unwritable of(Path path, IOException cause) {
    Unwritable unwritable =
        new Unwritable("%s cannot be written: %s.".formatted(path, reason(cause)));
    unwritable.initCause(cause);
    return unwritable;
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "its directory does not exist";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in the way";
      default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    };
  }
}
