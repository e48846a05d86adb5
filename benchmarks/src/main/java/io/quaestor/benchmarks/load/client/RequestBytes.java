package io.quaestor.benchmarks.load.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Requests as they go over the wire. */
public final class RequestBytes {

  private static final byte[] EMPTY = {};

  private final String host;

  /**
   * @param host what the {@code Host} header says
   */
  public RequestBytes(String host) {
    this.host = host;
  }

  public byte[] get(String path) {
    return bytes("GET", path, EMPTY, null);
  }

  public byte[] put(String path, byte[] json) {
    return bytes("PUT", path, json, null);
  }

  public byte[] post(String path, byte[] json, @Nullable String idempotencyKey) {
    return bytes("POST", path, json, idempotencyKey);
  }

  private byte[] bytes(String method, String path, byte[] body, @Nullable String key) {
    StringBuilder head = new StringBuilder(192);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    if (body.length > 0) {
      head.append("\r\nContent-Type: application/json");
    }
    if (!method.equals("GET")) {
      head.append("\r\nContent-Length: ").append(body.length);
    }
    if (key != null) {
      head.append("\r\nIdempotency-Key: ").append(key);
    }
    byte[] ascii = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(ascii, ascii.length + body.length);
    System.arraycopy(body, 0, all, ascii.length, body.length);
    return all;
  }
}
