package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.kernel.event.Event;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The members of an answer that say what learning had to do with it. */
final class LearningAnswer {

  private LearningAnswer() {}

  /** Null under a policy that does not learn: nobody looked. */
  static void decision(JsonGenerator out, Event.DecisionMade decision) throws IOException {
    Event.Learned learned = decision.learned();
    out.writeObjectField("regime", decision.regime());
    if (learned == null) {
      out.writeNullField("anomaly");
      out.writeNullField("learned");
      return;
    }
    anomaly(out, learned.anomaly());
    Money.write(out, "price_of_quality", learned.priceMicrocents());
    out.writeObjectFieldStart("learned");
    out.writeNumberField("position", learned.position());
    if (learned.poll() != null) {
      poll(out, learned.poll());
    }
    out.writeEndObject();
  }

  private static void anomaly(JsonGenerator out, Event.@Nullable Anomaly anomaly)
      throws IOException {
    out.writeBooleanField("anomaly", anomaly != null);
    if (anomaly != null) {
      out.writeObjectFieldStart("anomaly_detail");
      out.writeStringField("trait", anomaly.trait());
      out.writeNumberField("z_milli", anomaly.zMilli());
      out.writeEndObject();
    }
  }

  private static void poll(JsonGenerator out, Event.Poll poll) throws IOException {
    out.writeNumberField("version", poll.version());
    // All 64 bits count, and many readers of JSON keep only 53 of a number.
    out.writeStringField("seed", Long.toString(poll.seed()));
    out.writeNumberField("draw", poll.draw());
    out.writeArrayFieldStart("votes");
    for (Event.Ballot ballot : poll.ballots()) {
      out.writeStartObject();
      out.writeStringField("tier", ballot.tier());
      out.writeNumberField("rate_bps", ballot.rateBps());
      out.writeNumberField("expense_microcents", ballot.expenseMicrocents());
      out.writeNumberField("votes", ballot.votes());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static void outcome(JsonGenerator out, Event.@Nullable Lesson lesson) throws IOException {
    out.writeBooleanField("learned", lesson != null);
    if (lesson != null) {
      out.writeNumberField("learned_score_bps", lesson.scoreBps());
    }
    if (lesson != null && lesson.price() != null) {
      Money.write(out, "price_of_quality", lesson.price().microcents());
    }
  }
}
