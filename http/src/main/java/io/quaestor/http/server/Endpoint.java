package io.quaestor.http.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One call that the server offers.
 *
 * @param template the path, with names in braces where any one segment fits
 */
public record Endpoint(HttpMethod method, String template, Handler handler) {

  /** Does the call. Bad input is thrown as {@link ApiError.Thrown}. */
  public interface Handler {
    CompletionStage<HttpResponse> handle(Call call);
  }

  List<String> segments() {
    return List.of(template.substring(1).split("/"));
  }

  /** The named parts of a path that this endpoint's template fits, or null. */
  static @Nullable Map<String, String> match(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return null;
    }
    Map<String, String> named = Map.of();
    for (int i = 0; i < path.size(); i++) {
      String expected = template.get(i);
      if (expected.startsWith("{")) {
        named = named.isEmpty() ? new HashMap<>() : named;
        named.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return null;
      }
    }
    return named;
  }
}
