package io.quaestor.benchmarks.load.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  private static final String DECISION =
      """
      {"decision_id":"d1","tenant":"a","action":"substitute","reason":"r","model":"m",
       "reservation":{"id":"d1","amount_microcents":7,"expires_at":"2026-11-23T08:10:00Z"},
       "budget":{"initial_microcents":10,"remaining_microcents":3,"reserved_microcents":7,
                 "committed_microcents":0,"remaining_usd":"0.00"},
       "seal":{"node":"node-1","seq":4,"hash":"ab","prev":"cd"}}
      """;

  @Test
  void readsWhatTheAuditNeeds() throws Exception {
    Answer.Decision decision = Answer.decision(bytes(DECISION));

    assertThat(decision.decisionId()).isEqualTo("d1");
    assertThat(decision.budget()).isEqualTo(new Money(10, 3, 7, 0));
    assertThat(decision.seal()).isEqualTo(new Answer.Seal(4, "ab"));
    assertThat(decision.rejected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"amount_microcents\":7,", "\"reserved_microcents\":7,", "\"seq\":4,"})
  void takesNoMissingNumberForZero(String member) {
    assertThatThrownBy(() -> Answer.decision(bytes(DECISION.replace(member, ""))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void takesNoFractionForMoney() {
    String fraction = DECISION.replace("\"amount_microcents\":7", "\"amount_microcents\":7.5");

    assertThatThrownBy(() -> Answer.decision(bytes(fraction))).isInstanceOf(IOException.class);
  }

  @Test
  void tellsTheErrorsOfABatchFromItsDecisions() throws Exception {
    List<Object> entries =
        Answer.batch(
            bytes(
                "{\"decisions\":["
                    + DECISION
                    + ",{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":\"c\"}}]}"));

    assertThat(entries.get(0)).isInstanceOf(Answer.Decision.class);
    assertThat(entries.get(1)).isEqualTo(new Answer.Failure("c", "no"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
