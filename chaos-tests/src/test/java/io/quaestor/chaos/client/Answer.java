package io.quaestor.chaos.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param headers by name in lower case
 */
public record Answer(int status, Map<String, String> headers, String body) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The body as JSON; missing when it is not. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + this, e);
    }
  }

  /** The {@code code} of the error envelope. */
  public String code() {
    return json().path("error").path("code").asText();
  }

  public String message() {
    return json().path("error").path("message").asText();
  }

  /** This answer, if it is a success. */
  public Answer ok() {
    if (status != 200) {
      throw new AssertionError("not a success: " + this);
    }
    return this;
  }
}
