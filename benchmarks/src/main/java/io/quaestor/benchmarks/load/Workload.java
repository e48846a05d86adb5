package io.quaestor.benchmarks.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a run: a pure function of the seed and a call's number. Same seed, same bytes.
 *
 * <p>The shares below are chosen so that every path of the server is taken often enough to be
 * audited; only sizes and prompts are measured ones.
 */
final class Workload {

  private static final double BATCH_PERCENT = 3;
  private static final double WRONG_PERCENT = 0.5;
  private static final double KEY_PERCENT = 10;
  private static final double REPEAT_AT_ONCE_PERCENT = 15;
  private static final double REPEAT_LATER_PERCENT = 15;
  private static final double OTHER_BODY_PERCENT = 5;
  private static final double AUTO_PERCENT = 40;
  private static final double PROMPT_PERCENT = 25;
  private static final double EXPECTED_OUTPUT_PERCENT = 30;
  private static final double MAX_TOKENS_PERCENT = 25;
  private static final double RARE_PERCENT = 4;
  private static final double EXTREME_PERCENT = 0.3;

  private static final int BATCH_MIN = 2;
  private static final int BATCH_MAX = 16;
  private static final int RISK_EXTREME_BPS = 9_800;
  private static final int CONFIDENCE_EXTREME_BPS = 200;
  private static final int NUMBERS_PER_CALL = 64; // so that the items of a batch have their own

  private static final List<String> USE_CASES =
      List.of(
          "support",
          "chat",
          "coding",
          "summarization",
          "extraction",
          "analysis",
          "compliance",
          "security");

  private static final JsonFactory JSON = new JsonFactory();

  private final long seed;
  private final Fleet fleet;
  private final Offer offer;
  private final Sizes sizes;
  private final Prompts prompts;

  Workload(long seed, Fleet fleet, Offer offer, Sizes sizes, Prompts prompts) {
    this.seed = seed;
    this.fleet = fleet;
    this.offer = offer;
    this.sizes = sizes;
    this.prompts = prompts;
  }

  /** Call {@code number} of the run. */
  Planned call(long number) {
    Draws draws = Draws.of(seed, Draws.Purpose.REQUEST, number);
    if (draws.percent(WRONG_PERCENT)) {
      return wrong(draws);
    }
    if (draws.percent(BATCH_PERCENT)) {
      return batch(number, draws);
    }
    Drafted drafted = new Drafted(fleet.draw(draws).name(), sizes.draw(draws));
    byte[] body = json(out -> route(out, drafted, draws));
    String key = key(number, draws);
    return new Planned.Route(
        new Planned.Ask(number * NUMBERS_PER_CALL, drafted.tenant, drafted.size),
        body,
        key,
        repetition(key, draws));
  }

  private record Drafted(String tenant, Sizes.Size size) {}

  private Planned batch(long number, Draws draws) {
    List<Planned.Ask> asks = new ArrayList<>();
    byte[] body =
        json(
            out -> {
              out.writeStartObject();
              out.writeArrayFieldStart("requests");
              int count = draws.between(BATCH_MIN, BATCH_MAX);
              for (int i = 0; i < count; i++) {
                Drafted drafted = new Drafted(fleet.draw(draws).name(), sizes.draw(draws));
                route(out, drafted, draws);
                asks.add(
                    new Planned.Ask(number * NUMBERS_PER_CALL + i, drafted.tenant, drafted.size));
              }
              out.writeEndArray();
              out.writeEndObject();
            });
    String key = key(number, draws);
    Planned.Repetition repetition = repetition(key, draws);
    return new Planned.Batch(asks, body, key, repetition);
  }

  private static @Nullable String key(long number, Draws draws) {
    return draws.percent(KEY_PERCENT) ? "call-" + number : null;
  }

  private static Planned.Repetition repetition(@Nullable String key, Draws draws) {
    double percent = draws.unit() * 100;
    if (key == null
        || percent >= REPEAT_AT_ONCE_PERCENT + REPEAT_LATER_PERCENT + OTHER_BODY_PERCENT) {
      return Planned.Repetition.NONE;
    }
    if (percent < REPEAT_AT_ONCE_PERCENT) {
      return Planned.Repetition.AT_ONCE;
    }
    return percent < REPEAT_AT_ONCE_PERCENT + REPEAT_LATER_PERCENT
        ? Planned.Repetition.LATER
        : Planned.Repetition.OTHER_BODY;
  }

