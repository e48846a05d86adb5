package io.quaestor.shadow.history;

import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.profile.Layout;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.rows.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Cases of which each is a row for every candidate; the rows need not lie side by side. */
final class LongCases {

  private final Profile profile;
  private final Layout.LongRows layout;
  private final Path file;
  private final List<String> notes;
  private final List<String> candidates;
  private final Requests requests;
  private final Map<String, Open> cases = new LinkedHashMap<>();

  /** A case whose results come one after the other. */
  private static final class Open {
    private final Case request;
    private final @Nullable Result[] results;
    private final @Nullable String[] places;

    Open(Case request, int candidates) {
      this.request = request;
      this.results = new Result[candidates];
      this.places = new String[candidates];
    }

    boolean whole() {
      return Arrays.stream(results).allMatch(it -> it != null && it.known());
    }
  }

  LongCases(Profile profile, Layout.LongRows layout, Path file, List<String> notes) {
    this.profile = profile;
    this.layout = layout;
    this.file = file;
    this.notes = notes;
    this.candidates = Histories.candidates(profile);
    this.requests = new Requests(profile);
  }

  List<Case> read(Input input) {
    for (Row row = input.next(); row != null; row = input.next()) {
      read(row);
    }
    if (!cases.isEmpty()) {
      requireAllCandidates();
    }
    List<Case> whole = new ArrayList<>();
    for (Open open : cases.values()) {
      if (open.whole()) {
        List<Result> results = new ArrayList<>();
        Arrays.stream(open.results).forEach(it -> results.add(Objects.requireNonNull(it)));
        whole.add(Requests.with(open.request, results));
      }
    }
    Unknown.note(cases.size() - whole.size(), cases.size(), notes);
    return whole;
  }

  private void read(Row row) {
    String id = requests.id(row);
    int candidate = candidate(row);
    Open open = cases.get(id);
    if (open == null) {
      open = new Open(requests.of(id, row), candidates.size());
      cases.put(id, open);
    }
    String before = open.places[candidate];
    if (before != null) {
      throw Requests.twice(
          row,
          layout.candidate(),
          "'%s' for request '%s'".formatted(candidates.get(candidate), BadInput.shown(id)),
          before);
    }
    open.places[candidate] = row.place();
    open.results[candidate] = result(row, open.request, candidate);
  }

  private int candidate(Row row) {
    String name = row.text(layout.candidate());
    int candidate = candidates.indexOf(layout.models().getOrDefault(name, name));
    if (candidate < 0) {
      throw row.bad(
          layout.candidate(),
          "'%s' is no model of the profile's catalog; put it there, or map it with 'models'. Known: %s."
              .formatted(BadInput.shown(name), String.join(", ", candidates)));
    }
    return candidate;
  }

  private Result result(Row row, Case request, int model) {
    Price price = Objects.requireNonNull(profile.catalog().models().get(model).price());
    int score = Scores.bps(row, List.of(layout.score()), layout.scoreMax());
    if (score == Result.UNKNOWN) {
      return Result.NONE;
    }
    return new Result(
        score,
        layout.cost().of(row, price, request.inputTokens(), request.outputTokens()),
        Scores.flagged(row, layout.prediction(), profile.positive()));
  }

  private void requireAllCandidates() {
    TreeSet<String> missing = new TreeSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      int candidate = i;
      if (cases.values().stream().allMatch(it -> it.results[candidate] == null)) {
        missing.add(candidates.get(i));
      }
    }
    if (!missing.isEmpty()) {
      throw new BadInput(
          "%s, column '%s': there is no row of %s; take it out of the profile's catalog."
              .formatted(file, layout.candidate(), String.join(", ", missing)));
    }
  }
}
