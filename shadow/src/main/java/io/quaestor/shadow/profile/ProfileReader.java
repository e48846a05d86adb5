package io.quaestor.shadow.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import io.quaestor.http.api.CatalogDocument;
import io.quaestor.http.api.PolicyDocument;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Json;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.CatalogRules;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.BadInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the settings of a profile into a profile, or says which of them is wrong. */
final class ProfileReader {

  /** What a policy leaves out is as in the policy that a new node begins with. */
  private static final String BUILT_IN_POLICY = "quaestor/policy.json";

  private static final List<Integer> TARGETS_PERCENT = List.of(30, 50, 70, 90);
  private static final int ABOUT_LENGTH_MAX = 1_000;

  private final String name;
  private final Settings settings;
  private final Config policyDefaults;

  private ProfileReader(String name, Config config) {
    this.name = name;
    this.settings = Settings.of(name, config.root());
    this.policyDefaults =
        ConfigFactory.parseResources(
            ProfileReader.class.getClassLoader(),
            BUILT_IN_POLICY,
            ConfigParseOptions.defaults().setAllowMissing(false));
  }

  static Profile read(String name, Config config) {
    return new ProfileReader(name, config).profile();
  }

  private Profile profile() {
    String set = settings.text("set");
    if (!CatalogRules.isName(set)) {
      throw settings.bad(
          "set", "must be 1 to 128 letters, digits and . _ : @ -, beginning with a letter.");
    }
    Catalog catalog = catalog(set);
    Layout.Kind kind = settings.section("results").oneOf("layout", Layout.Kind.values(), null);
    Profile profile =
        new Profile(
            set,
            about(),
            Source.read(settings.section("source")),
            Request.read(settings.section("request")),
            new LayoutReader(catalog).read(kind, settings.section("results")),
            positive(kind),
            targets(),
            baseline(catalog),
            catalog,
            policy(set));
    settings.done();
    new AheadCheck(settings).check(profile);
    checkPositive(profile);
    return profile;
  }

  private String about() {
    String about = settings.text("about", "");
    if (about.length() > ABOUT_LENGTH_MAX) {
      throw settings.bad("about", "must have at most %,d characters.".formatted(ABOUT_LENGTH_MAX));
    }
    return about;
  }

  private Catalog catalog(String set) {
    byte[] json = settings.json("catalog").getBytes(UTF_8);
    Catalog catalog =
        document("catalog", () -> Json.read(json, CatalogDocument.class).catalog(set));
    for (Model model : catalog.models()) {
      if (model.price() == null) {
        throw settings.bad(
            "catalog",
            "has no price for model '%s'; give input_usd_per_million and output_usd_per_million."
                .formatted(model.id()));
      }
    }
    return catalog;
  }

  private Policy policy(String set) {
    byte[] json =
        (settings.has("policy") ? merged() : policyDefaults.withoutPath("name"))
            .root()
            .render(ConfigRenderOptions.concise())
            .getBytes(UTF_8);
    return document("policy", () -> Json.read(json, PolicyDocument.class).policy(set));
  }

  private Config merged() {
    return ConfigFactory.parseString(settings.json("policy"))
        .withFallback(
            // Targets of use cases by the same names as the server's would win over the profile's.
            policyDefaults.withoutPath("name").withoutPath("learning.use_cases"));
  }

  /** The document's own reader finds its faults, as for a call that brings it. */
  private <T> T document(String setting, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (ApiError.Thrown e) {
      throw settings.bad(setting, "is not a valid document: " + e.error().message());
    }
  }

  private @Nullable Positive positive(Layout.Kind kind) {
    return settings.has("positive")
        ? Positive.read(settings.section("positive"), kind == Layout.Kind.PREDICTED)
        : null;
  }

  private void checkPositive(Profile profile) {
    if (profile.positive() != null
        && profile.layout() instanceof Layout.Predicted(Predictors predictors)
        && predictors.label() instanceof Predictors.Label.Value) {
      throw settings.bad("positive", "needs a label of classes, not one of numbers.");
    }
  }

  private List<Integer> targets() {
    if (!settings.has("targets")) {
      return TARGETS_PERCENT;
    }
    List<Integer> targets = new ArrayList<>();
    for (String text : settings.texts("targets")) {
      if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 100) {
        throw settings.bad(
            "targets",
            "must be whole percents from 0 to 100, got %s.".formatted(BadInput.shown(text)));
      }
      targets.add(Integer.parseInt(text));
    }
    return List.copyOf(targets);
  }

  private String baseline(Catalog catalog) {
    Set<String> models = new HashSet<>();
    catalog.models().forEach(model -> models.add(model.id()));
    String given = settings.textOrNull("baseline");
    if (given != null && !models.contains(given)) {
      throw settings.bad(
          "baseline", "must be a model of the catalog, got %s.".formatted(BadInput.shown(given)));
    }
    return given != null
        ? given
        : catalog.models().stream()
            .max(Comparator.comparingLong(ProfileReader::priceOfBoth))
            .orElseThrow()
            .id();
  }

  private static long priceOfBoth(Model model) {
    Price price = Objects.requireNonNull(model.price());
    return price.inputMicrocentsPerMillion() + price.outputMicrocentsPerMillion();
  }

  @Override
  public String toString() {
    return "Profile " + name;
  }
}
