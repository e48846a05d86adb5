package io.quaestor.persistence.note;

import static io.quaestor.persistence.note.Refusals.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.NoteRejected.Code;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierKeyTest {

  @Test
  void readsTheKeyOfTheSpecification() {
    VerifierKey key = VerifierKey.parse(Known.SPEC_KEY);

    assertThat(key.name()).isEqualTo("example.com/foo");
    assertThat(key.type()).isEqualTo(KeyType.ED25519);
    assertThat(key.id()).hasToString("530d903a");
    assertThat(HexFormat.of().formatHex(key.publicKey()))
        .isEqualTo("e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Known.SPEC_KEY,
        Known.PETER_KEY,
        Known.ENOCH_KEY,
        Known.LOG_KEY,
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        // The base64 of these has a plus.
        "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G"
      })
  void aKeyIsWrittenAsItWasRead(String text) {
    VerifierKey key = VerifierKey.parse(text);

    assertThat(key).hasToString(text);
    assertThat(new VerifierKey(key.name(), key.type(), key.publicKey())).isEqualTo(key);
  }

  @Test
  void refusesEveryPartOfAKey() {
    for (int from = 0; from < Known.PETER_KEY.length(); from++) {
      for (int to = from; to <= Known.PETER_KEY.length(); to++) {
        String part = Known.PETER_KEY.substring(from, to);
        if (!part.equals(Known.PETER_KEY)) {
          refuses(part);
        }
      }
    }
  }

  @Test
  void refusesAKeyWithAnyBitOfItChanged() {
    byte[] bytes = Known.PETER_KEY.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 << bit);
        refuses(new String(changed, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static void refuses(String text) {
    assertThatThrownBy(() -> VerifierKey.parse(text)).as(text).isInstanceOf(NoteRejected.class);
  }

  @Test
  void refusesAKeyThatIsTooLongThoughItsIdFits() {
    assertRejected(
        Code.KEY_MALFORMED,
        () ->
            VerifierKey.parse(
                "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="));
  }

  @Test
  void refusesATypeThatIsNotKnownThoughItsIdFits() {
    assertRejected(
        Code.KEY_TYPE,
        () ->
            VerifierKey.parse(
                "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
  }

  @Test
  void refusesAKeyOfAnotherName() {
    assertRejected(
        Code.KEY_ID, () -> VerifierKey.parse(Known.PETER_KEY.replace("Neumann", "Newman")));
  }

  @Test
  void refusesCapitalDigitsAndBase64WithoutPaddingOrWithLineEnds() {
    refuses(Known.PETER_KEY.replace("c74f20a3", "C74F20A3"));
    refuses(Known.PETER_KEY + "=");
    refuses(Known.PETER_KEY + "\n");
    refuses(Known.PETER_KEY + "\r\n");
    refuses(" " + Known.PETER_KEY);
    refuses(Known.PETER_KEY.replace("ARpc", "AR\npc"));
  }

  @Test
  void aPrivateKeyInItsPlaceIsNotRepeated() {
    assertThatThrownBy(() -> VerifierKey.parse(Known.PETER_SECRET))
        .isInstanceOf(NoteRejected.class)
        .hasMessageNotContaining("AYEKFALV")
        .hasMessageNotContaining("PeterNeumann");
  }

  static List<String> names() {
    return Known.spaces().stream().map(space -> "a" + space + "b").toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  @ValueSource(strings = {"", "a+b", "+", "\u0000", "a\u001b", "\ud800", "a\udc00b"})
  void refusesANameThatPartsTheFields(String name) {
    byte[] publicKey = Known.peter().publicKey();

    assertRejected(Code.KEY_MALFORMED, () -> new VerifierKey(name, KeyType.ED25519, publicKey));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grün", "例え.example/😀", "a:b", "—", "PRIVATE"})
  void anyOtherNameIsOne(String name) {
    VerifierKey key = new VerifierKey(name, KeyType.ED25519, Known.peter().publicKey());

    assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);
  }

  /** With such a key, signatures fit that nobody with a private key made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // The points of order 1, 2, 4, 4, 8, 8, 8, 8.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        // Some of them written with numbers above the prime.
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // No point of the curve.
        "0200000000000000000000000000000000000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesPointsThatAreNoKeys(String point) {
    byte[] publicKey = HexFormat.of().parseHex(point);

    assertRejected(Code.KEY_MALFORMED, () -> new VerifierKey("a", KeyType.ED25519, publicKey));
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    for (int length : new int[] {0, 1, 31, 33, 64}) {
      assertRejected(
          Code.KEY_MALFORMED, () -> new VerifierKey("a", KeyType.ED25519, new byte[length]));
    }
  }

  @Test
  void theSameKeyOfAnotherTypeIsAnotherKey() {
    VerifierKey plain = Known.peter();
    VerifierKey cosigner = new VerifierKey(plain.name(), KeyType.COSIGNATURE, plain.publicKey());

    assertThat(cosigner).isNotEqualTo(plain);
    assertThat(cosigner.id()).isNotEqualTo(plain.id());
  }
}
