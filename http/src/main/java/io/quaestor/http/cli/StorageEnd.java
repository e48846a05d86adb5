package io.quaestor.http.cli;

import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainFull;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a command ends whose chain could be opened and then not be written. */
record StorageEnd(int status, String sentence) {

  /** Empty when storage is not the reason. */
  static Optional<StorageEnd> of(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> Optional.empty();
      case ChainFull full ->
          Optional.of(
              new StorageEnd(
                  ExitStatus.UNUSABLE, "Not recorded: %s.".formatted(full.getMessage())));
      case ChainFailed failed ->
          Optional.of(
              new StorageEnd(
                  ExitStatus.STORAGE_FAILED,
                  "Storage failed: %s. The next start verifies the chain."
                      .formatted(failed.getMessage())));
      default -> of(failure.getCause());
    };
  }
}
