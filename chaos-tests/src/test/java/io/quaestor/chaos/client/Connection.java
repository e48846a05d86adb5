package io.quaestor.chaos.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection is one socket that speaks HTTP/1.1, or whatever a test wants to say. When a call on
 * it throws, the server may or may not have done it; when the connection cannot be made, it has
 * not.
 */
public final class Connection implements Closeable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 40_000;
  private static final int LINE_BYTES_MAX = 64 * 1024;

  private final Socket socket;
  private final InputStream in;

  public Connection(int port) throws IOException {
    socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  public Answer get(String path) throws IOException {
    return call("GET", path, null, new byte[0]);
  }

  public Answer post(String path, String body) throws IOException {
    return call("POST", path, null, body.getBytes(StandardCharsets.UTF_8));
  }

  public Answer put(String path, String body) throws IOException {
    return call("PUT", path, null, body.getBytes(StandardCharsets.UTF_8));
  }

  /** One call and its answer. */
  public Answer call(String method, String path, @Nullable String idempotencyKey, byte[] body)
      throws IOException {
    send(request(method, path, idempotencyKey, body));
    return receive();
  }

  /** The bytes of a call. */
  public static byte[] request(
      String method, String path, @Nullable String idempotencyKey, byte[] body) {
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(
                method,
                path,
                idempotencyKey == null ? "" : "Idempotency-Key: " + idempotencyKey + "\r\n",
                body.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Text with line ends as HTTP has them. */
  public void send(String text) throws IOException {
    send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** From now on nothing more is sent, but answers are still read. */
  public void endOfSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Hangs up without a good-bye. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** How long {@link #receive} waits. */
  public void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** The next answer; throws when the connection ends before it is whole. */
  public Answer receive() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    return new Answer(Integer.parseInt(status[1]), headers, body(headers.get("content-length")));
  }

  private String body(@Nullable String contentLength) throws IOException {
    byte[] body;
    if (contentLength == null) {
      body = in.readAllBytes();
    } else {
      body = in.readNBytes(Integer.parseInt(contentLength));
      if (body.length < Integer.parseInt(contentLength)) {
        throw new EOFException("the connection ended within an answer");
      }
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended before an answer");
      }
      if (line.size() > LINE_BYTES_MAX) {
        throw new IOException("a header line has no end");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
