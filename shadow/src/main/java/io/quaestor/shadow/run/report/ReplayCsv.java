package io.quaestor.shadow.run.report;

import io.quaestor.shadow.run.Figures;
import io.quaestor.shadow.run.ReplayResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A replay as CSV (RFC 4180, but lines end with LF): a header, then a line a period. A cell is
 * empty where there is no number.
 */
public final class ReplayCsv {

  private final ReplayResult result;

  private ReplayCsv(ReplayResult result) {
    this.result = result;
  }

  public static String of(ReplayResult result) {
    ReplayCsv csv = new ReplayCsv(result);
    return csv.line(csv.header())
        + result.periods().stream()
            .map(period -> csv.line(csv.cells(period)))
            .collect(Collectors.joining());
  }

  private List<String> header() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "first_call",
                "calls",
                "rejected",
                "cost_microcents",
                "baseline_cost_microcents",
                "savings",
                "success_rate",
                "miss_rate",
                "precision",
                "explored",
                "anomalies",
                "drifts",
                "overruns"));
    result.tiers().forEach(tier -> header.add("tier " + tier));
    Figures total = result.total();
    total.floorSources().keySet().forEach(source -> header.add("floor " + source));
    total.rejections().keySet().forEach(reason -> header.add("rejected " + reason));
    total.priceMicrocents().keySet().forEach(useCase -> header.add("price_microcents " + useCase));
    return header;
  }

  private List<String> cells(Figures figures) {
    List<String> cells = new ArrayList<>();
    add(cells, figures.firstCall());
    add(cells, figures.calls());
    add(cells, figures.rejected());
    add(cells, figures.costMicrocents());
    add(cells, figures.baselineMicrocents());
    add(cells, ReplayJson.rate(figures.savings()));
    add(cells, ReplayJson.rate(figures.successRate()));
    add(cells, ReplayJson.rate(figures.missRate()));
    add(cells, ReplayJson.rate(figures.precision()));
    add(cells, figures.learned().explored());
    add(cells, figures.learned().anomalies());
    add(cells, figures.learned().drifts());
    add(cells, figures.overruns());
    result.tiers().forEach(tier -> add(cells, figures.tiers().get(tier)));
    Figures total = result.total();
    addCounts(cells, total.floorSources(), figures.floorSources());
    addCounts(cells, total.rejections(), figures.rejections());
    total
        .priceMicrocents()
        .keySet()
        .forEach(useCase -> add(cells, figures.priceMicrocents().get(useCase)));
    return cells;
  }

  private static void addCounts(
      List<String> cells, Map<String, Long> all, Map<String, Long> counts) {
    all.keySet().forEach(name -> add(cells, counts.getOrDefault(name, 0L)));
  }

  private static void add(List<String> cells, @Nullable Object value) {
    cells.add(value == null ? "" : value.toString());
  }

  private String line(List<String> cells) {
    return cells.stream().map(ReplayCsv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
