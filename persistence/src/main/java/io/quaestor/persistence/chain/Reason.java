package io.quaestor.persistence.chain;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** What an input or output error says to a person, without the name of a class. */
public final class Reason {

  private Reason() {}

  public static String of(IOException error) {
    return switch (error) {
      case FileAlreadyExistsException there -> "a file has that name";
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case NotDirectoryException other -> "there is no directory " + other.getFile();
      case DirectoryNotEmptyException full ->
          "the directory %s is not empty".formatted(full.getFile());
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case FileSystemException failed -> text(failed.getReason(), failed.getFile());
      default -> text(error.getMessage(), null);
    };
  }

  private static String text(@Nullable String reason, @Nullable String file) {
    if (reason != null) {
      return reason;
    }
    return file == null ? "input/output error" : "input/output error: " + file;
  }
}
