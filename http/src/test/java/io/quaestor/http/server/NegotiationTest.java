package io.quaestor.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  private static boolean prefersText(String... accepts) {
    return Negotiation.of(List.of(accepts)).prefers(TEXT, JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "TEXT/Plain",
        "text/*",
        "text/plain, */*;q=0.1",
        "application/json;q=0.5, text/plain;q=0.6",
        "application/json; q=0.5 , text/plain; charset=utf-8",
        "application/json;q=0, */*",
        "text/*;q=0.3, text/plain;q=0.9, */*;q=0.5"
      })
  void theTypeWithMoreWeightIsPreferred(String accept) {
    assertThat(prefersText(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json, text/plain, */*",
        "text/plain;q=0",
        "text/plain;q=0, */*",
        "text/plain;q=much",
        "text/plain;q=2",
        "text/html",
        "text/plain-text",
        "text/*, text/plain;q=0",
        ";;,;q=,/"
      })
  void theOtherIsSentOtherwise(String accept) {
    assertThat(prefersText(accept)).isFalse();
  }

  @Test
  void everyHeaderCounts() {
    assertThat(prefersText()).isFalse();
    assertThat(prefersText("application/json;q=0.5", "text/plain")).isTrue();
    assertThat(prefersText("text/plain", "application/json")).isFalse();
  }
}
