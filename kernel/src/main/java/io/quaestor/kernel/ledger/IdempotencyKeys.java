package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * The calls of one tenant that may be repeated: each key with the digest of its request and the
 * version of the event that answered it. The answer itself is read from the chain again, so a
 * repeat is answered with the very same bytes.
 */
public final class IdempotencyKeys {

  /** A key that was used: {@code version} is the number of the answering event. */
  public record Used(IdempotencyKey key, long version, Instant at) {}

  static final IdempotencyKeys EMPTY = new IdempotencyKeys(HashTreePMap.empty(), TreePMap.empty());

  private final PMap<String, Used> byValue;
  private final TreePMap<Long, String> order;

  private IdempotencyKeys(PMap<String, Used> byValue, TreePMap<Long, String> order) {
    this.byValue = byValue;
    this.order = order;
  }

  /** What is known of this key at {@code now}; a key past its time is not known any more. */
  public @Nullable Used find(IdempotencyKey key, Instant now, Duration ttl) {
    Used used = byValue.get(key.value());
    return used == null || expired(used, now, ttl) ? null : used;
  }

  public int size() {
    return byValue.size();
  }

  /** All keys in memory, in no order. */
  public Collection<Used> all() {
    return byValue.values();
  }

  /** Whether no key can be added at {@code now}: as many as allowed, and the oldest still known. */
  boolean isFull(Instant now, LedgerBounds bounds) {
    return size() >= bounds.keysMax() && !expired(oldest(), now, bounds.keyTtl());
  }

  IdempotencyKeys remember(Used used, Duration ttl) {
    IdempotencyKeys left = without(used.key().value());
    while (left.size() > 0 && expired(left.oldest(), used.at(), ttl)) {
      left = left.without(left.oldest().key().value());
    }
    return left.plus(used);
  }

  private IdempotencyKeys plus(Used used) {
    String value = used.key().value();
    return new IdempotencyKeys(byValue.plus(value, used), order.plus(used.version(), value));
  }

  /** A key that time has freed keeps no place in the order when it is used again. */
  private IdempotencyKeys without(String value) {
    Used earlier = byValue.get(value);
    return earlier == null
        ? this
        : new IdempotencyKeys(byValue.minus(value), order.minus(earlier.version()));
  }

  static IdempotencyKeys of(Collection<Used> all) {
    IdempotencyKeys keys = EMPTY;
    for (Used used : all) {
      keys = keys.plus(used);
    }
    return keys;
  }

  private Used oldest() {
    return Objects.requireNonNull(byValue.get(order.firstEntry().getValue()));
  }

  private static boolean expired(Used used, Instant now, Duration ttl) {
    return !now.isBefore(used.at().plus(ttl));
  }
}
