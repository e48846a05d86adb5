package io.quaestor.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** One request with its whole body, and the parts of its path that the endpoint named. */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every body would be waste
public record Call(HttpRequest request, Map<String, String> path, byte[] body) {

  public String path(String name) {
    return Objects.requireNonNull(path.get(name));
  }

  public Optional<String> header(String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  /** Whether the client would rather have this media type than the one that is sent otherwise. */
  public boolean prefers(String wanted, String otherwise) {
    return Negotiation.of(headers("accept")).prefers(wanted, otherwise);
  }

  private List<String> headers(String lowerCaseName) {
    List<String> values = new ArrayList<>();
    for (HttpHeader header : request.getHeaders()) {
      if (header.is(lowerCaseName)) {
        values.add(header.value());
      }
    }
    return values;
  }

  public Optional<String> query(String name) {
    return request.getUri().query().get(name);
  }

  /** The path as it was asked, without the query. */
  public String target() {
    return request.method().value() + " " + request.getUri().path();
  }
}
