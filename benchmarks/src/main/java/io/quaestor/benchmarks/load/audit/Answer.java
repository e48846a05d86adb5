package io.quaestor.benchmarks.load.audit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the server's answers that the audit needs; a missing one is an error. */
public final class Answer {

  /** Other members are skipped, since an answer may say more. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private static final ObjectReader DECISION = JSON.readerFor(Decision.class);
  private static final ObjectReader SETTLEMENT = JSON.readerFor(Settlement.class);
  private static final ObjectReader OUTCOME = JSON.readerFor(Outcome.class);
  private static final ObjectReader TENANT = JSON.readerFor(Tenant.class);
  private static final ObjectReader ERROR = JSON.readerFor(Envelope.class);
  private static final ObjectReader BATCH = JSON.readerFor(Batch.class);

  private Answer() {}

  public record Seal(long seq, String hash) {}

  public record Reservation(String id, long amountMicrocents, String expiresAt) {
    public Instant expires() {
      return Instant.parse(expiresAt);
    }
  }

  public record Decision(
      String decisionId,
      String tenant,
      String action,
      String reason,
      @Nullable Reservation reservation,
      Money budget,
      Seal seal) {
    public boolean rejected() {
      return action.equals("reject");
    }
  }

  /** A commit or a release. Which of the amounts is set tells which. */
  public record Settlement(
      String decisionId,
      String status,
      @Nullable Long reservedMicrocents,
      @Nullable Long actualCostMicrocents,
      @Nullable Boolean late,
      @Nullable Long releasedMicrocents,
      Money budget,
      Seal seal) {}

  public record OutcomeSettlement(
      String status, long reservedMicrocents, long actualCostMicrocents, boolean late) {}

  public record Outcome(
      String decisionId,
      @Nullable OutcomeSettlement reservation,
      @Nullable Money budget,
      Seal seal) {}

  /** A tenant as it is asked for, defined or topped up; only changes have a seal. */
  public record Tenant(
      String tenant,
      Money budget,
      @Nullable Long amountMicrocents,
      @Nullable Long openReservations,
      @Nullable Seal seal) {}

  public record Failure(String code, String message) {}

  private record Envelope(Failure error) {}

  private record Batch(List<JsonNode> decisions) {}

  public static Decision decision(byte[] body) throws IOException {
    return DECISION.readValue(body);
  }

  public static Settlement settlement(byte[] body) throws IOException {
    return SETTLEMENT.readValue(body);
  }

  public static Outcome outcome(byte[] body) throws IOException {
    return OUTCOME.readValue(body);
  }

  public static Tenant tenant(byte[] body) throws IOException {
    return TENANT.readValue(body);
  }

  public static Failure error(byte[] body) throws IOException {
    return ERROR.<Envelope>readValue(body).error();
  }

  /** The entries of a batch, each a {@link Decision} or an {@link Failure}. */
  public static List<Object> batch(byte[] body) throws IOException {
    List<Object> entries = new java.util.ArrayList<>();
    for (JsonNode entry : BATCH.<Batch>readValue(body).decisions()) {
      entries.add(
          entry.has("error")
              ? ERROR.<Envelope>readValue(entry).error()
              : DECISION.<Decision>readValue(entry));
    }
    return entries;
  }
}
