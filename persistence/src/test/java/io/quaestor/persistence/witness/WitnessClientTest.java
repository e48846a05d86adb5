package io.quaestor.persistence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.SignatureLine;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.Transport.Response;
import io.quaestor.persistence.witness.WitnessResult.Ahead;
import io.quaestor.persistence.witness.WitnessResult.Cosigned;
import io.quaestor.persistence.witness.WitnessResult.Refused;
import io.quaestor.persistence.witness.WitnessResult.Unproven;
import io.quaestor.persistence.witness.WitnessResult.Unreachable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessClientTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  private final TestLog log = TestLog.create();
  private final CosignerKey key = CosignerKey.generate("witness.example/w1", new SecureRandom());
  private final MapWitnessStore store = new MapWitnessStore();
  private final Witness witness = new Witness(key, List.of(log.key().verifier()), store);

  /** The old sizes that the client asked from. */
  private final List<Long> asked = new ArrayList<>();

  private WitnessClient client(Transport transport) {
    return new WitnessClient(
        body -> {
          asked.add(WitnessRequest.parse(body).oldSize());
          return transport.post(body);
        },
        key.verifier(),
        (oldSize, newSize) -> log.tree().consistency((int) oldSize, (int) newSize));
  }

  private WitnessClient client() {
    return client(this::post);
  }

  private Response post(byte[] body) {
    WitnessAnswer answer = witness.add(body, NOW);
    return new Response(answer.status(), answer.contentType(), answer.body());
  }

  /** What a client makes of one answer to everything. */
  private WitnessResult given(int status, String contentType, String body) {
    return client(any -> new Response(status, contentType, body)).submit(log.note(9));
  }

  private static SignatureLine line(WitnessResult result) {
    return ((Cosigned) result).line();
  }

  @Test
  void bringsTheCosignatureOfALogThatGrows() {
    WitnessClient client = client();
    for (int size : new int[] {0, 1, 5, 5, 8, 13, 40}) {
      SignedNote note = log.note(size);

      WitnessResult result = client.submit(note);

      assertThat(((Cosigned) result).time()).isEqualTo(NOW);
      assertThat(note.with(List.of(line(result))).open(List.of(key.verifier())).signatures())
          .hasSize(1);
    }
    assertThat(asked).containsExactly(0L, 0L, 1L, 5L, 5L, 8L, 13L);
  }

  @Test
  void learnsTheSizeOfAWitnessItDoesNotKnow() {
    client().submit(log.note(6));
    asked.clear();

    assertThat(client().submit(log.note(9))).isInstanceOf(Cosigned.class);
    assertThat(asked).containsExactly(0L, 6L);
  }

  @Test
  void learnsTheSizeWhenAnotherSubmitted() {
    WitnessClient client = client();
    client.submit(log.note(3));
    client().submit(log.note(7));
    asked.clear();

    assertThat(client.submit(log.note(9))).isInstanceOf(Cosigned.class);
    assertThat(client.submit(log.note(10))).isInstanceOf(Cosigned.class);
    assertThat(asked).containsExactly(3L, 7L, 9L);
  }

  @Test
  void startsAgainWithAWitnessThatForgot() {
    WitnessClient client = client();
    client.submit(log.note(3));
    store.store(TestLog.ORIGIN, log.note(0));

    assertThat(client.submit(log.note(9))).isInstanceOf(Cosigned.class);
  }

  @Test
  void tellsThatTheWitnessSawALongerLog() {
    WitnessClient before = client();
    before.submit(log.note(12));
    asked.clear();

    assertThat(client().submit(log.note(9))).isEqualTo(new Ahead(12));
    assertThat(before.submit(log.note(9))).isEqualTo(new Ahead(12));
    assertThat(asked).containsExactly(0L, 0L);
  }

  @Test
  void aLargeNumberOutOfNowhereIsForgotten() {
    List<Response> answers = new ArrayList<>();
    answers.add(new Response(409, "text/x.tlog.size", Long.MAX_VALUE + "\n"));
    WitnessClient client = client(body -> answers.isEmpty() ? post(body) : answers.removeFirst());

    assertThat(client.submit(log.note(9))).isEqualTo(new Ahead(Long.MAX_VALUE));
    assertThat(client.submit(log.note(9))).isInstanceOf(Cosigned.class);
  }

  @Test
  void asksAtMostTwice() {
    for (String size : List.of("0\n", "5\n", "9\n")) {
      asked.clear();
      assertThat(given(409, "text/x.tlog.size", size)).isInstanceOf(Refused.class);
      assertThat(asked).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void aForkIsRefused() {
    client().submit(log.note(9));
    TestLog fork = log.forkedAt(4);

    WitnessResult same = client().submit(fork.note(9));
    WitnessResult grown = client().submit(fork.note(12));

    assertThat(same).isEqualTo(new Refused(409, "the log signed another root for the size 9"));
    assertThat(((Refused) grown).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/x.tlog.size", "Text/X.Tlog.Size", "text/x.tlog.size; charset=utf-8"})
  void knowsASizeByItsType(String contentType) {
    assertThat(given(409, contentType, "12\n")).isEqualTo(new Ahead(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "012\n",
        "12\n\n",
        " 12\n",
        "12\r\n",
        "-1\n",
        "x\n",
        "9223372036854775808\n"
      })
  void anythingElseIsNotASize(String body) {
    assertThat(given(409, "text/x.tlog.size", body)).isInstanceOf(Refused.class);
    assertThat(asked).containsExactly(0L);
  }

  @Test
  void aConflictWithoutTheTypeIsARefusal() {
    assertThat(given(409, "text/plain", "12\n")).isEqualTo(new Refused(409, "12"));
    assertThat(given(409, "", "12\n")).isEqualTo(new Refused(409, "12"));
    assertThat(given(400, "text/x.tlog.size", "12\n")).isEqualTo(new Refused(400, "12"));
  }

  @Test
  void passesARefusalOnAsOneShortLine() {
    assertThat(given(403, "", "no\r\nsuch\u001b[31m key\u202e\n"))
        .isEqualTo(new Refused(403, "no such [31m key"));
    assertThat(((Refused) given(500, "", "x".repeat(1_000_000))).text()).hasSize(203);
    assertThat(given(302, "", "")).isEqualTo(new Refused(302, ""));
  }

  @Test
  void takesItsCosignatureFromAmongOthers() {
    String text = log.note(9).text();
    SignatureLine own = key.cosign(text, NOW);
    CosignerKey other = CosignerKey.generate("witness.example/w1", new SecureRandom());

    assertThat(line(given(200, "", other.cosign(text, NOW).text() + own.text()))).isEqualTo(own);
    assertThat(line(given(200, "", own.text() + other.cosign("x\n", NOW).text()))).isEqualTo(own);
  }

  @Test
  void believesNothingButTheCosignatureOfThisCheckpoint() {
    String text = log.note(9).text();
    CosignerKey other = CosignerKey.generate("witness.example/w1", new SecureRandom());
    SignatureLine own = key.cosign(text, NOW);
    SignatureLine ofAnother = key.cosign(log.note(8).text(), NOW);

    for (String body :
        List.of(
            "",
            "\n",
            "yes\n",
            other.cosign(text, NOW).text(),
            log.note(9).signatures().getFirst().text(),
            ofAnother.text(),
            ofAnother.text() + own.text(),
            own.text().strip(),
            own.text() + "\n",
            own.text() + "yes\n",
            own.text().replace("\n", "\r\n"),
            own.text().repeat(101),
            log.note(9).with(List.of(own)).toString())) {
      assertThat(given(200, "text/plain", body)).as(body).isInstanceOf(Unproven.class);
    }
  }

  @Test
  void asksFromNothingAgainAfterAnAnswerThatProvesNothing() {
    WitnessClient client = client(body -> new Response(200, "", "yes\n"));
    client.submit(log.note(5));
    client.submit(log.note(9));

    assertThat(asked).containsExactly(0L, 0L);
  }

  @Test
  void tellsThatTheWitnessCannotBeReached() {
    WitnessClient client =
        client(
            body -> {
              throw new IOException("connection refused");
            });

    assertThat(client.submit(log.note(9))).isEqualTo(new Unreachable("connection refused"));
  }

  @Test
  void needsTheKeyOfAWitness() {
    VerifierKey logs = log.key().verifier();

    assertThatThrownBy(() -> new WitnessClient(this::post, logs, (a, b) -> List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
