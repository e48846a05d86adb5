package io.quaestor.shadow.run;

import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.List;

/** The calls that a client would have made for a case of a history. */
public final class Calls {

  private static final String NO_BODY_SHA256 = "0".repeat(64);
  private static final double FEATURE_MICRO = 1e6;
  private static final int CONFIDENCE_CERTAIN_BPS = 10_000;

  private Calls() {}

  /**
   * @param index of the case in the run; what chance there is follows from it
   */
  public static TenantCommand.Route route(Case request, int index) {
    return new TenantCommand.Route(
        "shadow-" + index,
        null,
        NO_BODY_SHA256,
        TenantCommand.AUTO,
        request.useCase(),
        request.inputTokens(),
        request.outputTokens(),
        Math.max(1, request.outputTokens()),
        null,
        0,
        CONFIDENCE_CERTAIN_BPS,
        null,
        0,
        List.of(),
        null,
        null,
        null,
        request.difficultyBps(),
        request.features().stream().map(feature -> Math.round(feature * FEATURE_MICRO)).toList());
  }

  /** The outcome with its true cost, which also settles the reservation. */
  public static TenantCommand.ReportOutcome outcome(String decisionId, Result result) {
    return new TenantCommand.ReportOutcome(
        null, decisionId, null, result.scoreBps(), null, result.costMicrocents(), null);
  }
}
