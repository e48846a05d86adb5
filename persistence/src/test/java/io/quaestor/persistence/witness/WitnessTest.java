package io.quaestor.persistence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.KeyType;
import io.quaestor.persistence.note.SignatureLine;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifiedSignature.Cosignature;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.WitnessAnswer.Conflict;
import io.quaestor.persistence.witness.WitnessAnswer.Cosigned;
import io.quaestor.persistence.witness.WitnessAnswer.Refused;
import io.quaestor.persistence.witness.WitnessAnswer.Why;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WitnessTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TestLog log = TestLog.create();
  private final CosignerKey key = CosignerKey.generate("witness.example/w1", RANDOM);
  private final MapWitnessStore store = new MapWitnessStore();
  private final Witness witness = witness(log.key().verifier());

  private Witness witness(VerifierKey... trusted) {
    return new Witness(key, List.of(trusted), store);
  }

  private WitnessAnswer add(WitnessRequest request) {
    return witness.add(request.bytes(), NOW);
  }

  private WitnessAnswer add(long oldSize, List<Hash> proof, SignedNote note) {
    return add(WitnessRequest.of(oldSize, proof, note));
  }

  /** What is on record, or nothing. */
  private Optional<Checkpoint> recorded() {
    return store.load(TestLog.ORIGIN);
  }

  private void refuses(Why why, int status, WitnessAnswer answer) {
    Optional<Checkpoint> before = recorded();
    assertThat(answer)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(why);
              assertThat(refused.sentence()).isNotBlank();
            });
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("text/plain");
    assertThat(recorded()).isEqualTo(before);
  }

  @Test
  void cosignsTheFirstCheckpointOfALog() {
    WitnessAnswer answer = add(log.request(0, 5));

    SignatureLine line = ((Cosigned) answer).lines().getFirst();
    assertThat(key.verifier().verify(log.note(5).text(), line))
        .contains(new Cosignature(key.verifier(), line, NOW));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(line.text());
    assertThat(recorded()).contains(log.checkpoint(5));
  }

  @Test
  void followsALogThroughEveryGrowth() {
    for (int oldSize = 0; oldSize <= 20; oldSize++) {
      for (int newSize = oldSize; newSize <= 20; newSize++) {
        store.store(TestLog.ORIGIN, log.note(oldSize));

        assertThat(add(log.request(oldSize, newSize))).isInstanceOf(Cosigned.class);
        assertThat(recorded()).contains(log.checkpoint(newSize));
      }
    }
  }

  @Test
  void cosignsTheSameCheckpointAgainWithANewTime() {
    add(log.request(0, 5));

    WitnessAnswer answer = witness.add(log.request(5, 5).bytes(), NOW.plusSeconds(60));

    SignatureLine line = ((Cosigned) answer).lines().getFirst();
    assertThat(key.verifier().verify(log.note(5).text(), line))
        .contains(new Cosignature(key.verifier(), line, NOW.plusSeconds(60)));
  }

  @Test
  void tellsTheSizeOnRecordWhenAskedFromAnother() {
    add(log.request(0, 9));

    for (int oldSize = 0; oldSize <= 12; oldSize++) {
      if (oldSize != 9) {
        WitnessAnswer answer = add(log.request(oldSize, 12));
        assertThat(answer).isEqualTo(new Conflict(9));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.contentType()).isEqualTo("text/x.tlog.size");
        assertThat(answer.body()).isEqualTo("9\n");
      }
    }
    assertThat(recorded()).contains(log.checkpoint(9));
  }

  @Test
  void tellsARolledBackLogTheSizeOnRecord() {
    add(log.request(0, 9));

    for (int size = 0; size < 9; size++) {
      assertThat(add(log.request(0, size))).isEqualTo(new Conflict(9));
      assertThat(add(log.request(size, size))).isEqualTo(new Conflict(9));
    }
  }

  @Test
  void asksAnUnknownLogNothing() {
    TestLog stranger = TestLog.named("log.example/stranger");

    refuses(Why.UNKNOWN_LOG, 404, add(stranger.request(0, 5)));
    assertThat(store.load("log.example/stranger")).isEmpty();
    refuses(
        Why.UNKNOWN_LOG,
        404,
        add(0, List.of(), SignedNote.sign(stranger.note(5).text(), log.key())));
  }

  @Test
  void refusesACheckpointThatNoTrustedKeySigned() {
    SignedNote forged = SignedNote.sign(log.note(5).text(), log.rekeyed().key());
    SigningKey stranger = SigningKey.generate("stranger", RANDOM);

    refuses(Why.UNSIGNED, 403, add(0, List.of(), forged));
    refuses(Why.UNSIGNED, 403, add(0, List.of(), SignedNote.sign(forged.text(), stranger)));
    SignedNote bySelf = new SignedNote(forged.text(), List.of(key.cosign(forged.text(), NOW)));
    refuses(Why.UNSIGNED, 403, add(0, List.of(), bySelf));
  }

  @Test
  void refusesASignatureOfAnotherCheckpoint() {
    SignedNote swapped = new SignedNote(log.note(6).text(), log.note(5).signatures());

    refuses(Why.UNSIGNED, 403, add(0, List.of(), swapped));
  }

  @Test
  void oneLogCannotSpeakForAnother() {
    TestLog other = TestLog.named("log.example/node-2");
    Witness both = witness(log.key().verifier(), other.key().verifier());
    SignedNote note = SignedNote.sign(log.note(5).text(), other.key());

    WitnessAnswer answer = both.add(WitnessRequest.of(0, List.of(), note).bytes(), NOW);

    refuses(Why.UNSIGNED, 403, answer);
    assertThat(both.add(other.request(0, 7).bytes(), NOW)).isInstanceOf(Cosigned.class);
    assertThat(recorded()).isEmpty();
  }

  @Test
  void acceptsEitherKeyOfALogThatChangesItsKey() {
    TestLog renewed = log.rekeyed();
    Witness rotating =
        witness(log.key().verifier(), renewed.key().verifier(), log.key().verifier());

    assertThat(rotating.add(log.request(0, 5).bytes(), NOW)).isInstanceOf(Cosigned.class);
    assertThat(rotating.add(renewed.request(5, 7).bytes(), NOW)).isInstanceOf(Cosigned.class);
    SignedNote both = log.note(9).with(renewed.note(9).signatures());
    assertThat(rotating.add(WitnessRequest.of(7, log.tree().consistency(7, 9), both).bytes(), NOW))
        .isInstanceOf(Cosigned.class);
    SignedNote oneBad = log.note(11).with(renewed.note(9).signatures());
    refuses(
        Why.UNSIGNED,
        403,
        rotating.add(WitnessRequest.of(9, log.tree().consistency(9, 11), oneBad).bytes(), NOW));
  }

  @Test
  void refusesAnOldSizeAboveTheCheckpoint() {
    add(log.request(0, 9));

    refuses(Why.MALFORMED, 400, add(10, List.of(), log.note(9)));
    refuses(Why.MALFORMED, 400, add(Long.MAX_VALUE, List.of(), log.note(9)));
  }

  @Test
  void refusesWhatIsNotARequest() {
    for (String body :
        List.of("", "old 0\n\n", "old x\n\n" + log.note(5), "old 0\n" + log.note(5))) {
      refuses(Why.MALFORMED, 400, witness.add(body.getBytes(StandardCharsets.UTF_8), NOW));
    }
    refuses(Why.MALFORMED, 400, witness.add(new byte[WitnessRequest.BYTES_MAX + 1], NOW));
    SignedNote noCheckpoint = SignedNote.sign(TestLog.ORIGIN + "\n", log.key());
    refuses(
        Why.MALFORMED,
        400,
        witness.add(("old 0\n\n" + noCheckpoint).getBytes(StandardCharsets.UTF_8), NOW));
  }

  @Test
  void refusesAForkOfTheSameSize() {
    add(log.request(0, 9));

    refuses(Why.FORK, 409, add(log.forkedAt(8).request(9, 9)));
    refuses(Why.FORK, 409, add(9, log.tree().consistency(4, 9), log.forkedAt(0).note(9)));
  }

  @Test
  void refusesAForkThatGrew() {
    add(log.request(0, 9));
    for (int at = 0; at < 9; at++) {
      TestLog fork = log.forkedAt(at);

      refuses(Why.UNPROVEN, 422, add(fork.request(9, 12)));
      refuses(Why.UNPROVEN, 422, add(9, log.tree().consistency(9, 12), fork.note(12)));
    }
    assertThat(add(log.forkedAt(9).request(9, 12))).isInstanceOf(Cosigned.class);
  }

  @Test
  void refusesAProofWithAnythingChanged() {
    add(log.request(0, 7));
    List<Hash> proof = log.tree().consistency(7, 12);
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> dropped = new ArrayList<>(proof);
      dropped.remove(i);
      refuses(Why.UNPROVEN, 422, add(7, dropped, log.note(12)));
      List<Hash> doubled = new ArrayList<>(proof);
      doubled.add(proof.get(i));
      refuses(Why.UNPROVEN, 422, add(7, doubled, log.note(12)));
      List<Hash> other = new ArrayList<>(proof);
      other.set(i, Hash.EMPTY_ROOT);
      refuses(Why.UNPROVEN, 422, add(7, other, log.note(12)));
    }
    refuses(Why.UNPROVEN, 422, add(7, List.of(), log.note(12)));
    refuses(Why.UNPROVEN, 422, add(7, Collections.nCopies(63, Hash.EMPTY_ROOT), log.note(12)));
    refuses(Why.UNPROVEN, 422, add(7, proof, log.note(7)));
  }

  @Test
  void refusesAProofFromNothing() {
    refuses(Why.UNPROVEN, 422, add(0, List.of(Hash.EMPTY_ROOT), log.note(5)));
    assertThat(recorded()).isEmpty();
  }

  @Test
  void anEmptyLogHasTheEmptyRoot() {
    SignedNote impossible =
        SignedNote.sign(new Checkpoint(TestLog.ORIGIN, 0, log.tree().root(3)).text(), log.key());

    refuses(Why.FORK, 409, add(0, List.of(), impossible));
    assertThat(add(log.request(0, 0))).isInstanceOf(Cosigned.class);
    assertThat(add(log.request(0, 3))).isInstanceOf(Cosigned.class);
  }

  @Test
  void aChangeOfTheKeyDoesNotClearTheRecord() {
    add(log.request(0, 9));
    TestLog renewed = log.rekeyed().forkedAt(3);

    WitnessAnswer answer =
        witness(renewed.key().verifier()).add(renewed.request(0, 9).bytes(), NOW);

    assertThat(answer).isEqualTo(new Conflict(9));
  }

  @Test
  void recordsTheSignaturesThatItChecked() {
    SigningKey stranger = SigningKey.generate("stranger", RANDOM);
    SignedNote note = log.note(5).with(List.of(stranger.sign(log.note(5).text())));

    Cosigned answer = (Cosigned) add(0, List.of(), note);

    assertThat(store.note(TestLog.ORIGIN)).contains(log.note(5).with(answer.lines()));
  }

  @Test
  void cosignsExtensionLinesAsTheyAre() {
    String text = log.note(5).text() + "time 7\n";

    Cosigned answer = (Cosigned) add(0, List.of(), SignedNote.sign(text, log.key()));

    assertThat(key.verifier().verify(text, answer.lines().getFirst())).isPresent();
    assertThat(add(log.request(5, 6))).isInstanceOf(Cosigned.class);
  }

  @Test
  void theLargestRequestHasAnAnswer() {
    int room = WitnessRequest.BYTES_MAX - log.request(0, 5).bytes().length - 1;
    String text = log.note(5).text();
    SignedNote largest = SignedNote.sign(text + "x".repeat(room) + "\n", log.key());
    SignedNote tooLarge = SignedNote.sign(text + "x".repeat(room + 1) + "\n", log.key());

    refuses(Why.MALFORMED, 400, add(0, List.of(), tooLarge));
    assertThat(add(0, List.of(), largest)).isInstanceOf(Cosigned.class);
  }

  @Test
  void givesNothingOutThatIsNotOnRecord() {
    store.fail(true);
    assertThatThrownBy(() -> add(log.request(0, 5))).isInstanceOf(WitnessStoreFailed.class);
    assertThat(recorded()).isEmpty();

    store.fail(false);
    assertThat(add(log.request(0, 5))).isInstanceOf(Cosigned.class);
    store.fail(true);
    assertThatThrownBy(() -> add(log.request(5, 5))).isInstanceOf(WitnessStoreFailed.class);
  }

  @Test
  void ofManyRequestsFromOneSizeOneWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      int from = round * 3;
      List<WitnessAnswer> answers =
          together(
              log.request(from, from + 1),
              log.request(from, from + 2),
              log.request(from, from + 3));

      long size = recorded().orElseThrow().size();
      assertThat(answers).filteredOn(Cosigned.class::isInstance).hasSize(1);
      assertThat(answers).filteredOn(new Conflict(size)::equals).hasSize(2);
      store.store(TestLog.ORIGIN, log.note(from + 3));
    }
  }

  @Test
  void ofTwoForksOneIsCosigned() throws Exception {
    for (int round = 0; round < 10; round++) {
      TestLog fork = log.forkedAt(round);
      store.store(TestLog.ORIGIN, log.note(round));

      List<WitnessAnswer> answers =
          together(log.request(round, round + 1), fork.request(round, round + 1));

      assertThat(answers).filteredOn(Cosigned.class::isInstance).hasSize(1);
    }
  }

  private List<WitnessAnswer> together(WitnessRequest... requests) throws Exception {
    CyclicBarrier start = new CyclicBarrier(requests.length);
    List<WitnessAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(requests.length)) {
      List<Callable<WitnessAnswer>> calls = new ArrayList<>();
      for (WitnessRequest request : requests) {
        calls.add(
            () -> {
              start.await();
              return add(request);
            });
      }
      for (Future<WitnessAnswer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  @Test
  void refusesToWatchWithAKeyThatIsNotALogs() {
    VerifierKey own = new VerifierKey(TestLog.ORIGIN, KeyType.ED25519, key.verifier().publicKey());

    assertThatThrownBy(() -> witness(key.verifier())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> witness(own)).isInstanceOf(IllegalArgumentException.class);
  }
}
