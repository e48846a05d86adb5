package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.http.server.Json;
import io.quaestor.kernel.learning.PriceCourse;
import io.quaestor.kernel.learning.ProvidersDiffer;
import io.quaestor.kernel.learning.Quality;
import io.quaestor.kernel.learning.Recommendation;
import io.quaestor.kernel.learning.Success;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The quality of a tenant's use cases as an operator sees it. */
final class QualityAnswer {

  private QualityAnswer() {}

  static Json.Writer of(String tenant, List<Quality> useCases) {
    return out -> {
      out.writeStartObject();
      out.writeStringField("tenant", tenant);
      out.writeArrayFieldStart("use_cases");
      for (Quality quality : useCases) {
        useCase(out, quality);
      }
      out.writeEndArray();
      out.writeEndObject();
    };
  }

  private static void useCase(JsonGenerator out, Quality quality) throws IOException {
    out.writeStartObject();
    out.writeStringField("catalog", quality.catalog());
    out.writeStringField("use_case", quality.useCase());
    out.writeNumberField("decisions", quality.decisions());
    out.writeNumberField("anomalies", quality.anomalies());
    success(out, quality.success());
    out.writeNumberField("target_bps", quality.targetBps());
    price(out, quality.price());
    course(out, quality.course());
    tiers(out, quality.tiers());
    models(out, quality.models());
    recommendation(out, quality.recommendation());
    warnings(out, quality.warnings());
    out.writeEndObject();
  }

  private static void success(JsonGenerator out, Success success) throws IOException {
    out.writeNumberField("outcomes", success.outcomes());
    out.writeNumberField("effective_outcomes", success.effectiveOutcomes());
    if (success.outcomes() == 0) {
      out.writeNullField("rate_bps");
      out.writeNullField("interval_95_bps");
      return;
    }
    out.writeNumberField("rate_bps", success.rateBps());
    out.writeArrayFieldStart("interval_95_bps");
    out.writeNumber(success.lowBps());
    out.writeNumber(success.highBps());
    out.writeEndArray();
  }

  private static void price(JsonGenerator out, Quality.@Nullable Price price) throws IOException {
    if (price == null) {
      out.writeNullField("price_of_quality");
      return;
    }
    out.writeObjectFieldStart("price_of_quality");
    out.writeNumberField("microcents", price.microcents());
    out.writeStringField("usd", Money.usd(price.microcents()));
    out.writeNumberField("min_microcents", price.minMicrocents());
    out.writeNumberField("max_microcents", price.maxMicrocents());
    out.writeStringField("at_bound", price.bound());
    out.writeNumberField("moves", price.moves());
    out.writeEndObject();
  }

  private static void course(JsonGenerator out, PriceCourse course) throws IOException {
    out.writeArrayFieldStart("price_course");
    for (PriceCourse.Point point : course.points()) {
      out.writePOJO(point);
    }
    out.writeEndArray();
  }

  private static void tiers(JsonGenerator out, List<Quality.OfTier> tiers) throws IOException {
    out.writeArrayFieldStart("tiers");
    for (Quality.OfTier tier : tiers) {
      out.writeStartObject();
      out.writeStringField("tier", tier.tier());
      out.writeObjectField("quality_floor_bps", tier.floorBps());
      success(out, tier.success());
      out.writeObjectFieldStart("drift");
      out.writeNumberField("better_milli", tier.drift().betterMilli());
      out.writeNumberField("worse_milli", tier.drift().worseMilli());
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void models(JsonGenerator out, List<Quality.OfModel> models) throws IOException {
    out.writeArrayFieldStart("models");
    for (Quality.OfModel model : models) {
      out.writeStartObject();
      out.writeStringField("model", model.model());
      out.writeStringField("tier", model.tier());
      out.writeStringField("provider", model.provider());
      success(out, model.success());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  // ---- what follows from it --------------------------------------------------------------------

  private static void recommendation(JsonGenerator out, Recommendation recommendation)
      throws IOException {
    out.writeObjectFieldStart("recommendation");
    switch (recommendation) {
      case Recommendation.Floor floor -> floor(out, floor);
      case Recommendation.NoTierReaches none -> {
        out.writeStringField("status", "no_tier_reaches_the_target");
        out.writeStringField(
            "message", "no tier on offer reaches %d bps".formatted(none.targetBps()));
      }
      case Recommendation.NotEnough few -> {
        out.writeStringField("status", "not_enough_observations");
        out.writeNumberField("observations", few.outcomes());
        out.writeNumberField("needed", Recommendation.OUTCOMES_MIN);
        out.writeStringField(
            "message",
            "not enough observations: %d of %d"
                .formatted(few.outcomes(), Recommendation.OUTCOMES_MIN));
      }
    }
    out.writeEndObject();
  }

  private static void floor(JsonGenerator out, Recommendation.Floor floor) throws IOException {
    out.writeStringField("status", "recommended");
    out.writeStringField("tier", floor.tier());
    out.writeNumberField("quality_floor_bps", floor.floorBps());
    out.writeNumberField("rate_bps", floor.rateBps());
    out.writeNumberField("confidence_bps", floor.confidenceBps());
  }

  private static void warnings(JsonGenerator out, List<ProvidersDiffer> warnings)
      throws IOException {
    out.writeArrayFieldStart("warnings");
    for (ProvidersDiffer warning : warnings) {
      out.writeStartObject();
      out.writeStringField("code", "providers_differ");
      out.writeStringField("tier", warning.tier());
      provider(out, "better", warning.better());
      provider(out, "worse", warning.worse());
      out.writeNumberField("z_milli", warning.zMilli());
      out.writeStringField("message", message(warning));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void provider(JsonGenerator out, String name, ProvidersDiffer.Rate rate)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("provider", rate.provider());
    success(out, rate.success());
    out.writeEndObject();
  }

  private static String message(ProvidersDiffer warning) {
    return "in tier %s %s succeeds at %d bps and %s at %d: more than chance explains"
        .formatted(
            warning.tier(),
            warning.better().provider(),
            warning.better().success().rateBps(),
            warning.worse().provider(),
            warning.worse().success().rateBps());
  }
}
