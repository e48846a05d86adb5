package io.quaestor.actors.tenant;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.learning.TenantLearning;
import io.quaestor.kernel.tenant.TenantRefusal;
import io.quaestor.persistence.chain.Seal;

/** What a tenant answers. */
public sealed interface TenantReply {

  /** It is on disk: the event that answers the call, and its place in the chain. */
  record Sealed(TenantEvent event, Seal seal) implements TenantReply {}

  /** Nothing was changed, and this is why. */
  record Denied(TenantRefusal refusal) implements TenantReply {}

  /**
   * The tenant as it is now.
   *
   * @param learning the immutable state itself; nothing is copied for it
   */
  record View(
      String tenant,
      boolean defined,
      Mode mode,
      Budget budget,
      boolean blocked,
      long reservedMaxMicrocents,
      int openReservations,
      TenantLearning learning)
      implements TenantReply {}

  /** The tenant's queue is full; nothing was done. */
  record Busy() implements TenantReply {}

  /** The node's disk has no room for further decisions; nothing was done. */
  record NoRoom() implements TenantReply {}

  /** Storing failed midway: it may have been recorded or not. The same call may be repeated. */
  record Indeterminate() implements TenantReply {}
}
