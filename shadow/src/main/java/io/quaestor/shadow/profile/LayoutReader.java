package io.quaestor.shadow.profile;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.shadow.BadInput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the layout of the results, and holds it against the catalog: both name the same models. */
final class LayoutReader {

  private static final BigDecimal SCORE_MAX_MOST = BigDecimal.valueOf(1_000_000);

  private final List<String> models;

  LayoutReader(Catalog catalog) {
    this.models = catalog.models().stream().map(Model::id).toList();
  }

  Layout read(Layout.Kind kind, Settings settings) {
    String unused = settings.text("layout");
    Layout layout =
        switch (kind) {
          case WIDE -> wide(settings);
          case LONG -> longRows(settings);
          case PREDICTED -> predicted(settings);
        };
    settings.done();
    return layout;
  }

  private Layout wide(Settings settings) {
    List<Layout.WideRows.Candidate> candidates = new ArrayList<>();
    settings
        .sections("candidates")
        .forEach((model, each) -> candidates.add(candidate(model, each)));
    return new Layout.WideRows(
        inOrder(settings, candidates, Layout.WideRows.Candidate::model), scoreMax(settings));
  }

  private static Layout.WideRows.Candidate candidate(String model, Settings settings) {
    Layout.WideRows.Candidate candidate =
        new Layout.WideRows.Candidate(
            model,
            List.copyOf(settings.texts("score")),
            Cost.read(settings, "cost"),
            settings.textOrNull("prediction"));
    settings.done();
    return candidate;
  }

  private Layout longRows(Settings settings) {
    Map<String, String> names =
        settings.has("models") ? settings.table("models", this::model) : Map.of();
    return new Layout.LongRows(
        settings.text("candidate"),
        settings.text("score"),
        scoreMax(settings),
        Cost.read(settings, "cost"),
        names,
        settings.textOrNull("prediction"));
  }

  private String model(Settings.Row row) {
    String model = row.table().text(row.name());
    if (!models.contains(model)) {
      throw row.table()
          .bad(
              row.name(),
              "must be a model of the catalog, got %s.".formatted(BadInput.shown(model)));
    }
    return model;
  }

  private Layout predicted(Settings settings) {
    Predictors read = Predictors.read(settings);
    if (read.numbers().isEmpty() && read.logs().isEmpty() && read.categories().isEmpty()) {
      throw settings.bad(
          "numbers", "or 'logs' or 'categories' must name columns that the predictors see.");
    }
    return new Layout.Predicted(
        new Predictors(
            read.label(),
            List.copyOf(read.numbers()),
            List.copyOf(read.logs()),
            List.copyOf(read.categories()),
            read.fit(),
            inOrder(settings, read.candidates(), Predictors.Candidate::model)));
  }

  private static BigDecimal scoreMax(Settings settings) {
    return settings.has("score_max")
        ? settings.decimal("score_max", new BigDecimal("0.001"), SCORE_MAX_MOST, 3)
        : BigDecimal.ONE;
  }

  private <T> List<T> inOrder(Settings settings, List<T> candidates, Function<T, String> model) {
    Set<String> named = new TreeSet<>(candidates.stream().map(model).toList());
    if (!named.equals(new TreeSet<>(models))) {
      throw settings.bad(
          "candidates",
          "must be the models of the catalog, %s; they are %s.".formatted(models, named));
    }
    return models.stream()
        .map(id -> candidates.stream().filter(it -> model.apply(it).equals(id)).findFirst())
        .map(java.util.Optional::orElseThrow)
        .toList();
  }
}
