package io.quaestor.http.api;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import io.quaestor.kernel.event.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is stamped on a call when it comes in: its id, its digest, its idempotency key. */
final class Edge {

  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** UUID version 7 (RFC 9562): ids sort by time, which keeps the index's writes together. */
  private static final NoArgGenerator IDS = Generators.timeBasedEpochRandomGenerator();

  private Edge() {}

  static String newId() {
    return IDS.generate().toString();
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** The call's idempotency key, bound to its method, path and body. */
  static @Nullable IdempotencyKey key(Call call) {
    String value = call.header(IDEMPOTENCY_KEY).orElse(null);
    if (value == null) {
      return null;
    }
    if (!KEY.matcher(value).matches()) {
      throw ApiError.invalid(
              "invalid_idempotency_key",
              IDEMPOTENCY_KEY,
              "The Idempotency-Key must be 1 to 255 visible ASCII characters.")
          .thrown();
    }
    MessageDigest digest = digest();
    digest.update(call.target().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(call.body());
    return new IdempotencyKey(value, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
