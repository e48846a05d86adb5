package io.quaestor.kernel.replay;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The catalogs and policies of a chain, each checked when it is put. */
final class RegistryReplay {

  private final Function<Object, String> digest;
  private final Versions<CompiledCatalog> catalogs = new Versions<>("catalog");
  private final Versions<VersionedPolicy> policies = new Versions<>("policy");

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

  /** Whether the latest version of a policy learns. */
  boolean learns(String name) {
    VersionedPolicy latest = policies.latest(name);
    return latest != null && latest.policy().learning() != null;
  }
}