  // ---- one route request -----------------------------------------------------------------------

  private void route(JsonGenerator out, Drafted drafted, Draws draws) throws IOException {
    Sizes.Size size = drafted.size;
    out.writeStartObject();
    out.writeStringField(
        "model", draws.percent(AUTO_PERCENT) ? "auto" : draws.oneOf(offer.models()));
    if (draws.percent(PROMPT_PERCENT)) {
      out.writeStringField("prompt", prompts.draw(draws));
    } else {
      out.writeNumberField("input_tokens", size.inputTokens());
    }
    if (draws.percent(EXPECTED_OUTPUT_PERCENT)) {
      out.writeNumberField("output_tokens", size.outputTokens());
    }
    if (draws.percent(MAX_TOKENS_PERCENT)) {
      out.writeNumberField("max_tokens", size.outputTokens() + draws.between(0, 1_000));
    }
    rare(out, draws);
    out.writeObjectFieldStart("metadata");
    out.writeStringField("tenant_id", drafted.tenant);
    if (!draws.percent(RARE_PERCENT)) {
      out.writeStringField("use_case", draws.oneOf(USE_CASES));
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void rare(JsonGenerator out, Draws draws) throws IOException {
    if (draws.percent(RARE_PERCENT)) {
      out.writeNumberField("quality_floor_bps", draws.between(0, 9_999));
    }
    if (draws.percent(RARE_PERCENT)) {
      out.writeNumberField("max_latency_ms", draws.between(2_000, 20_000));
    }
    if (draws.percent(RARE_PERCENT)) {
      names(out, "capabilities", draws.oneOf(offer.capabilities()));
    }
    if (draws.percent(RARE_PERCENT)) {
      names(out, "providers", draws.oneOf(offer.providers()));
    }
    if (draws.percent(RARE_PERCENT)) {
      out.writeStringField("region", draws.oneOf(offer.regions()));
    }
    if (draws.percent(RARE_PERCENT)) {
      out.writeNumberField("business_value_microcents", draws.between(0L, 1_000_000_000L));
    }
    if (draws.percent(EXTREME_PERCENT)) {
      out.writeNumberField("risk_bps", RISK_EXTREME_BPS);
    }
    if (draws.percent(EXTREME_PERCENT)) {
      out.writeNumberField("confidence_bps", CONFIDENCE_EXTREME_BPS);
    }
  }

  private static void names(JsonGenerator out, String member, String name) throws IOException {
    out.writeArrayFieldStart(member);
    out.writeString(name);
    out.writeEndArray();
  }

  // ---- wrong calls -----------------------------------------------------------------------------

  private static final List<Planned.Wrong> WRONG =
      List.of(
          wrong("/api/v1/route", "{\"input_tokens\":1,\"tokens\":1}", "400 unknown_member"),
          wrong("/api/v1/route", "{\"input_tokens\":-1}", "400 out_of_range"),
          wrong("/api/v1/route", "{\"input_tokens\":1.5}", "400 invalid_value"),
          wrong("/api/v1/route", "{\"model\":\"auto\"}", "400 missing_member"),
          wrong("/api/v1/route", "{\"input_tokens\":1", "400 invalid_json"),
          wrong("/api/v1/route/batch", "{\"requests\":[]}", "400 out_of_range"),
          wrong(
              "/api/v1/outcomes",
              "{\"decision_id\":\"never-made\",\"success\":true}",
              "404 unknown_decision"),
          wrong(
              "/api/v1/reservations/never-made/commit",
              "{\"actual_cost_microcents\":1}",
              "404 unknown_reservation"),
          wrong("/api/v1/reservations/never-made/release", "{}", "404 unknown_reservation"),
          wrong("/api/v1/no-such-call", "{}", "404 not_found"));

  private static Planned.Wrong wrong(String path, String body, String error) {
    return new Planned.Wrong(
        path, body.getBytes(java.nio.charset.StandardCharsets.US_ASCII), error);
  }

  private static Planned wrong(Draws draws) {
    return draws.oneOf(WRONG);
  }

  // ---- JSON ------------------------------------------------------------------------------------

  /** Writes a value member by member. */
  interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] json(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
