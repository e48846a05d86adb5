package io.quaestor.benchmarks.load.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes responses of bytes as they come, with no transport inside.
 *
 * <p>Strict about framing (RFC 9112): exactly one {@code Content-Length} and no transfer coding,
 * lines end with CRLF, no folded lines, no space before a colon. A client that guesses where a
 * response ends would count wrong answers as right ones.
 *
 * <pre>
 * HEAD --(empty line)--> BODY --(Content-Length bytes)--> response, HEAD again
 * </pre>
 */
public final class ResponseReader {

  static final int HEAD_BYTES_MAX = 16 * 1024;
  static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

  private static final byte[] VERSION = ascii("HTTP/1.1 ");
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] CONNECTION = ascii("connection");
  private static final int NONE = -1;

  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private int headLength;

  private int status;
  private int contentLength = NONE;
  private boolean closes;
  private byte @Nullable [] body;
  private int bodyLength;

  /**
   * Takes bytes until a response is complete or {@code in} is empty.
   *
   * @return the response, or null when more bytes are needed; what follows it stays in {@code in}
   */
  public @Nullable Response read(ByteBuffer in) throws MalformedResponse {
    while (in.hasRemaining()) {
      if (body == null && readHead(in)) {
        parseHead();
        body = new byte[contentLength];
      }
      if (body != null) {
        int count = Math.min(in.remaining(), body.length - bodyLength);
        in.get(body, bodyLength, count);
        bodyLength += count;
        if (bodyLength == body.length) {
          return complete(body);
        }
      }
    }
    return null;
  }

  /** Whether a response has begun and is not complete. */
  public boolean isInside() {
    return headLength > 0;
  }

  private Response complete(byte[] whole) {
    Response response = new Response(status, Arrays.copyOf(head, headLength), whole, closes);
    headLength = 0;
    bodyLength = 0;
    body = null;
    return response;
  }

  // ---- head ------------------------------------------------------------------------------------

  /** Whether the empty line has been reached; it is not kept. */
  private boolean readHead(ByteBuffer in) throws MalformedResponse {
    while (in.hasRemaining()) {
      if (headLength == HEAD_BYTES_MAX) {
        throw new MalformedResponse("the head is longer than " + HEAD_BYTES_MAX + " bytes");
      }
      byte b = in.get();
      boolean afterCr = headLength > 0 && head[headLength - 1] == '\r';
      if ((b == '\n') != afterCr) {
        throw new MalformedResponse("a line of the head does not end with CR LF");
      }
      head[headLength++] = b;
      if (b == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
        headLength -= 2;
        return true;
      }
    }
    return false;
  }

  private void parseHead() throws MalformedResponse {
    contentLength = NONE;
    closes = false;
    int at = endOfLine(0);
    parseStatus(at);
    while (at + 2 < headLength) {
      int from = at + 2;
      at = endOfLine(from);
      parseHeader(from, at);
    }
    if (contentLength == NONE) {
      throw new MalformedResponse("there is no Content-Length");
    }
  }

  private int endOfLine(int from) {
    int at = from;
    while (head[at] != '\r') {
      at++;
    }
    return at;
  }

  private void parseStatus(int end) throws MalformedResponse {
    int digits = VERSION.length;
    if (end < digits + 4
        || !startsWith(VERSION, 0)
        || head[digits + 3] != ' '
        || (status = number(digits, digits + 3)) < 200) {
      throw new MalformedResponse("the status line is not HTTP/1.1 with a final status");
    }
  }

  private void parseHeader(int from, int end) throws MalformedResponse {
    int colon = from;
    while (colon < end && isNameByte(head[colon])) {
      colon++;
    }
    if (colon == from || colon == end || head[colon] != ':') {
      throw new MalformedResponse("a header line has no name");
    }
    if (isName(CONTENT_LENGTH, from, colon)) {
      if (contentLength != NONE) {
        throw new MalformedResponse("there are two Content-Length");
      }
      contentLength = number(skipSpace(colon + 1, end), trimSpace(colon + 1, end));
      if (contentLength < 0 || contentLength > BODY_BYTES_MAX) {
        throw new MalformedResponse("the Content-Length is not a number in range");
      }
    } else if (isName(TRANSFER_ENCODING, from, colon)) {
      throw new MalformedResponse("there is a Transfer-Encoding");
    } else if (isName(CONNECTION, from, colon)) {
      closes |= isName(ascii("close"), skipSpace(colon + 1, end), trimSpace(colon + 1, end));
    }
  }

  private int skipSpace(int from, int end) {
    int at = from;
    while (at < end && isSpace(head[at])) {
      at++;
    }
    return at;
  }

  private int trimSpace(int from, int end) {
    int at = end;
    while (at > from && isSpace(head[at - 1])) {
      at--;
    }
    return at;
  }

  /** The digits as a number, -1 if there is anything else or too many. */
  private int number(int from, int end) {
    if (from >= end || end - from > 9) {
      return NONE;
    }
    int number = 0;
    for (int i = from; i < end; i++) {
      if (head[i] < '0' || head[i] > '9') {
        return NONE;
      }
      number = number * 10 + head[i] - '0';
    }
    return number;
  }

  private boolean startsWith(byte[] expected, int from) {
    return Arrays.equals(head, from, from + expected.length, expected, 0, expected.length);
  }

  /** Names are ASCII and compared without case. */
  private boolean isName(byte[] lowerCase, int from, int end) {
    if (end - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if (Character.toLowerCase(head[from + i]) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isNameByte(byte b) {
    return b > ' ' && b != ':' && b < 0x7f;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
