package io.quaestor.actors.registry;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Version;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.event.DocumentDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The registry actor owns the catalogs and policies. Every change is a record of the chain; the
 * view in force is published for tenants, who read it without asking.
 */
public final class RegistryActor
    extends EventSourcedBehaviorWithEnforcedReplies<
        RegistryMessage, Event.RegistryEvent, Registry> {

  public static final PersistenceId PERSISTENCE_ID = PersistenceId.of("registry", "main");

  /** A full disk may pass; the registry comes back without a restart of the node. */
  private static final BackoffSupervisorStrategy RESTART =
      SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.1);

  private final AtomicReference<Registry> published;
  private final NodeChain chain;

  public static Behavior<RegistryMessage> create(
      AtomicReference<Registry> published, NodeChain chain) {
    return new RegistryActor(published, chain);
  }

  private RegistryActor(AtomicReference<Registry> published, NodeChain chain) {
    super(PERSISTENCE_ID, RESTART);
    this.published = published;
    this.chain = chain;
  }

  @Override
  public Registry emptyState() {
    return Registry.EMPTY;
  }

  @Override
  public CommandHandlerWithReply<RegistryMessage, Event.RegistryEvent, Registry> commandHandler() {
    return (registry, message) ->
        switch (message) {
          case RegistryMessage.PutCatalog put -> onPutCatalog(registry, put);
          case RegistryMessage.PutPolicy put -> onPutPolicy(registry, put);
          case RegistryMessage.AwaitRecovery await ->
              Effect().reply(await.replyTo(), new RegistryMessage.Recovered());
        };
  }

  private ReplyEffect<Event.RegistryEvent, Registry> onPutCatalog(
      Registry registry, RegistryMessage.PutCatalog put) {
    CompiledCatalog present = registry.catalog(put.catalog().name());
    Version version =
        next(
            present == null ? null : present.version(),
            put.catalog().name(),
            DocumentDigest.of(put.catalog()));
    return put(
        put,
        present == null ? null : present.version(),
        version,
        registry.catalogs().size(),
        new Event.CatalogPut(version, put.at(), put.catalog()));
  }

  private ReplyEffect<Event.RegistryEvent, Registry> onPutPolicy(
      Registry registry, RegistryMessage.PutPolicy put) {
    Registry.VersionedPolicy present = registry.policy(put.policy().name());
    Version version =
        next(
            present == null ? null : present.version(),
            put.policy().name(),
            DocumentDigest.of(put.policy()));
    return put(
        put,
        present == null ? null : present.version(),
        version,
        registry.policies().size(),
        new Event.PolicyPut(version, put.at(), put.policy()));
  }

  private ReplyEffect<Event.RegistryEvent, Registry> put(
      RegistryMessage message,
      @Nullable Version present,
      Version version,
      int names,
      Event.RegistryEvent event) {
    if (version.equals(present)) {
      return Effect().reply(message.replyTo(), new RegistryMessage.InForce(version, false));
    }
    if (present == null && names >= Registry.NAMES_MAX) {
      return Effect().reply(message.replyTo(), new RegistryMessage.TooMany(Registry.NAMES_MAX));
    }
    if (!chain.hasRoomToWrite()) {
      return Effect().reply(message.replyTo(), new RegistryMessage.NoRoom());
    }
    return Effect()
        .persist(event)
        .thenRun(this::publish)
        .thenReply(message.replyTo(), registry -> new RegistryMessage.InForce(version, true));
  }

  private void publish(Registry registry) {
    chain.forgetSeals(PERSISTENCE_ID.id()); // its answers carry none
    published.set(registry);
  }

  /** The same document keeps its version, so putting it again records nothing. */
  private static Version next(@Nullable Version present, String name, String digest) {
    if (present == null) {
      return new Version(name, 1, digest);
    }
    return present.digest().equals(digest)
        ? present
        : new Version(name, present.version() + 1, digest);
  }

  @Override
  public EventHandler<Registry, Event.RegistryEvent> eventHandler() {
    return (registry, event) ->
        switch (event) {
          case Event.CatalogPut put -> registry.evolve(put);
          case Event.PolicyPut put -> registry.evolve(put);
        };
  }

  @Override
  public SignalHandler<Registry> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (registry, signal) -> published.set(registry))
        .build();
  }
}
