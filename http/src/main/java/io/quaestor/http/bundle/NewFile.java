package io.quaestor.http.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A new file is written under another name beside its own, and has its own when it is whole: there
 * is never a part of it. What fails on the way is a {@link BundleUnwritable}.
 */
final class NewFile extends OutputStream implements Closeable {

  private final Path target;
  private final boolean replace;
  private final Path part;
  private final FileChannel channel;

  private NewFile(Path target, boolean replace, Path part, FileChannel channel) {
    this.target = target;
    this.replace = replace;
    this.part = part;
    this.channel = channel;
  }

  static NewFile begin(Path target, boolean replace) {
    Path part =
        target.resolveSibling(
            "%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      if (!replace && Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      part.toFile().deleteOnExit(); // also when the process is told to stop
      return new NewFile(target, replace, part, channel);
    } catch (IOException e) {
      throw new BundleUnwritable(target, e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      throw new BundleUnwritable(target, e);
    }
  }

  /** Makes it safe, and gives it its name. */
  void finish() {
    try {
      channel.force(true);
      channel.close();
      if (replace) {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(part, target);
      }
    } catch (IOException e) {
      throw new BundleUnwritable(target, e);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new BundleUnwritable(target, e);
    }
  }
}
