package io.quaestor.chaos.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The books are what an outsider makes of a chain: the hash of each record, every tenant's account,
 * and the one record that each call caused.
 *
 * <p>A call is found again by its mark: its idempotency key or, without one, something in it that
 * no other call has. A mark that is met twice is a call that was done twice.
 */
public final class Books {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NO_HASH = "0".repeat(64);
  private static final String TENANT = "tenant|";

  private final List<String> hashes = new ArrayList<>(List.of(NO_HASH));
  private final List<String> types = new ArrayList<>(List.of(""));
  private final Map<String, Long> entities = new HashMap<>();
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Long> marks = new HashMap<>();

  // ---- marks -----------------------------------------------------------------------------------

  public static String keyMark(String tenant, String key) {
    return "key %s %s".formatted(tenant, key);
  }

  public static String routeMark(String requestSha256) {
    return "route " + requestSha256;
  }

  public static String commitMark(String id, long actual) {
    return "commit %s %d".formatted(id, actual);
  }

  public static String releaseMark(String id, String reason) {
    return "release %s %s".formatted(id, reason);
  }

  public static String outcomeMark(String id, long latencyMillis) {
    return "outcome %s %d".formatted(id, latencyMillis);
  }

  public static String topUpMark(String tenant, long amount) {
    return "top-up %s %d".formatted(tenant, amount);
  }

  // ---- reading ---------------------------------------------------------------------------------

  /** Adds a line of a segment; its hash must be that of its JSON. */
  public void add(Line line) {
    String hash = add(line.json());
    if (!hash.equals(line.hash())) {
      throw new AssertionError("record %d states the hash %s".formatted(records(), line.hash()));
    }
  }

  /** Adds the JSON of the next record, and answers its hash. */
  public String add(byte[] json) {
    JsonNode record = parse(json);
    long seq = record.path("seq").asLong();
    if (seq != hashes.size() || !record.path("prev").asText().equals(hashes.getLast())) {
      throw new AssertionError("record %d does not follow record %d".formatted(seq, records()));
    }
    String hash = Line.sha256(json);
    hashes.add(hash);
    types.add(record.path("type").asText());
    String entity = record.path("entity").asText();
    number(entity, record.path("eseq").asLong());
    if (entity.startsWith(TENANT)) {
      fold(entity.substring(TENANT.length()), types.getLast(), record.path("event"), seq);
    }
    return hash;
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("a record is not JSON", e);
    }
  }

  private void number(String entity, long eseq) {
    long expected = entities.merge(entity, 1L, Long::sum);
    if (eseq != expected) {
      throw new AssertionError("%s has event %d after %d".formatted(entity, eseq, expected - 1));
    }
  }

  private void fold(String tenant, String type, JsonNode event, long seq) {
    accounts.computeIfAbsent(tenant, Account::new).fold(type, event);
    String mark = mark(tenant, type, event);
    Long before = mark == null ? null : marks.put(mark, seq);
    if (before != null) {
      throw new AssertionError("records %d and %d are both '%s'".formatted(before, seq, mark));
    }
  }

  private static @Nullable String mark(String tenant, String type, JsonNode event) {
    JsonNode hold = event.path(event.path("reserved").isObject() ? "reserved" : "refused");
    JsonNode key = (type.equals("DecisionMade") ? hold : event).path("key").path("value");
    if (key.isTextual()) {
      return keyMark(tenant, key.textValue());
    }
    String id = event.path("id").asText();
    return switch (type) {
      case "DecisionMade" -> routeMark(event.path("request_sha256").asText());
      case "Committed" -> commitMark(id, event.path("actual_microcents").asLong());
      case "Released" -> releaseMark(id, event.path("reason").asText());
      case "OutcomeReported" -> outcomeMark(id, event.path("latency_ms").asLong());
      case "ToppedUp" -> topUpMark(tenant, event.path("amount_microcents").asLong());
      default -> null;
    };
  }

  // ---- asking ----------------------------------------------------------------------------------

  /** Number of records. */
  public long records() {
    return hashes.size() - 1L;
  }

  /** The hash of a record, or nothing when there is no such record. */
  public @Nullable String hash(long seq) {
    return seq < 1 || seq > records() ? null : hashes.get(Math.toIntExact(seq));
  }

  /** The type of the last record. */
  public String lastType() {
    return types.getLast();
  }

  /** How many records have a type. */
  public int count(String type) {
    return Collections.frequency(types, type);
  }

  /** The number of the record that a call caused, or null when it caused none. */
  public @Nullable Long find(String mark) {
    return marks.get(mark);
  }

  public Map<String, Account> accounts() {
    return Collections.unmodifiableMap(accounts);
  }

  /** A tenant's account, which is empty before its first record. */
  public Account account(String tenant) {
    Account known = accounts.get(tenant);
    return known == null ? new Account(tenant) : known;
  }
}
