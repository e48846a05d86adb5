package io.quaestor.kernel.catalog;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Version;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry is the catalogs and policies in force, each in its latest version. Immutable, so
 * that a decision reads one consistent view.
 */
public record Registry(
    Map<String, CompiledCatalog> catalogs, Map<String, VersionedPolicy> policies) {

  public static final Registry EMPTY = new Registry(Map.of(), Map.of());

  /** Most catalogs, and most policies, that may be in force at a time. */
  public static final int NAMES_MAX = 256;

  public record VersionedPolicy(Version version, Policy policy) {}

  public Registry {
    catalogs = Map.copyOf(catalogs);
    policies = Map.copyOf(policies);
  }

  public @Nullable CompiledCatalog catalog(String name) {
    return catalogs.get(name);
  }

  public @Nullable VersionedPolicy policy(String name) {
    return policies.get(name);
  }

  public Registry evolve(Event.CatalogPut put) {
    Map<String, CompiledCatalog> next = new HashMap<>(catalogs);
    next.put(put.catalog().name(), new CompiledCatalog(put.version(), put.catalog()));
    return new Registry(next, policies);
  }

  public Registry evolve(Event.PolicyPut put) {
    Map<String, VersionedPolicy> next = new HashMap<>(policies);
    next.put(put.policy().name(), new VersionedPolicy(put.version(), put.policy()));
    return new Registry(catalogs, next);
  }
}
