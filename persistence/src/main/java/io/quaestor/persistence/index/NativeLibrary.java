package io.quaestor.persistence.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.fusesource.leveldbjni.JniDBFactory;

/**
 * Keeps LevelDB's native library at one place below the data directory.
 *
 * <p>Left alone, the binding unpacks a copy into the temporary directory at each start and deletes
 * it at exit; a process that is killed leaves it there. The binding looks for {@code
 * libleveldbjni.so} in the directory that the property below names before it unpacks anything.
 */
final class NativeLibrary {

  private static final String PROPERTY = "library.leveldbjni.path";
  private static final String RESOURCE = "META-INF/native/linux64/libleveldbjni.so";
  private static final String FILE = "libleveldbjni.so";

  private NativeLibrary() {}

  /** Unpacks the library into {@code directory} unless a place has been chosen already. */
  static synchronized void prepare(Path directory) throws IOException {
    boolean thisPlatform =
        "Linux".equals(System.getProperty("os.name"))
            && "amd64".equals(System.getProperty("os.arch"));
    if (!thisPlatform || System.getProperty(PROPERTY) != null) {
      return;
    }
    byte[] library = library();
    Files.createDirectories(directory);
    Path file = directory.resolve(FILE);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), library)) {
      Path temporary = Files.createTempFile(directory, FILE, ".tmp");
      Files.write(temporary, library);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
    System.setProperty(PROPERTY, directory.toAbsolutePath().toString());
  }

  private static byte[] library() throws IOException {
    ClassLoader loader = JniDBFactory.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the library is not in the LevelDB binding");
      }
      return in.readAllBytes();
    }
  }
}
