package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
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

  /** How many keys will still be known at {@code now}, counted up to the first that is. */
  boolean isFull(Instant now, LedgerBounds bounds) {
    return size() >= bounds.keysMax() && !expired(oldest(), now, bounds.keyTtl());
  }

  IdempotencyKeys remember(Used used, Duration ttl) {
    PMap<String, Used> known = byValue;
    TreePMap<Long, String> left = order;
    while (!left.isEmpty()) {
      Map.Entry<Long, String> oldest = left.firstEntry();
      Used candidate = known.get(oldest.getValue());
      if (candidate != null && !expired(candidate, used.at(), ttl)) {
        break;
      }
      known = known.minus(oldest.getValue());
      left = left.minusFirstEntry();
    }
    return new IdempotencyKeys(
        known.plus(used.key().value(), used), left.plus(used.version(), used.key().value()));
  }

  static IdempotencyKeys of(Collection<Used> all) {
    PMap<String, Used> byValue = HashTreePMap.empty();
    TreePMap<Long, String> order = TreePMap.empty();
    for (Used used : all) {
      byValue = byValue.plus(used.key().value(), used);
      order = order.plus(used.version(), used.key().value());
    }
    return new IdempotencyKeys(byValue, order);
  }

  private Used oldest() {
    return java.util.Objects.requireNonNull(byValue.get(order.firstEntry().getValue()));
  }

  private static boolean expired(Used used, Instant now, Duration ttl) {
    return !now.isBefore(used.at().plus(ttl));
  }
}
