package io.quaestor.shadow.rows;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, plain or gzip (told by its first bytes, not by its name). Lines are
 * bounded, and decoded one at a time, so that a byte that is not UTF-8 is named with its line.
 */
final class Lines implements Closeable {

  static final int LINE_BYTES_MAX = 16 << 20;

  /** Far above any history; a small gzip file can unfold without end. */
  static final long LINES_MAX = 50_000_000;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Path file;
  private final InputStream in;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long number;

  private Lines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static Lines open(Path file, Progress progress) {
    if (!Files.isRegularFile(file)) {
      throw new BadInput("There is no file %s.".formatted(BadInput.shown(file)));
    }
    try {
      if (Files.size(file) == 0) {
        throw new BadInput("%s is empty.".formatted(file));
      }
      InputStream raw =
          new BufferedInputStream(
              new Counted(Files.newInputStream(file), file, Files.size(file), progress),
              BUFFER_BYTES);
      return new Lines(file, unfolded(file, raw));
    } catch (EOFException e) {
      throw new BadInput("%s: the file is cut off; fetch it again.".formatted(file), e);
    } catch (IOException e) {
      throw new BadInput("%s cannot be read: %s.".formatted(file, e), e);
    }
  }

  private static InputStream unfolded(Path file, InputStream raw) throws IOException {
    raw.mark(2);
    boolean gzip = raw.read() == GZIP_MAGIC_1 && raw.read() == GZIP_MAGIC_2;
    raw.reset();
    if (!gzip && file.toString().endsWith(".gz")) {
      raw.close();
      throw new BadInput(
          "%s is named .gz but is not gzip; fetch it again, or rename it if it is plain text."
              .formatted(file));
    }
    return gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
  }

  Path file() {
    return file;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** The next line without its end, or null behind the last one. */
  @Nullable String next() {
    if (from == to && !fill()) {
      return null;
    }
    number++;
    if (number > LINES_MAX) {
      throw bad("the file has more than %,d lines; cut it.".formatted(LINES_MAX));
    }
    String line = decoded(bytes());
    return number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK
        ? line.substring(1)
        : line;
  }

  private ByteBuffer bytes() {
    int end = lineEnd();
    if (end < to) { // the usual case: the line is whole within the buffer
      ByteBuffer line = ByteBuffer.wrap(buffer, from, end - from);
      from = end + 1;
      return line;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(2 * BUFFER_BYTES);
    while (true) {
      line.write(buffer, from, end - from);
      from = Math.min(end + 1, to);
      if (line.size() > LINE_BYTES_MAX) {
        throw bad("the line is longer than %,d bytes.".formatted(LINE_BYTES_MAX));
      }
      if (end < to || !fill()) {
        return ByteBuffer.wrap(line.toByteArray());
      }
      end = lineEnd();
    }
  }

  private int lineEnd() {
    int end = from;
    while (end < to && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean fill() {
    try {
      from = 0;
      to = Math.max(0, in.read(buffer));
      return to > 0;
    } catch (EOFException e) {
      throw damaged("the compressed data end too early: the file is cut off; fetch it again.", e);
    } catch (ZipException e) {
      throw damaged("the compressed data are damaged (%s); fetch it again.", e);
    } catch (IOException e) {
      throw damaged("the file cannot be read on: %s.", e);
    }
  }

  private BadInput damaged(String message, IOException e) {
    return new BadInput(
        "%s, behind line %d: %s"
            .formatted(BadInput.shown(file), number, message.formatted(e.getMessage())),
        e);
  }

  private String decoded(ByteBuffer line) {
    try {
      return utf8.decode(line).toString();
    } catch (CharacterCodingException e) {
      throw bad("the line is not valid UTF-8; convert the file.");
    }
  }

  BadInput empty() {
    return new BadInput("%s is empty.".formatted(file));
  }

  BadInput bad(String message) {
    return new BadInput("%s, line %d: %s".formatted(file, number, message));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing was written, and all that was wanted has been read.
    }
  }

  /** Tells how many of the file's bytes have been taken. */
  private static final class Counted extends FilterInputStream {
    private final String step;
    private final long total;
    private final Progress progress;
    private long done;

    Counted(InputStream in, Path file, long total, Progress progress) {
      super(in);
      this.step = "Reading " + file.getFileName();
      this.total = total;
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      done += Math.max(0, count);
      progress.at(step, done, total);
      return count;
    }
  }
}
