package io.quaestor.kernel.decision;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The kernel's rules written down once more, without regard to speed or the size of numbers. */
final class ReferenceModel {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger SHARE_SQUARED = BigInteger.valueOf(100_000_000);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private static final List<Gate> REASON_ORDER_ON_TIES =
      List.of(
          Gate.CAPABILITY,
          Gate.REGION,
          Gate.PROVIDER,
          Gate.QUALITY,
          Gate.RISK_CEILING,
          Gate.LATENCY,
          Gate.BUDGET,
          Gate.UTILITY,
          Gate.DISABLED);

  private final Limits limits;
  private final Candidates candidates;
  private final Input in;

  ReferenceModel(Limits limits, Candidates candidates, Input in) {
    this.limits = limits;
    this.candidates = candidates;
    this.in = in;
  }

  Observed decide() {
    if (in.riskBps() >= limits.hardRiskLimitBps()) {
      return rejected(Reason.RISK_HARD_LIMIT, List.of());
    }
    if (in.confidenceBps() < limits.minimumConfidenceBps()) {
      return rejected(Reason.CONFIDENCE_HARD_LIMIT, List.of());
    }
    List<Observed.PerCandidate> all = new ArrayList<>();
    List<Integer> eligible = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Gate gate = gate(candidates.get(i));
      boolean priced = gate == Gate.UTILITY || gate == Gate.PASSED;
      long cost = priced ? cost(candidates.get(i), in.outputTokens()).longValueExact() : 0;
      long utility = priced ? clamp(utility(candidates.get(i), in.businessValueMicrocents())) : 0;
      all.add(new Observed.PerCandidate(gate, cost, utility));
      if (gate == Gate.PASSED) {
        eligible.add(i);
      }
    }
    if (eligible.isEmpty()) {
      return rejected(mostFrequent(all), all);
    }
    eligible.sort(
        Comparator.<Integer>comparingLong(i -> -all.get(i).utility())
            .thenComparingLong(i -> all.get(i).cost())
            .thenComparingInt(i -> -candidates.get(i).qualityBps())
            .thenComparingInt(i -> candidates.get(i).modelId()));
    return selected(all, eligible);
  }

  private Observed selected(List<Observed.PerCandidate> all, List<Integer> ranked) {
    int best = ranked.getFirst();
    int second = ranked.size() > 1 ? ranked.get(1) : -1;
    int modelId = candidates.get(best).modelId();
    boolean requested = modelId == in.requestedModelId();
    return new Observed(
        requested ? Action.EXECUTE_REQUESTED : Action.SUBSTITUTE,
        requested ? Reason.REQUESTED_MODEL_MAXIMIZES_UTILITY : Reason.ALTERNATIVE_MAXIMIZES_UTILITY,
        best,
        modelId,
        all.get(best).cost(),
        cost(candidates.get(best), in.outputTokensMax()).longValueExact(),
        all.get(best).utility(),
        second,
        second < 0 ? 0 : candidates.get(second).modelId(),
        second < 0 ? 0 : all.get(second).cost(),
        second < 0 ? 0 : all.get(second).utility(),
        all.size(),
        counts(all),
        all);
  }

  private static Observed rejected(Reason reason, List<Observed.PerCandidate> all) {
    return new Observed(
        Action.REJECT, reason, -1, 0, 0, 0, 0, -1, 0, 0, 0, all.size(), counts(all), all);
  }

  private static List<Integer> counts(List<Observed.PerCandidate> all) {
    List<Integer> counts = new ArrayList<>();
    for (Gate gate : Gate.values()) {
      counts.add((int) all.stream().filter(c -> c.gate() == gate).count());
    }
    return counts;
  }

  private static Reason mostFrequent(List<Observed.PerCandidate> all) {
    Map<Gate, Integer> counts = new EnumMap<>(Gate.class);
    all.forEach(c -> counts.merge(c.gate(), 1, Integer::sum));
    Gate most = Gate.CAPABILITY;
    for (Gate gate : REASON_ORDER_ON_TIES) {
      if (counts.getOrDefault(gate, 0) >= counts.getOrDefault(most, 0)) {
        most = gate;
      }
    }
    return switch (most) {
      case CAPABILITY -> Reason.CAPABILITY_CONSTRAINT;
      case REGION -> Reason.REGION_CONSTRAINT;
      case PROVIDER -> Reason.PROVIDER_CONSTRAINT;
      case QUALITY -> Reason.QUALITY_CONSTRAINT;
      case RISK_CEILING -> Reason.RISK_CEILING_CONSTRAINT;
      case LATENCY -> Reason.LATENCY_CONSTRAINT;
      case BUDGET -> Reason.BUDGET_CONSTRAINT;
      case UTILITY -> Reason.NON_POSITIVE_UTILITY;
      case DISABLED -> Reason.NO_ENABLED_MODEL;
      case PASSED -> throw new AssertionError("none passed");
    };
  }

  private Gate gate(Candidate c) {
    Gate constraint = constraint(c);
    if (constraint != Gate.PASSED) {
      return constraint;
    }
    BigInteger budget = BigInteger.valueOf(in.budgetLimitMicrocents());
    if (cost(c, in.outputTokensMax()).compareTo(budget) > 0) {
      return Gate.BUDGET;
    }
    return utility(c, in.businessValueMicrocents()).signum() > 0 ? Gate.PASSED : Gate.UTILITY;
  }

  private Gate constraint(Candidate c) {
    if (!c.enabled()) {
      return Gate.DISABLED;
    }
    if (c.qualityBps() < in.qualityFloorBps()) {
      return Gate.QUALITY;
    }
    if (in.maxP95LatencyMs() > 0 && c.p95LatencyMs() > in.maxP95LatencyMs()) {
      return Gate.LATENCY;
    }
    if ((c.capabilities() & in.requiredCapabilities()) != in.requiredCapabilities()) {
      return Gate.CAPABILITY;
    }
    boolean named = c.providerId() <= 63;
    if (!named || !BigInteger.valueOf(in.allowedProviders()).testBit(c.providerId())) {
      return Gate.PROVIDER;
    }
    if (in.requiredRegions() != 0 && (c.regions() & in.requiredRegions()) == 0) {
      return Gate.REGION;
    }
    return in.riskBps() > c.riskCeilingBps() ? Gate.RISK_CEILING : Gate.PASSED;
  }

  private BigInteger cost(Candidate c, long outputTokens) {
    return ceilPerMillion(in.inputTokens(), c.inputMicrocentsPerMillion())
        .add(ceilPerMillion(outputTokens, c.outputMicrocentsPerMillion()));
  }

  private static BigInteger ceilPerMillion(long tokens, long price) {
    BigInteger[] parts =
        BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price)).divideAndRemainder(MILLION);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(ONE);
  }

  BigInteger utility(Candidate c, long businessValue) {
    BigInteger value = BigInteger.valueOf(businessValue).max(ZERO);
    BigInteger gain = share(value, in.confidenceBps(), c.qualityBps());
    BigInteger risk = share(value, in.riskBps(), limits.riskMultiplierBps());
    BigInteger delay =
        BigInteger.valueOf(c.p95LatencyMs())
            .multiply(BigInteger.valueOf(limits.latencyPenaltyMicrocentsPerMs()));
    return gain.subtract(risk).subtract(cost(c, in.outputTokens())).subtract(delay);
  }

  private static BigInteger share(BigInteger value, int bps, int otherBps) {
    return value
        .multiply(BigInteger.valueOf(bps))
        .multiply(BigInteger.valueOf(otherBps))
        .divide(SHARE_SQUARED);
  }

  private static long clamp(BigInteger number) {
    return number.max(LONG_MIN).min(LONG_MAX).longValueExact();
  }

  /** Whether a candidate that meets all constraints has a utility above 0 at this value. */
  boolean yieldsAt(long businessValue) {
    for (int i = 0; i < candidates.size(); i++) {
      Candidate c = candidates.get(i);
      if (constraint(c) == Gate.PASSED && utility(c, businessValue).signum() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a candidate that meets all constraints gains more by value than it loses by risk. */
  boolean canYield() {
    long risk = (long) in.riskBps() * limits.riskMultiplierBps();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate c = candidates.get(i);
      if (constraint(c) == Gate.PASSED && (long) in.confidenceBps() * c.qualityBps() > risk) {
        return true;
      }
    }
    return false;
  }
}
