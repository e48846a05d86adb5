package io.quaestor.benchmarks.load.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One complete response.
 *
 * @param head status line and header lines, each with its line end
 * @param closes the server will close the connection behind it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Response(int status, byte[] head, byte[] body, boolean closes) {

  /** The first header of this name, without the spaces around its value. */
  public Optional<String> header(String name) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .lines()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
