package io.quaestor.actors.tenant;

import io.quaestor.kernel.tenant.TenantCommand;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What is sent to a tenant. Every message names its tenant: an entity that receives a message meant
 * for another one must not act on it.
 */
public sealed interface TenantMessage {

  /** A message that is answered. */
  sealed interface Ask extends TenantMessage {
    String tenant();

    ActorRef<TenantReply> replyTo();
  }

  record Call(String tenant, TenantCommand command, ActorRef<TenantReply> replyTo) implements Ask {}

  /** Asks for the tenant as it is, after everything that was asked before. */
  record Read(String tenant, ActorRef<TenantReply> replyTo) implements Ask {}

  /** The batch is sealed and answered; this many reservations are open. */
  record BatchDone(int openReservations) implements TenantMessage {}

  /** Nothing was asked for a while. */
  enum Idle implements TenantMessage {
    INSTANCE
  }

  /** Finish what is queued, then stop. */
  enum Stop implements TenantMessage {
    INSTANCE
  }
}
