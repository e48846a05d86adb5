package io.quaestor.shadow.history;

import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.profile.Layout;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Cases of which each is one row. */
final class WideCases {

  private final Profile profile;
  private final Layout.WideRows layout;
  private final List<String> notes;
  private final Requests requests;
  private int all;

  WideCases(Profile profile, Layout.WideRows layout, List<String> notes) {
    this.profile = profile;
    this.layout = layout;
    this.notes = notes;
    this.requests = new Requests(profile);
  }

  List<Case> read(Input input) {
    List<Case> cases = new ArrayList<>();
    for (Row row = input.next(); row != null; row = input.next()) {
      Case read = read(row);
      if (read.results().stream().allMatch(Result::known)) {
        cases.add(read);
      }
    }
    Unknown.note(all - cases.size(), all, notes);
    return cases;
  }

  private Case read(Row row) {
    String id = requests.uniqueId(row);
    all++;
    Case request = requests.of(id, row);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < layout.candidates().size(); i++) {
      results.add(result(row, request, i));
    }
    return Requests.with(request, results);
  }

  private Result result(Row row, Case request, int model) {
    Layout.WideRows.Candidate candidate = layout.candidates().get(model);
    Price price = Objects.requireNonNull(profile.catalog().models().get(model).price());
    int score = Scores.bps(row, candidate.score(), layout.scoreMax());
    if (score == Result.UNKNOWN) {
      return Result.NONE;
    }
    return new Result(
        score,
        candidate.cost().of(row, price, request.inputTokens(), request.outputTokens()),
        Scores.flagged(row, candidate.prediction(), profile.positive()));
  }
}
