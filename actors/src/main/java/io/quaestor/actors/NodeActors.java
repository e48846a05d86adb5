package io.quaestor.actors;

import com.typesafe.config.Config;
import io.quaestor.actors.regime.LearningSettings;
import io.quaestor.actors.regime.LiveRegimes;
import io.quaestor.actors.registry.RegistryActor;
import io.quaestor.actors.registry.RegistryMessage;
import io.quaestor.actors.tenant.TenantActor;
import io.quaestor.actors.tenant.TenantSettings;
import io.quaestor.actors.tenant.Tenants;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.tenant.DecisionTerms;
import io.quaestor.persistence.NodeChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;

/** The actors of one node, started on a chain that has been verified. */
public final class NodeActors {

  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(15);

  private final ActorSystem<?> system;
  private final ActorRef<RegistryMessage> registry;
  private final AtomicReference<Registry> inForce;
  private final LiveRegimes regimes;
  private final Tenants tenants;

  private NodeActors(
      ActorSystem<?> system,
      ActorRef<RegistryMessage> registry,
      AtomicReference<Registry> inForce,
      LiveRegimes regimes,
      Tenants tenants) {
    this.system = system;
    this.registry = registry;
    this.inForce = inForce;
    this.regimes = regimes;
    this.tenants = tenants;
  }

  /**
   * Starts the actors and puts the given catalog and policy in force where their names are not
   * taken yet. Completes when the node can decide.
   */
  public static CompletionStage<NodeActors> start(
      ActorSystem<?> system, NodeChain chain, InstantSource clock, Catalog catalog, Policy policy) {
    Config quaestor = system.settings().config().getConfig("quaestor");
    return LiveRegimes.start(system, chain, LearningSettings.from(quaestor))
        .thenCompose(regimes -> start(system, chain, clock, catalog, policy, regimes));
  }

  private static CompletionStage<NodeActors> start(
      ActorSystem<?> system,
      NodeChain chain,
      InstantSource clock,
      Catalog catalog,
      Policy policy,
      LiveRegimes regimes) {
    Config quaestor = system.settings().config().getConfig("quaestor");
    AtomicReference<Registry> inForce = new AtomicReference<>(Registry.EMPTY);
    ActorRef<RegistryMessage> registry =
        system.systemActorOf(RegistryActor.create(inForce, chain), "registry", Props.empty());
    Cluster cluster = Cluster.get(system);
    if (system.settings().config().getList("pekko.cluster.seed-nodes").isEmpty()) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
    Tenants tenants =
        Tenants.start(
            system,
            new TenantActor.Node(
                chain, terms(quaestor, inForce, regimes), TenantSettings.from(quaestor), clock));
    NodeActors node = new NodeActors(system, registry, inForce, regimes, tenants);
    return node.ask(RegistryMessage.AwaitRecovery::new)
        .thenCompose(
            recovered ->
                node.registry().catalog(catalog.name()) == null
                    ? node.put(catalog, clock.instant())
                    : CompletableFuture.completedFuture(recovered))
        .thenCompose(
            done ->
                node.registry().policy(policy.name()) == null
                    ? node.put(policy, clock.instant())
                    : CompletableFuture.completedFuture(done))
        .thenApply(done -> node);
  }

  private static Supplier<DecisionTerms> terms(
      Config quaestor, AtomicReference<Registry> inForce, LiveRegimes regimes) {
    String catalog = quaestor.getString("catalog");
    String policy = quaestor.getString("policy");
    long newTenantMicrocents = quaestor.getLong("tenant.new-tenant-microcents");
    return () ->
        new DecisionTerms(inForce.get(), catalog, policy, newTenantMicrocents, regimes.current());
  }

  public Tenants tenants() {
    return tenants;
  }

  /** The catalogs and policies in force. */
  public Registry registry() {
    return inForce.get();
  }

  /** What all tenants' requests and outcomes have taught, as decisions are made on now. */
  public Regimes regimes() {
    return regimes.current();
  }

  /** The policy that decides; null when the configured name has none. */
  public Registry.@Nullable VersionedPolicy policyInForce() {
    return registry().policy(system.settings().config().getString("quaestor.policy"));
  }

  public CompletionStage<RegistryMessage.Reply> put(Catalog catalog, Instant at) {
    return ask(replyTo -> new RegistryMessage.PutCatalog(catalog, at, replyTo));
  }

  public CompletionStage<RegistryMessage.Reply> put(Policy policy, Instant at) {
    return ask(replyTo -> new RegistryMessage.PutPolicy(policy, at, replyTo));
  }

  private CompletionStage<RegistryMessage.Reply> ask(
      Function<ActorRef<RegistryMessage.Reply>, RegistryMessage> message) {
    return AskPattern.ask(registry, message, REGISTRY_TIMEOUT, system.scheduler());
  }
}
