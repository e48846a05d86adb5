package io.quaestor.benchmarks.load.audit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes records as the chain's format says, by hand. */
final class TestChain {

  static final String BUDGET =
      "{\"initial_microcents\":%d,\"remaining_microcents\":%d,\"reserved_microcents\":%d,"
          + "\"committed_microcents\":%d}";

  private final List<String> lines = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();
  private String head = "0".repeat(64);
  private long eseq;

  static String budget(long initial, long remaining, long reserved, long committed) {
    return BUDGET.formatted(initial, remaining, reserved, committed);
  }

  TestChain defined(long reservedMax, String budget) {
    return add(
        "TenantDefined",
        "{\"tenant\":\"a\",\"mode\":\"ENFORCE\",\"reserved_max_microcents\":%d,\"budget\":%s}"
            .formatted(reservedMax, budget));
  }

  /** Tenant a with 100 microcents and no cap. */
  TestChain begun() {
    return defined(Long.MAX_VALUE, budget(100, 100, 0, 0));
  }

  TestChain toppedUp(long amount, String budget) {
    return add(
        "ToppedUp",
        "{\"tenant\":\"a\",\"amount_microcents\":%d,\"budget\":%s}".formatted(amount, budget));
  }

  TestChain reserved(String id, long amount, String budget) {
    return add(
        "DecisionMade",
        ("{\"reserved\":{\"tenant\":\"a\",\"id\":\"%s\",\"amount_microcents\":%d,\"budget\":%s},"
                + "\"action\":\"substitute\",\"frontier\":[{\"model\":\"m\"}]}")
            .formatted(id, amount, budget));
  }

  TestChain refused(String id, String budget) {
    return add(
        "DecisionMade",
        "{\"refused\":{\"tenant\":\"a\",\"id\":\"%s\",\"budget\":%s},\"action\":\"reject\"}"
            .formatted(id, budget));
  }

  TestChain committed(String id, long reserved, long actual, boolean late, String budget) {
    return add("Committed", commit(id, reserved, actual, late, budget));
  }

  TestChain reported(String id, long reserved, long actual, String budget) {
    return add(
        "OutcomeReported",
        "{\"tenant\":\"a\",\"id\":\"%s\",\"success\":true,\"committed\":%s}"
            .formatted(id, commit(id, reserved, actual, false, budget)));
  }

  TestChain released(String id, long amount, String budget) {
    return add(
        "Released",
        "{\"tenant\":\"a\",\"id\":\"%s\",\"amount_microcents\":%d,\"budget\":%s}"
            .formatted(id, amount, budget));
  }

  TestChain expired(String id, long amount, String budget) {
    return add(
        "Expired",
        "{\"tenant\":\"a\",\"id\":\"%s\",\"amount_microcents\":%d,\"budget\":%s}"
            .formatted(id, amount, budget));
  }

  private static String commit(String id, long reserved, long actual, boolean late, String budget) {
    return ("{\"tenant\":\"a\",\"id\":\"%s\",\"reserved_microcents\":%d,\"actual_microcents\":%d,"
            + "\"overrun\":%b,\"late\":%b,\"budget\":%s}")
        .formatted(id, reserved, actual, actual > reserved, late, budget);
  }

  TestChain add(String type, String event) {
    eseq++;
    return line("tenant|a", eseq, type, event);
  }

  TestChain node() {
    return line("node|node-1", 1, "NodeStarted", "{\"version\":\"1\"}");
  }

  private TestChain line(String entity, long number, String type, String event) {
    String line =
        ("{\"prev\":\"%s\",\"seq\":%d,\"v\":1,\"node\":\"node-1\","
                + "\"at\":\"2026-11-23T08:00:00.123456Z\",\"entity\":\"%s\",\"eseq\":%d,"
                + "\"type\":\"%s\",\"event\":%s}")
            .formatted(head, lines.size(), entity, number, type, event);
    lines.add(line);
    head = sha256(line);
    hashes.add(head);
    return this;
  }

  /** Another record stands at this place, with nothing else changed. */
  TestChain replaced(int at, String from, String to) {
    lines.set(at, lines.get(at).replace(from, to));
    return this;
  }

  TestChain without(int at) {
    lines.remove(at);
    return this;
  }

  String hash(int at) {
    return hashes.get(at);
  }

  InputStream export() {
    String all = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    return new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
