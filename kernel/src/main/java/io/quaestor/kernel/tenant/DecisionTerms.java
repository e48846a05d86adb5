package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.learning.Regimes;
import org.jspecify.annotations.Nullable;

/**
 * The terms of decisions: what is on offer, under which policy, and what an unknown tenant gets.
 *
 * @param defaultCatalog the catalog of a request that names none
 * @param newTenantMicrocents the budget of a tenant that is met for the first time; negative when
 *     tenants must be defined before they route
 * @param regimes what all tenants' requests and outcomes have taught, up to some position
 */
public record DecisionTerms(
    Registry registry,
    String defaultCatalog,
    String policy,
    long newTenantMicrocents,
    Regimes regimes) {

  public Registry.VersionedPolicy policyInForce() {
    Registry.VersionedPolicy inForce = registry.policy(policy);
    if (inForce == null) {
      throw new IllegalStateException("no policy named " + policy);
    }
    return inForce;
  }

  boolean createsTenants() {
    return newTenantMicrocents >= 0;
  }

  @Nullable CompiledCatalog catalog(@Nullable String name) {
    return registry.catalog(name == null ? defaultCatalog : name);
  }
}
