package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.baseline.Baselines;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the judged policy reached its aims at one target: the rate, the cost of the best mixture
 * in hindsight, and a lower cost than every baseline that reaches the rate.
 *
 * <p>Yardsticks that know the future by the call or by the mixture are compared with by the second
 * aim alone.
 */
record Verdict(Aim rate, Aim cost, Aim cheaper) {

  /** The policy that is judged. */
  static final String JUDGED = "quaestor";

  /** So far below the target a rate still counts as reached, in percentage points. */
  static final double SHORT_POINTS_MAX = 1.5;

  /** So dear against the mixture in hindsight the policy may be. */
  static final double COST_RATIO_MAX = 1.1;

  /** Of what is computed in floating point. */
  private static final double ROUNDING = 1e-9;

  private static final Set<String> YARDSTICKS =
      Set.of(Baselines.ORACLE, Baselines.MIXTURE_HINDSIGHT, Baselines.FIXED_HINDSIGHT);

  /** One aim, whether it was reached, and by which numbers. */
  record Aim(boolean reached, String reason) {}

  /** Empty where the judged policy took no part. */
  static Optional<Verdict> of(List<PolicySummary> policies) {
    return policies.stream()
        .filter(one -> one.policy().equals(JUDGED))
        .findFirst()
        .map(judged -> of(judged, policies));
  }

  private static Verdict of(PolicySummary judged, List<PolicySummary> policies) {
    return new Verdict(rate(judged), cost(judged), cheaper(judged, rivals(policies)));
  }

  List<Aim> aims() {
    return List.of(rate, cost, cheaper);
  }

  private static Aim rate(PolicySummary judged) {
    return new Aim(
        reaches(judged),
        String.format(
            Locale.ROOT,
            "rate %+.2f points from the target, aim at least -%.1f",
            judged.points().mean(),
            SHORT_POINTS_MAX));
  }

  private static boolean reaches(PolicySummary policy) {
    return policy.points().mean() >= -SHORT_POINTS_MAX - ROUNDING;
  }

  private static Aim cost(PolicySummary judged) {
    return judged.costRatio().isKnown()
        ? new Aim(
            judged.costRatio().mean() <= COST_RATIO_MAX + ROUNDING,
            String.format(
                Locale.ROOT,
                "cost %.3f of the best mixture in hindsight, aim at most %.1f",
                judged.costRatio().mean(),
                COST_RATIO_MAX))
        : new Aim(false, "cost not comparable: the mixture in hindsight took no part");
  }

  private static List<PolicySummary> rivals(List<PolicySummary> policies) {
    return policies.stream()
        .filter(one -> !one.policy().equals(JUDGED) && !YARDSTICKS.contains(one.policy()))
        .filter(Verdict::reaches)
        .toList();
  }

  private static Aim cheaper(PolicySummary judged, List<PolicySummary> rivals) {
    List<PolicySummary> cheaper =
        rivals.stream().filter(rival -> !isCheaper(judged, rival)).toList();
    if (rivals.isEmpty()) {
      return new Aim(true, "no baseline reaches the rate");
    }
    return cheaper.isEmpty()
        ? new Aim(true, "cheaper than every baseline that reaches the rate: " + names(rivals))
        : new Aim(false, "not cheaper than " + compared(judged, cheaper));
  }

  private static boolean isCheaper(PolicySummary judged, PolicySummary rival) {
    return judged.costMicrocents().mean() < rival.costMicrocents().mean();
  }

  private static String names(List<PolicySummary> policies) {
    return policies.stream().map(PolicySummary::policy).collect(Collectors.joining(", "));
  }

  private static String compared(PolicySummary judged, List<PolicySummary> cheaper) {
    Stream<String> each = cheaper.stream().map(rival -> compared(judged, rival));
    return each.collect(Collectors.joining(", "))
        + (cheaper.size() == 1 ? ", which also reaches the rate" : ", which also reach the rate");
  }

  private static String compared(PolicySummary judged, PolicySummary rival) {
    String remark =
        rival.policy().equals(Baselines.CHEAPEST) ? "; nothing can be cheaper than it" : "";
    return String.format(
        Locale.ROOT,
        "%s (%s of its cost%s)",
        rival.policy(),
        Numbers.ratio(judged.costMicrocents().mean(), rival.costMicrocents().mean()),
        remark);
  }
}
