package io.quaestor.persistence.note;

import static io.quaestor.persistence.note.Refusals.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.NoteRejected.Code;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

  private static final String SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

  @Test
  void signsAsGoDoes() {
    SigningKey key = SigningKey.parse(Known.PETER_SECRET);

    assertThat(key.verifier()).isEqualTo(Known.peter());
    assertThat(key.sign(Known.TEXT).text()).isEqualTo(Known.PETER_LINE);
    assertThat(SignedNote.sign(Known.TEXT, key)).hasToString(Known.TEXT + "\n" + Known.PETER_LINE);
    assertThat(key.secretText()).isEqualTo(Known.PETER_SECRET);
  }

  @Test
  void aNewKeyIsReadAsItWasWritten() {
    SigningKey key = SigningKey.generate("node-1.example/log", new SecureRandom());

    SigningKey again = SigningKey.parse(key.secretText());

    assertThat(again.verifier()).isEqualTo(key.verifier());
    assertThat(again.sign("a\n")).isEqualTo(key.sign("a\n"));
    assertThat(again.secretText()).isEqualTo(key.secretText());
  }

  @Test
  void theRuntimesOwnEd25519AcceptsItsSignatures() {
    SigningKey key = SigningKey.generate("node-1", new SecureRandom());
    String text = "grün 😀\n\nend\n";

    assertThat(
            Ed25519OfJava.verifies(
                key.verifier().publicKey(),
                text.getBytes(StandardCharsets.UTF_8),
                key.sign(text).signature()))
        .isTrue();
  }

  @Test
  void twoNewKeysDiffer() {
    SecureRandom random = new SecureRandom();

    assertThat(SigningKey.generate("a", random).verifier())
        .isNotEqualTo(SigningKey.generate("a", random).verifier());
  }

  @Test
  void refusesEveryPartOfAKeyAndRepeatsNoneOfIt() {
    for (int from = 0; from < Known.PETER_SECRET.length(); from++) {
      for (int to = from; to <= Known.PETER_SECRET.length(); to++) {
        String part = Known.PETER_SECRET.substring(from, to);
        if (!part.equals(Known.PETER_SECRET)) {
          refuses(part);
        }
      }
    }
  }

  @Test
  void refusesAKeyWithAnyBitOfItChanged() {
    byte[] bytes = Known.PETER_SECRET.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 << bit);
        refuses(new String(changed, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static void refuses(String text) {
    assertThatThrownBy(() -> SigningKey.parse(text))
        .as(text)
        .isInstanceOf(NoteRejected.class)
        .hasMessageNotContaining(SEED.substring(4, 12));
  }

  @Test
  void noTextOfItShowsTheSeed() {
    SigningKey key = SigningKey.parse(Known.PETER_SECRET);

    assertThat(key.toString()).contains("PeterNeumann").doesNotContain(SEED.substring(2));
    assertThat(key.verifier().toString()).doesNotContain(SEED.substring(2));
  }

  @Test
  void aKeyServesOneType() {
    CosignerKey cosigner = CosignerKey.generate("witness", new SecureRandom());

    assertRejected(Code.KEY_TYPE, () -> SigningKey.parse(cosigner.secretText()));
    assertRejected(Code.KEY_TYPE, () -> CosignerKey.parse(Known.PETER_SECRET));
  }

  @Test
  void refusesToMakeAKeyWithoutAName() {
    assertRejected(Code.KEY_MALFORMED, () -> SigningKey.generate("", new SecureRandom()));
    assertRejected(Code.KEY_MALFORMED, () -> SigningKey.generate("a b", new SecureRandom()));
  }
}
