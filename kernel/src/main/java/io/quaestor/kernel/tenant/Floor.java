package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Event;
import java.util.Objects;

/** The quality floor of one request, and where it comes from. */
record Floor(int bps, String source) {

  /** The floor came with the request. */
  private static final String OF_CLIENT = "client";

  /** The floor is the policy's for this use case, before anything was learned. */
  private static final String OF_WARM_START = "warm_start";

  /** The policy names no floor for this use case. */
  private static final String OF_POLICY = "policy_default";

  /** The floor is that of the tier that learning chose. */
  private static final String OF_LEARNING = "learned";

  /** The floor was raised because the request is anomalous. */
  private static final String OF_ANOMALY = "anomaly";

  static Floor ofTier(int bps) {
    return new Floor(bps, OF_LEARNING);
  }

  Floor raised(int bps) {
    return new Floor(bps, OF_ANOMALY);
  }

  static Floor of(Demand demand, Policy policy) {
    if (demand.floorBps() != null) {
      return new Floor(demand.floorBps(), OF_CLIENT);
    }
    Integer learned = policy.floorsBps().get(demand.useCase());
    return new Floor(
        Objects.requireNonNullElse(learned, policy.defaultFloorBps()),
        learned != null ? OF_WARM_START : OF_POLICY);
  }

  static boolean isOfClient(Event.DecisionMade decision) {
    return decision.floorSource().equals(OF_CLIENT);
  }
}
