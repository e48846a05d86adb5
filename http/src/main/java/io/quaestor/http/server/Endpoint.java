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
 * @param template the path, with names in braces where any one segment fits; a last name with a
 *     star, as in {@code {name*}}, takes all segments that are left
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
    boolean open = template.getLast().endsWith("*}");
    if (open ? path.size() < template.size() : path.size() != template.size()) {
      return null;
    }
    Map<String, String> named = Map.of();
    for (int i = 0; i < template.size(); i++) {
      String expected = template.get(i);
      if (expected.startsWith("{")) {
        named = named.isEmpty() ? new HashMap<>() : named;
        if (open && i == template.size() - 1) {
          String rest = String.join("/", path.subList(i, path.size()));
          named.put(expected.substring(1, expected.length() - 2), rest);
        } else {
          named.put(expected.substring(1, expected.length() - 1), path.get(i));
        }
      } else if (!expected.equals(path.get(i))) {
        return null;
      }
    }
    return named;
  }
}
