package io.quaestor.persistence.witness;

import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.DurableFile;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.Sha256;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.Utf8;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps each record in a file of one directory, which belongs to one process. A file is replaced as
 * a whole, so there is always the old record or the new one.
 *
 * <pre>
 * SHA-256 of the origin in hex .checkpoint
 * </pre>
 */
public final class FileWitnessStore implements WitnessStore {

  private final Path directory;

  private FileWitnessStore(Path directory) {
    this.directory = directory;
  }

  /** Creates the directory when it does not exist. */
  public static FileWitnessStore open(Path directory) {
    try {
      Path absolute = directory.toAbsolutePath();
      Files.createDirectories(absolute);
      sync(absolute);
      sync(Optional.ofNullable(absolute.getParent()).orElse(absolute));
      return new FileWitnessStore(absolute);
    } catch (IOException e) {
      throw new WitnessStoreFailed(
          "the directory %s of the witness cannot be used (%s); give the server's user the right"
                  .formatted(directory, e.getMessage())
              + " to create and write files in it, or choose another one",
          e);
    }
  }

  @Override
  public Optional<Checkpoint> load(String origin) {
    Path file = file(origin);
    return read(file).map(bytes -> RecordFile.read(bytes, origin).orElseThrow(() -> damaged(file)));
  }

  private Optional<byte[]> read(Path file) {
    try {
      if (Files.size(file) > RecordFile.BYTES_MAX) {
        throw damaged(file);
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return none(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Nothing on record, unless the directory is gone, and with it what it held. */
  private Optional<byte[]> none(Path file) {
    if (!Files.isDirectory(directory)) {
      throw unreadable(file, new NoSuchFileException(directory.toString()));
    }
    return Optional.empty();
  }

  private static WitnessStoreFailed unreadable(Path file, IOException cause) {
    return new WitnessStoreFailed(
        "the witness's record %s cannot be read (%s)".formatted(file, cause.getMessage()), cause);
  }

  private static WitnessStoreFailed damaged(Path file) {
    return new WitnessStoreFailed(
        "the witness's record %s is damaged; restore the newest copy. Without it the witness cannot"
                .formatted(file)
            + " tell whether that log was rolled back, so do not delete it");
  }

  @Override
  public void store(String origin, SignedNote checkpoint) {
    Path file = file(origin);
    try {
      DurableFile.write(Disk.local(), file, RecordFile.write(checkpoint));
    } catch (IOException e) {
      throw new WitnessStoreFailed(
          "the witness's record %s cannot be written (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path file(String origin) {
    String name = HexFormat.of().formatHex(Sha256.of(Utf8.encode(origin)));
    return directory.resolve(name + ".checkpoint");
  }
}
