package io.quaestor.chaos.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call is one request of the load.
 *
 * @param marks by which the records that it causes are known, one for each entry of a batch
 */
record Call(String method, String path, @Nullable String key, String body, List<String> marks) {

  /** Makes the call; a connection that breaks is thrown, and leaves its fate unknown. */
  Answer on(Connection connection) throws IOException {
    return connection.call(method, path, key, body.getBytes(UTF_8));
  }

  /** One fate for each mark. */
  List<Fate> fates(Answer answer) {
    if (answer.status() != 200) {
      return all(refusal(answer.status(), answer.json().path("error")));
    }
    JsonNode json = answer.json();
    List<Fate> fates = new ArrayList<>();
    if (path.endsWith("/batch")) {
      json.path("decisions").forEach(item -> fates.add(fate(item)));
    } else {
      fates.add(fate(json));
    }
    if (fates.size() != marks.size()) {
      throw new AssertionError("%d answers to %s".formatted(fates.size(), this));
    }
    return fates;
  }

  List<Fate> all(Fate fate) {
    return marks.stream().map(mark -> fate).toList();
  }

  private static Fate fate(JsonNode item) {
    JsonNode error = item.path("error");
    if (error.isObject()) {
      return refusal(0, error);
    }
    JsonNode seal = item.path("seal");
    return new Fate.Sealed(
        seal.path("seq").asLong(),
        seal.path("hash").asText(),
        seal.path("prev").asText(),
        item.toString());
  }

  /** Some answers of the server leave it open whether the call was recorded, and say so. */
  private static Fate refusal(int status, JsonNode error) {
    String code = error.path("code").asText();
    return error.path("message").asText().contains("may")
        ? new Fate.Unknown(code)
        : new Fate.Refused(status, code);
  }
}
