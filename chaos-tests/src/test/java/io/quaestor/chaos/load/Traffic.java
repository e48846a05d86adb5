package io.quaestor.chaos.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quaestor.chaos.chain.Books;
import io.quaestor.chaos.chain.Line;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes up the calls of a load: routes alone and in batches, commits (some above the reservation),
 * releases, outcomes and top-ups, two thirds of them under an idempotency key. A reservation is now
 * and then settled by two connections at once, and one tenant is hot.
 */
final class Traffic {

  /** One tenant in so many has a budget that a few routes use up. */
  private static final int SMALL_EVERY = 6;

  private static final long SMALL_MICROCENTS = 3_000_000;
  private static final long LARGE_MICROCENTS = 1_000_000_000_000L;
  private static final int HOT = 1;
  private static final int BATCH_MAX = 6;
  private static final List<String> MODELS = List.of("auto", "gpt-4o", "gpt-4o-mini");
  private static final List<String> USE_CASES = List.of("support", "coding", "compliance", "chat");

  private record Held(String tenant, String id) {}

  private final String run;
  private final int tenants;
  private final AtomicLong numbers = new AtomicLong();
  private final Deque<Held> held = new ConcurrentLinkedDeque<>();

  /**
   * @param run makes the keys of this load unlike those of another one
   */
  Traffic(String run, int tenants) {
    this.run = run;
    this.tenants = tenants;
  }

  List<String> tenants() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tenants; i++) {
      names.add("t-" + i);
    }
    return names;
  }

  /** The call that gives a tenant its budget. */
  Call define(int tenant) {
    long initial = tenant % SMALL_EVERY == 0 ? SMALL_MICROCENTS : LARGE_MICROCENTS;
    String name = "t-" + tenant;
    String key = "%s-define".formatted(run);
    return new Call(
        "PUT",
        "/api/v1/tenants/" + name,
        key,
        "{\"budget\":{\"initial_microcents\":%d}}".formatted(initial),
        List.of(Books.keyMark(name, key)));
  }

  /** A reservation that was answered; it is settled later, by any connection. */
  void reserved(String tenant, String id, Random random) {
    held.add(new Held(tenant, id));
    if (random.nextInt(12) == 0) {
      held.add(new Held(tenant, id));
    }
  }

  Call next(Random random) {
    long number = numbers.incrementAndGet();
    int dice = random.nextInt(100);
    if (dice < 50) {
      return route(number, random);
    }
    if (dice < 54) {
      return batch(number, random);
    }
    if (dice < 58) {
      return topUp(number, random);
    }
    // Mostly the newest; the rest expires, and some of that is settled late.
    Held next = random.nextInt(4) == 0 ? held.pollFirst() : held.pollLast();
    if (next == null) {
      return route(number, random);
    }
    if (dice < 75) {
      return commit(number, next, random);
    }
    return dice < 87 ? release(number, next, random) : outcome(number, next, random);
  }

  private @Nullable String key(long number, Random random) {
    return random.nextInt(3) == 0 ? null : "%s-%d".formatted(run, number);
  }

  private static String mark(String tenant, @Nullable String key, String otherwise) {
    return key == null ? otherwise : Books.keyMark(tenant, key);
  }

  private Call route(long number, Random random) {
    String tenant = tenant(random);
    String body = routeBody(tenant, number, random);
    String key = key(number, random);
    return new Call(
        "POST",
        "/api/v1/route",
        key,
        body,
        List.of(mark(tenant, key, Books.routeMark(Line.sha256(body.getBytes(UTF_8))))));
  }

  /** Every fifth call goes to one hot tenant. */
  private String tenant(Random random) {
    return "t-" + (random.nextInt(5) == 0 ? HOT : random.nextInt(tenants));
  }

  private static String routeBody(String tenant, long number, Random random) {
    return """
    {"model":"%s","input_tokens":%d,"output_tokens":%d,"max_tokens":%d,\
    "metadata":{"tenant_id":"%s","use_case":"%s","call":%d}}\
    """
        .formatted(
            MODELS.get(random.nextInt(MODELS.size())),
            100 + random.nextInt(4_000),
            random.nextInt(500),
            500 + random.nextInt(1_000),
            tenant,
            USE_CASES.get(random.nextInt(USE_CASES.size())),
            number);
  }

  private Call batch(long number, Random random) {
    String key = "%s-%d".formatted(run, number);
    List<String> items = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (int i = 1 + random.nextInt(BATCH_MAX); i > 0; i--) {
      String tenant = tenant(random);
      marks.add(Books.keyMark(tenant, "%s#%d".formatted(key, items.size())));
      items.add(routeBody(tenant, number, random));
    }
    return new Call(
        "POST",
        "/api/v1/route/batch",
        key,
        "{\"requests\":[%s]}".formatted(String.join(",", items)),
        marks);
  }

  private Call topUp(long number, Random random) {
    String tenant = tenant(random);
    String key = key(number, random);
    long amount = 200_000 + number;
    return new Call(
        "POST",
        "/api/v1/tenants/%s/top-up".formatted(tenant),
        key,
        "{\"amount_microcents\":%d}".formatted(amount),
        List.of(mark(tenant, key, Books.topUpMark(tenant, amount))));
  }

  private Call commit(long number, Held held, Random random) {
    String key = key(number, random);
    long actual = actual(number, random);
    boolean usage = key != null && random.nextBoolean();
    return new Call(
        "POST",
        "/api/v1/reservations/%s/commit".formatted(held.id()),
        key,
        usage
            ? "{\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d}}"
                .formatted(random.nextInt(4_000), random.nextInt(1_000))
            : "{\"actual_cost_microcents\":%d}".formatted(actual),
        List.of(mark(held.tenant(), key, Books.commitMark(held.id(), actual))));
  }

  /** Unlike that of any other call; some are far above what was reserved. */
  private static long actual(long number, Random random) {
    return (random.nextInt(40) == 0 ? 100_000_000 : 0) + 1_000 + number % 200_000;
  }

  private Call release(long number, Held held, Random random) {
    String key = key(number, random);
    String reason = "call %d".formatted(number);
    return new Call(
        "POST",
        "/api/v1/reservations/%s/release".formatted(held.id()),
        key,
        "{\"reason\":\"%s\"}".formatted(reason),
        List.of(mark(held.tenant(), key, Books.releaseMark(held.id(), reason))));
  }

  private Call outcome(long number, Held held, Random random) {
    String key = key(number, random);
    return new Call(
        "POST",
        "/api/v1/outcomes",
        key,
        "{\"decision_id\":\"%s\",\"success\":%s,\"latency_ms\":%d%s}"
            .formatted(
                held.id(),
                random.nextInt(4) != 0,
                number,
                random.nextBoolean()
                    ? ",\"actual_cost_microcents\":%d".formatted(actual(number, random))
                    : ""),
        List.of(mark(held.tenant(), key, Books.outcomeMark(held.id(), number))));
  }
}
