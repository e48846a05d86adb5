package io.quaestor.benchmarks.load;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.benchmarks.load.audit.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a decision afterwards: reported, committed, released, or left open. A function of
 * the seed and the number of the decision that was asked for.
 */
final class Fates {

  private static final double COMMIT_PERCENT = 20; // of the decisions without an outcome
  private static final double RELEASE_PERCENT = 15;
  private static final double RACE_PERCENT = 2;
  private static final double OUTCOME_OF_REJECTED_PERCENT = 2;
  private static final double USAGE_PERCENT = 30;
  private static final double COST_PERCENT = 30;
  private static final double OVERRUN_PERCENT = 25; // of the costs
  private static final double SCORE_PERCENT = 30;
  private static final double LATENCY_PERCENT = 50;
  private static final double KEY_PERCENT = 10;
  private static final double REPEAT_PERCENT = 30;
  private static final double SUCCESS_PERCENT = 85;
  private static final double OVERRUN_FACTOR_MAX = 3;

  private static final int DELAY_REQUESTS_MAX = 2_000;
  private static final int DELAY_EXPIRING_REQUESTS_MAX = 20_000;

  private static final Set<String> NONE = Set.of();
  private static final Set<String> EXPIRED = Set.of("409 reservation_expired");
  private static final Set<String> ENDED_OTHERWISE =
      Set.of("409 already_committed", "409 already_released", "409 reservation_expired");

  /**
   * A call about a decision.
   *
   * @param delayRequests how many requests of the run lie between the decision and this call
   * @param repeatDelayRequests when set, it is sent again that much later under its key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record FollowUp(
      Exchange.Kind kind,
      String path,
      byte[] body,
      @Nullable String key,
      int delayRequests,
      @Nullable Integer repeatDelayRequests,
      Set<String> mayFail,
      boolean mustFail) {

    FollowUp after(int requests) {
      return new FollowUp(kind, path, body, key, requests, repeatDelayRequests, mayFail, mustFail);
    }
  }

  private final long seed;
  private final double outcomePercent;
  private final boolean expiring;

  /**
   * @param expiring reservations may expire before they are settled: then a release comes too late
   */
  Fates(long seed, double outcomePercent, boolean expiring) {
    this.seed = seed;
    this.outcomePercent = outcomePercent;
    this.expiring = expiring;
  }

  List<FollowUp> of(Planned.Ask ask, Answer.Decision decision) {
    Draws draws = Draws.of(seed, Draws.Purpose.FATE, ask.number());
    List<FollowUp> calls = new ArrayList<>(2);
    Answer.Reservation reservation = decision.reservation();
    if (reservation == null) {
      if (draws.percent(OUTCOME_OF_REJECTED_PERCENT)) {
        calls.add(outcomeOfRejected(decision, draws));
      }
    } else if (draws.percent(outcomePercent)) {
      calls.add(outcome(ask, decision, reservation.amountMicrocents(), draws));
    } else {
      settle(ask, reservation, draws, calls);
    }
    return expiring ? calls.stream().map(Fates::later).toList() : calls;
  }

  /** So much later that many reservations have expired by then. */
  private static FollowUp later(FollowUp call) {
    return call.after(call.delayRequests() * (DELAY_EXPIRING_REQUESTS_MAX / DELAY_REQUESTS_MAX));
  }

  private static FollowUp outcomeOfRejected(Answer.Decision decision, Draws draws) {
    byte[] body =
        Workload.json(
            out -> {
              out.writeStartObject();
              out.writeStringField("decision_id", decision.decisionId());
              out.writeBooleanField("success", true);
              out.writeEndObject();
            });
    return new FollowUp(
        Exchange.Kind.OUTCOME,
        "/api/v1/outcomes",
        body,
        null,
        draws.between(0, DELAY_REQUESTS_MAX),
        null,
        Set.of("409 decision_rejected"),
        true);
  }

