package io.quaestor.persistence.chain;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an input or output error says to a person, without the name of a class. */
public final class Reason {

  private Reason() {}

  public static String of(IOException error) {
    return switch (error) {
      case FileAlreadyExistsException there -> "a file has that name";
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case FileSystemException failed -> text(failed.getReason());
      default -> text(error.getMessage());
    };
  }

  private static String text(@org.jspecify.annotations.Nullable String reason) {
    return reason == null ? "input/output error" : reason;
  }
}
