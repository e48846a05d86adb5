package io.quaestor.kernel.replay;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The catalogs and policies of a chain, each checked when it is put. */
final class RegistryReplay {

  private final Function<Object, String> digest;
  private final Versions<CompiledCatalog> catalogs = new Versions<>("catalog");
  private final Versions<VersionedPolicy> policies = new Versions<>("policy");
  private @Nullable String inUse;

  RegistryReplay(Function<Object, String> digest) {
    this.digest = digest;
  }

  Optional<Finding> accept(Event.RegistryEvent event, Entry entry) {
    return switch (event) {
      case Event.CatalogPut put -> {
        Version version = put.version();
        Optional<Finding> gap =
            catalogs.put(version, new CompiledCatalog(version, put.catalog()), entry);
        yield gap.or(() -> document(version, put.catalog().name(), put.catalog()));
      }
      case Event.PolicyPut put -> {
        Version version = put.version();
        Optional<Finding> gap =
            policies.put(version, new VersionedPolicy(version, put.policy()), entry);
        yield gap.or(() -> document(version, put.policy().name(), put.policy()));
      }
    };
  }

  /** Whether a version is that of this document. */
  private Optional<Finding> document(Version version, String name, Object document) {
    if (!version.name().equals(name)) {
      return Optional.of(new Finding("name " + version.name(), "its document is named " + name));
    }
    String own = digest.apply(document);
    return version.digest().equals(own)
        ? Optional.empty()
        : Optional.of(new Finding("digest " + version.digest(), "its document has " + own));
  }

  Versions.Found<CompiledCatalog> catalog(Version version, Instant at) {
    return catalogs.find(version, at);
  }

  Versions.Found<VersionedPolicy> policy(Version version, Instant at) {
    return policies.find(version, at);
  }

  /** A decision was made under this policy, so it is the one that the node was told to use. */
  void used(Version policy) {
    inUse = policy.name();
  }

  /** The node started again and may have been told to use another policy. */
  void restarted() {
    inUse = null;
  }

  /**
   * Whether a policy that learns was in force at a time for certain: whichever may have been does.
   */
  boolean learned(Instant at) {
    Collection<String> names = inUse == null ? policies.names() : List.of(inUse);
    return names.stream()
        .flatMap(name -> policies.possible(name, at).stream())
        .allMatch(possible -> possible.policy().learning() != null);
  }
}
