package io.quaestor.shadow.run.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Budget;
import io.quaestor.shadow.contest.Totals;
import io.quaestor.shadow.run.Figures;
import io.quaestor.shadow.run.ReplayResult;
import io.quaestor.shadow.run.Yardsticks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replay as one JSON object. Money is in microcents, with a decimal text of USD beside it where
 * people look; rates are numbers from 0 to 1 with six decimals, null where there is nothing to
 * divide by. The same replay gives the same bytes.
 */
public final class ReplayJson {

  private static final int RATE_DECIMALS = 6;
  private static final int USD_DECIMALS = 8;

  private ReplayJson() {}

  public static ObjectNode of(ReplayResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("set", result.profile().set());
    json.put("order", result.plan().order().name().toLowerCase(Locale.ROOT));
    json.put("seed", result.plan().seed());
    json.put("period_calls", result.periodCalls());
    put(json.putObject("target_bps"), targetsBps(result));
    json.put("budget_microcents", result.plan().budgetMicrocents());
    json.put("baseline", result.profile().baseline());
    json.put("cheapest", result.cheapest());
    texts(json.putArray("candidates"), result.candidates());
    texts(json.putArray("tiers"), result.tiers());
    texts(json.putArray("notes"), result.notes());
    ArrayNode periods = json.putArray("periods");
    result.periods().forEach(period -> put(periods.addObject(), period));
    put(json.putObject("total"), result.total());
    put(json, result.yardsticks());
    put(json.putObject("ledger"), result.budget());
    return json;
  }

  /** By use case that the replay met, in the order of their names. */
  static Map<String, Integer> targetsBps(ReplayResult result) {
    Learning learning = Objects.requireNonNull(result.plan().policy().learning());
    Map<String, Integer> targets = new TreeMap<>();
    result
        .total()
        .priceMicrocents()
        .keySet()
        .forEach(useCase -> targets.put(useCase, learning.targetBps(useCase)));
    if (targets.isEmpty()) {
      targets.put("default", learning.targetBps());
    }
    return targets;
  }

  private static void put(ObjectNode json, Figures figures) {
    json.put("first_call", figures.firstCall());
    json.put("calls", figures.calls());
    json.put("rejected", figures.rejected());
    json.put("cost_microcents", figures.costMicrocents());
    json.put("cost_usd", usd(figures.costMicrocents()));
    json.put("baseline_cost_microcents", figures.baselineMicrocents());
    json.put("baseline_cost_usd", usd(figures.baselineMicrocents()));
    json.put("savings", rate(figures.savings()));
    json.put("success_rate", rate(figures.successRate()));
    json.put("miss_rate", rate(figures.missRate()));
    json.put("precision", rate(figures.precision()));
    Figures.Flags flags = figures.flags();
    if (flags != null) {
      json.put("positives", flags.positives());
      json.put("missed", flags.missed());
      json.put("flagged", flags.flagged());
    }
    json.put("escalated", figures.escalations().calls());
    json.put("escalations_paid", figures.escalations().paid());
    json.put("explored", figures.learned().explored());
    json.put("exploration", rate(figures.exploration()));
    json.put("anomalies", figures.learned().anomalies());
    json.put("drifts", figures.learned().drifts());
    json.put("overruns", figures.overruns());
    putLongs(json.putObject("tiers"), figures.tiers());
    putLongs(json.putObject("floor_sources"), figures.floorSources());
    putLongs(json.putObject("rejections"), figures.rejections());
    putLongs(json.putObject("price_microcents"), figures.priceMicrocents());
  }

  private static void put(ObjectNode json, @Nullable Yardsticks yardsticks) {
    if (yardsticks == null) {
      json.putNull("hindsight");
      return;
    }
    ObjectNode hindsight = json.putObject("hindsight");
    put(hindsight.putObject("oracle"), yardsticks.oracle());
    put(hindsight.putObject("mixture"), yardsticks.mixture());
  }

  private static void put(ObjectNode json, Totals totals) {
    json.put("success_rate", rate(totals.successRate()));
    json.put("cost_microcents", totals.costMicrocents());
    json.put("cost_usd", usd(totals.costMicrocents()));
  }

  private static void put(ObjectNode json, Budget budget) {
    json.put("initial_microcents", budget.initialMicrocents());
    json.put("remaining_microcents", budget.remainingMicrocents());
    json.put("reserved_microcents", budget.reservedMicrocents());
    json.put("committed_microcents", budget.committedMicrocents());
  }

  private static void put(ObjectNode json, Map<String, Integer> numbers) {
    numbers.forEach(json::put);
  }

  private static void putLongs(ObjectNode json, Map<String, Long> numbers) {
    numbers.forEach(json::put);
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /** Null for what is no number. */
  static @Nullable BigDecimal rate(double rate) {
    return Double.isFinite(rate)
        ? BigDecimal.valueOf(rate).setScale(RATE_DECIMALS, RoundingMode.HALF_UP)
        : null;
  }

  static String usd(long microcents) {
    BigDecimal usd = BigDecimal.valueOf(microcents, USD_DECIMALS).stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0).toPlainString() : usd.toPlainString();
  }
}
