package io.quaestor.benchmarks.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nServer: quaestor\r\nX-Seal:  abc \r\nContent-Length: 4\r\n\r\nbody";

  private final ResponseReader reader = new ResponseReader();

  @Test
  void readsAResponseInOnePiece() throws Exception {
    Response response = Objects.requireNonNull(reader.read(bytes(OK)));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("body");
    assertThat(response.header("x-seal")).contains("abc");
    assertThat(response.header("x-other")).isEmpty();
    assertThat(response.closes()).isFalse();
    assertThat(reader.isInside()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void readsTheSameInPiecesOfAnySize(int size) throws Exception {
    String stream = OK + OK.replace("body", "next");
    StringBuilder bodies = new StringBuilder();

    for (int from = 0; from < stream.length(); from += size) {
      ByteBuffer piece = bytes(stream.substring(from, Math.min(stream.length(), from + size)));
      while (piece.hasRemaining()) {
        Response response = reader.read(piece);
        if (response != null) {
          bodies.append(response.text()).append(' ');
        }
      }
    }

    assertThat(bodies).hasToString("body next ");
  }

  @Test
  void leavesWhatFollowsAResponse() throws Exception {
    ByteBuffer in = bytes(OK + "HTTP");

    assertThat(reader.read(in)).isNotNull();

    assertThat(in.remaining()).isEqualTo(4);
  }

  @Test
  void waitsForTheWholeBody() throws Exception {
    ByteBuffer in = bytes(OK.substring(0, OK.length() - 1));

    assertThat(reader.read(in)).isNull();

    assertThat(reader.isInside()).isTrue();
    assertThat(Objects.requireNonNull(reader.read(bytes("y"))).text()).isEqualTo("body");
  }

  @Test
  void readsAResponseWithoutABody() throws Exception {
    Response response =
        Objects.requireNonNull(reader.read(bytes("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n")));

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void seesThatTheServerCloses() throws Exception {
    Response response =
        Objects.requireNonNull(
            reader.read(
                bytes("HTTP/1.1 200 OK\r\nconnection: Close\r\nContent-Length: 0\r\n\r\n")));

    assertThat(response.closes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 OK~~                                        | no Content-Length",
        "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 1~~    | two Content-Length",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~             | Transfer-Encoding",
        "HTTP/1.1 200 OK~Content-Length: +1~~                     | not a number",
        "HTTP/1.1 200 OK~Content-Length: 1, 1~~                   | not a number",
        "HTTP/1.1 200 OK~Content-Length:~~                        | not a number",
        "HTTP/1.1 200 OK~Content-Length: 999999999~~              | not a number in range",
        "HTTP/1.1 200 OK~Content-Length : 1~~                     | has no name",
        "HTTP/1.1 200 OK~A: b~ c~Content-Length: 1~~              | has no name",
        "HTTP/1.1 200 OK~: 1~~                                    | has no name",
        "HTTP/1.0 200 OK~Content-Length: 1~~                      | status line",
        "HTTP/1.1 100 Continue~Content-Length: 1~~                | status line",
        "HTTP/1.1 2x0 OK~Content-Length: 1~~                      | status line",
        "HTTP/1.1 200~Content-Length: 1~~                         | status line",
        "~HTTP/1.1 200 OK~Content-Length: 1~~                     | status line",
      })
  void refusesAHeadThatDoesNotSayWhereTheResponseEnds(String head, String why) {
    assertThatThrownBy(() -> reader.read(bytes(head.replace("~", "\r\n"))))
        .isInstanceOf(MalformedResponse.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\n", "HTTP/1.1 200 OK\rX", "\n"})
  void refusesLinesThatDoNotEndWithCrLf(String head) {
    assertThatThrownBy(() -> reader.read(bytes(head)))
        .isInstanceOf(MalformedResponse.class)
        .hasMessageContaining("CR LF");
  }

  @Test
  void refusesAHeadWithoutAnEnd() {
    assertThatThrownBy(() -> reader.read(bytes("x".repeat(ResponseReader.HEAD_BYTES_MAX + 1))))
        .isInstanceOf(MalformedResponse.class)
        .hasMessageContaining("longer than");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