  private static FollowUp outcome(
      Planned.Ask ask, Answer.Decision decision, long reserved, Draws draws) {
    byte[] body =
        Workload.json(
            out -> {
              out.writeStartObject();
              out.writeStringField("decision_id", decision.decisionId());
              if (draws.percent(SCORE_PERCENT)) {
                out.writeNumberField("score_bps", draws.between(0, 10_000));
              } else {
                out.writeBooleanField("success", draws.percent(SUCCESS_PERCENT));
              }
              double percent = draws.unit() * 100;
              if (percent < USAGE_PERCENT) {
                usage(out, ask.size());
              } else if (percent < USAGE_PERCENT + COST_PERCENT) {
                out.writeNumberField("actual_cost_microcents", cost(reserved, draws));
              }
              if (draws.percent(LATENCY_PERCENT)) {
                out.writeNumberField("latency_ms", draws.between(50, 30_000));
              }
              out.writeEndObject();
            });
    return keyed(
        Exchange.Kind.OUTCOME, "/api/v1/outcomes", body, "outcome-" + ask.number(), draws, NONE);
  }

  /** A commit, a release, both at once (exactly one may win), or nothing. */
  private void settle(
      Planned.Ask ask, Answer.Reservation reservation, Draws draws, List<FollowUp> calls) {
    double percent = draws.unit() * 100;
    if (percent < COMMIT_PERCENT) {
      calls.add(commit(ask, reservation, draws, NONE));
    } else if (percent < COMMIT_PERCENT + RELEASE_PERCENT) {
      calls.add(release(ask, reservation, draws, expiring ? EXPIRED : NONE));
    } else if (percent < COMMIT_PERCENT + RELEASE_PERCENT + RACE_PERCENT) {
      FollowUp commit = commit(ask, reservation, draws, ENDED_OTHERWISE);
      FollowUp release = release(ask, reservation, draws, ENDED_OTHERWISE);
      calls.add(commit);
      calls.add(release.after(commit.delayRequests));
    }
  }

  private static FollowUp commit(
      Planned.Ask ask, Answer.Reservation reservation, Draws draws, Set<String> mayFail) {
    byte[] body =
        Workload.json(
            out -> {
              out.writeStartObject();
              if (draws.percent(50)) {
                usage(out, ask.size());
              } else {
                out.writeNumberField(
                    "actual_cost_microcents", cost(reservation.amountMicrocents(), draws));
              }
              out.writeEndObject();
            });
    String path = "/api/v1/reservations/" + reservation.id() + "/commit";
    return keyed(Exchange.Kind.COMMIT, path, body, "commit-" + ask.number(), draws, mayFail);
  }

  private static FollowUp release(
      Planned.Ask ask, Answer.Reservation reservation, Draws draws, Set<String> mayFail) {
    byte[] body =
        Workload.json(
            out -> {
              out.writeStartObject();
              out.writeStringField("reason", "not sent");
              out.writeEndObject();
            });
    String path = "/api/v1/reservations/" + reservation.id() + "/release";
    return keyed(Exchange.Kind.RELEASE, path, body, "release-" + ask.number(), draws, mayFail);
  }

  private static FollowUp keyed(
      Exchange.Kind kind, String path, byte[] body, String key, Draws draws, Set<String> mayFail) {
    boolean keyed = draws.percent(KEY_PERCENT);
    Integer repeat =
        keyed && draws.percent(REPEAT_PERCENT)
            ? Integer.valueOf(draws.percent(50) ? 0 : draws.between(1, DELAY_REQUESTS_MAX))
            : null;
    return new FollowUp(
        kind,
        path,
        body,
        keyed ? key : null,
        draws.between(0, DELAY_REQUESTS_MAX),
        repeat,
        mayFail,
        false);
  }

  private static void usage(JsonGenerator out, Sizes.Size size) throws IOException {
    out.writeObjectFieldStart("usage");
    out.writeNumberField("input_tokens", size.inputTokens());
    out.writeNumberField("output_tokens", size.outputTokens());
    out.writeEndObject();
  }

  private static long cost(long reserved, Draws draws) {
    return draws.percent(OVERRUN_PERCENT)
        ? reserved + 1 + (long) (reserved * (OVERRUN_FACTOR_MAX - 1) * draws.unit())
        : draws.between(0L, reserved);
  }
}
