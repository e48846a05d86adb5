package io.quaestor.actors.registry;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Version;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;

/** What is asked of the registry, and what it answers. */
public sealed interface RegistryMessage {

  ActorRef<Reply> replyTo();

  record PutCatalog(Catalog catalog, Instant at, ActorRef<Reply> replyTo)
      implements RegistryMessage {}

  record PutPolicy(Policy policy, Instant at, ActorRef<Reply> replyTo) implements RegistryMessage {}

  /** Answered when the registry has recovered and its view is published. */
  record AwaitRecovery(ActorRef<Reply> replyTo) implements RegistryMessage {}

  sealed interface Reply {}

  /** In force as this version; {@code changed} is false when it was so before. */
  record InForce(Version version, boolean changed) implements Reply {}

  record TooMany(int namesMax) implements Reply {}

  /** The node's disk has no room; nothing was changed. */
  record NoRoom() implements Reply {}

  record Recovered() implements Reply {}
}
