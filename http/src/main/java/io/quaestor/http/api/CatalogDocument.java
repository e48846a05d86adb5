package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.http.server.ApiError;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.CatalogRules;
import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.event.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A catalog as people write it, in a file or a PUT: prices are decimal strings of USD per million
 * tokens, as vendors list them. See {@code docs/catalog.md}.
 */
public record CatalogDocument(
    @Nullable String name,
    @Nullable String note,
    @Nullable List<String> tiers,
    @Nullable List<@Nullable ModelDocument> models) {

  private static final int TEXT_LENGTH_MAX = 256;
  private static final int NOTE_LENGTH_MAX = 4_096;

  record ModelDocument(
      @Nullable String id,
      @Nullable String provider,
      @Nullable String tier,
      @Nullable String inputUsdPerMillion,
      @Nullable String outputUsdPerMillion,
      @Nullable Integer qualityBps,
      @Nullable Integer p95LatencyMs,
      @Nullable Integer riskCeilingBps,
      @Nullable List<String> capabilities,
      @Nullable List<String> regions,
      @Nullable String pricedOn,
      @Nullable String priceSource,
      @Nullable Boolean enabled) {

    Model model(String at) {
      return new Model(
          required(at + "id", id),
          required(at + "provider", provider),
          required(at + "tier", tier),
          price(at),
          required(at + "quality_bps", qualityBps),
          required(at + "p95_latency_ms", p95LatencyMs),
          Objects.requireNonNullElse(riskCeilingBps, CatalogRules.BPS_MAX),
          names(at + "capabilities", capabilities),
          names(at + "regions", regions),
          Objects.requireNonNullElse(enabled, true),
          Checks.text(at + "priced_on", pricedOn, TEXT_LENGTH_MAX),
          Checks.text(at + "price_source", priceSource, TEXT_LENGTH_MAX));
    }

    /** Both prices or none: a model whose price is unknown may be listed, never chosen. */
    private @Nullable Price price(String at) {
      if (inputUsdPerMillion == null && outputUsdPerMillion == null) {
        return null;
      }
      String input = at + "input_usd_per_million";
      String output = at + "output_usd_per_million";
      return new Price(
          Money.microcents(input, required(input, inputUsdPerMillion)),
          Money.microcents(output, required(output, outputUsdPerMillion)));
    }

    private static List<String> names(String param, @Nullable List<String> names) {
      Checks.names(param, names, CatalogRules.NAMES_MAX);
      return Objects.requireNonNullElse(names, List.of());
    }
  }

  /**
   * The catalog that this document states.
   *
   * @param named the name in the call's path; a name in the document must agree with it
   * @throws ApiError.Thrown naming the first member that is wrong
   */
  public Catalog catalog(@Nullable String named) {
    List<Model> all = new ArrayList<>();
    List<@Nullable ModelDocument> documents = required("models", models);
    for (int i = 0; i < documents.size(); i++) {
      String at = "models[%d]".formatted(i);
      all.add(required(at, documents.get(i)).model(at + "."));
    }
    Catalog catalog =
        new Catalog(
            agreedName(named, name),
            Checks.text("note", note, NOTE_LENGTH_MAX),
            names(required("tiers", tiers)),
            all);
    CatalogRules.Fault fault = CatalogRules.check(catalog);
    if (fault != null) {
      throw ApiError.invalid(
              "invalid_value", fault.param(), "'%s': %s.".formatted(fault.param(), fault.message()))
          .thrown();
    }
    return catalog;
  }

  private static List<String> names(List<String> tiers) {
    Checks.names("tiers", tiers, CatalogRules.NAMES_MAX);
    return tiers;
  }

  static String agreedName(@Nullable String named, @Nullable String name) {
    if (named != null && name != null && !named.equals(name)) {
      throw ApiError.invalid(
              "invalid_value",
              "name",
              "The document is named '%s', but the path says '%s'.".formatted(name, named))
          .thrown();
    }
    return required("name", named != null ? named : name);
  }

  static <T> T required(String param, @Nullable T value) {
    if (value == null) {
      throw ApiError.invalid("missing_member", param, "Member '%s' is required.".formatted(param))
          .thrown();
    }
    return value;
  }

  static void write(JsonGenerator out, CompiledCatalog compiled) throws IOException {
    Catalog catalog = compiled.catalog();
    out.writeStringField("name", catalog.name());
    if (catalog.note() != null) {
      out.writeStringField("note", catalog.note());
    }
    out.writeObjectField("tiers", catalog.tiers());
    out.writeArrayFieldStart("models");
    for (Model model : catalog.models()) {
      out.writePOJO(document(model));
    }
    out.writeEndArray();
  }

  private static ModelDocument document(Model model) {
    Price price = model.price();
    return new ModelDocument(
        model.id(),
        model.provider(),
        model.tier(),
        price == null ? null : Money.usd(price.inputMicrocentsPerMillion()),
        price == null ? null : Money.usd(price.outputMicrocentsPerMillion()),
        model.qualityBps(),
        model.p95LatencyMs(),
        model.riskCeilingBps(),
        model.capabilities(),
        model.regions(),
        model.pricedOn(),
        model.priceSource(),
        model.enabled());
  }
}
