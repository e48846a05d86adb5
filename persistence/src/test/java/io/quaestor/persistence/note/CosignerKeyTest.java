package io.quaestor.persistence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.VerifiedSignature.Cosignature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CosignerKeyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123456Z");
  private static final String CHECKPOINT =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

  private final CosignerKey key = CosignerKey.generate("witness.example/w1", new SecureRandom());
  private final SignatureLine line = key.cosign(CHECKPOINT, NOW);

  private static Optional<Instant> time(VerifierKey key, String text, SignatureLine line) {
    return key.verify(text, line).map(signature -> ((Cosignature) signature).time());
  }

  private SignatureLine withSignature(byte[] signature) {
    return SignatureLine.of(key.verifier(), signature);
  }

  @Test
  void signsTheTimeAndTheCheckpointAsTheSpecificationSays() {
    byte[] bytes = line.signature();

    long seconds = ByteBuffer.wrap(bytes).getLong();
    String message = "cosignature/v1\ntime " + seconds + "\n" + CHECKPOINT;

    assertThat(bytes).hasSize(72);
    assertThat(seconds).isEqualTo(NOW.getEpochSecond());
    assertThat(
            Ed25519OfJava.verifies(
                key.verifier().publicKey(),
                message.getBytes(StandardCharsets.UTF_8),
                Arrays.copyOfRange(bytes, 8, 72)))
        .isTrue();
  }

  @Test
  void acceptsTheCosignaturesOfPublicWitnesses() {
    VerifierKey log = VerifierKey.parse(Known.LOG_KEY);
    List<VerifierKey> known = new ArrayList<>(List.of(log));
    Known.WITNESS_KEYS.stream().map(VerifierKey::parse).forEach(known::add);

    OpenedNote opened = SignedNote.parse(Known.COSIGNED).open(known);

    assertThat(opened.by(log)).containsInstanceOf(VerifiedSignature.Plain.class);
    assertThat(opened.signatures())
        .filteredOn(Cosignature.class::isInstance)
        .hasSize(4)
        .allSatisfy(
            signature ->
                assertThat(((Cosignature) signature).time())
                    .isEqualTo(Instant.parse("2026-05-23T21:50:24Z")));
  }

  @Test
  void readsTheTimeOfTheExampleOfTheSpecification() {
    SignatureLine example =
        SignatureLine.parseAll(
                "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZC"
                    + "B9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n")
            .getFirst();

    assertThat(TimedSignature.read(example.signature()).orElseThrow().seconds())
        .isEqualTo(1679315147);
  }

  @Test
  void theVerifierTellsTheTimeToTheSecond() {
    assertThat(time(key.verifier(), CHECKPOINT, line))
        .contains(Instant.parse("2026-11-23T08:00:00Z"));
  }

  @Test
  void refusesAnotherTimeTextSignatureOrKey() {
    byte[] good = line.signature();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(time(key.verifier(), CHECKPOINT, withSignature(changed))).isEmpty();
    }
    assertThat(time(key.verifier(), CHECKPOINT.replace("163", "164"), line)).isEmpty();
    assertThat(time(key.verifier(), CHECKPOINT + "\n", line)).isEmpty();
    CosignerKey other = CosignerKey.generate("witness.example/w1", new SecureRandom());
    assertThat(time(other.verifier(), CHECKPOINT, line)).isEmpty();
  }

  @Test
  void refusesASignatureOfAnotherLength() {
    byte[] good = line.signature();
    for (int length = 1; length < 100; length++) {
      if (length != good.length) {
        SignatureLine cut = withSignature(Arrays.copyOf(good, length));
        assertThat(time(key.verifier(), CHECKPOINT, cut)).isEmpty();
      }
    }
  }

  @Test
  void refusesATimeThatIsNone() {
    for (long seconds : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      byte[] signature = Arrays.copyOfRange(line.signature(), 8, 72);
      byte[] timed = new TimedSignature(seconds, signature).bytes();
      assertThat(time(key.verifier(), CHECKPOINT, withSignature(timed))).isEmpty();
    }
    assertThatThrownBy(() -> key.cosign(CHECKPOINT, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlainSignatureOfTheSameKeyIsNoCosignature() {
    SigningKey plain = SigningKey.generate("both", new SecureRandom());
    VerifierKey cosigner =
        new VerifierKey("both", KeyType.COSIGNATURE, plain.verifier().publicKey());
    SignatureLine signed = plain.sign(CHECKPOINT);

    assertThat(cosigner.verify(CHECKPOINT, signed)).isEmpty();
    assertThat(cosigner.verify(CHECKPOINT, SignatureLine.of(cosigner, signed.signature())))
        .isEmpty();
  }

  @Test
  void aKeyIsReadAsItWasWrittenAndShowsNothing() {
    CosignerKey again = CosignerKey.parse(key.secretText());

    assertThat(again.cosign(CHECKPOINT, NOW)).isEqualTo(line);
    assertThat(key.toString()).doesNotContain(key.secretText().substring(50));
  }
}
