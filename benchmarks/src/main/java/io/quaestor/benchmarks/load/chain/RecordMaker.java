package io.quaestor.benchmarks.load.chain;

import io.quaestor.persistence.chain.Draft;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes records as the journal writes those of any persistent actor: an object as a serializer's
 * bytes, of one of some tenants, a few of which are much busier than the others. Lines differ in
 * length by up to a quarter of what is not their envelope.
 */
final class RecordMaker {

  /** A line with the smallest payload. */
  static final int LINE_BYTES_MIN = 400;

  static final int LINE_BYTES_MAX = 32 * 1024;

  private static final int TENANTS = 64;

  /** A line but for the base64: hashes, names, a number of seven digits and one of five. */
  private static final int ENVELOPE_BYTES = 370;

  private static final byte[] BEFORE = ascii("{\"serializer\":17,\"manifest\":\"S\",\"bytes\":\"");
  private static final byte[] AFTER = ascii("\"}");
  private static final int TEXT_BYTES = 4 * LINE_BYTES_MAX;
  private static final int GROUP = 4; // characters of base64 that belong together

  private final SplittableRandom random;
  private final byte[] text;
  private final int payloadMin;
  private final int payloadMax;
  private final String[] entities = new String[TENANTS];
  private final String[] writers = new String[TENANTS];
  private final long[] eseqs = new long[TENANTS];

  RecordMaker(Recipe recipe) {
    random = new SplittableRandom(recipe.seed());
    text = text(random);
    int payload = Math.max(0, recipe.recordBytes() - ENVELOPE_BYTES);
    payloadMin = payload - payload / 4;
    payloadMax = payload + payload / 4;
    for (int i = 0; i < TENANTS; i++) {
      entities[i] = "tenant|team-%03d".formatted(i);
      writers[i] = new UUID(random.nextLong(), random.nextLong()).toString();
    }
  }

  private static byte[] text(SplittableRandom random) {
    byte[] bytes = new byte[TEXT_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encode(bytes);
  }

  Draft next() {
    double uniform = random.nextDouble();
    int tenant = (int) (TENANTS * uniform * uniform);
    return new Draft(
        entities[tenant],
        ++eseqs[tenant],
        Draft.SERIALIZED,
        json(),
        null,
        writers[tenant],
        0,
        null,
        null);
  }

  /** A piece of the text, so that no two payloads are alike and none has to be encoded. */
  private byte[] json() {
    int payload = random.nextInt(payloadMin, payloadMax + 1) / GROUP * GROUP;
    int from = random.nextInt((text.length - payload) / GROUP) * GROUP;
    byte[] json = new byte[BEFORE.length + payload + AFTER.length];
    System.arraycopy(BEFORE, 0, json, 0, BEFORE.length);
    System.arraycopy(text, from, json, BEFORE.length, payload);
    System.arraycopy(AFTER, 0, json, BEFORE.length + payload, AFTER.length);
    return json;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
