package io.quaestor.actors.tenant;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.tenant.Recalled;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.SealedEvent;
import org.jspecify.annotations.Nullable;

/** What the chain remembers for an actor: earlier answers, and decisions out of memory. */
final class Recollection {

  private Recollection() {}

  static @Nullable Recalled of(NodeChain chain, String decisionId) {
    return chain
        .reader()
        .decision(decisionId)
        .map(
            decided ->
                new Recalled(
                    (Event.DecisionMade) decided.made().event(),
                    decided.ending().map(ending -> Event.ending(ending.event())).orElse(null),
                    decided.taught()))
        .orElse(null);
  }

  /** The answer that was given when this event was recorded. */
  static TenantReply reply(NodeChain chain, String entity, long version) {
    SealedEvent sealed =
        chain
            .reader()
            .event(entity, version)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "event %d of %s is remembered, but not in the chain"
                            .formatted(version, entity)));
    return new TenantReply.Sealed((TenantEvent) sealed.event(), sealed.seal());
  }
}
