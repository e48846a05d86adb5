package io.quaestor.kernel.tenant;

import io.quaestor.kernel.ledger.Ruling;
import java.util.Collection;

/** Why a tenant's command changed nothing. A rejected decision is not a refusal: it is recorded. */
public sealed interface TenantRefusal {

  record UnknownTenant(String tenant) implements TenantRefusal {}

  record UnknownCatalog(String catalog) implements TenantRefusal {}

  record UnknownModel(String model, String catalog) implements TenantRefusal {}

  /** The price of the named model is unknown, so no budget can hold it. */
  record UnpricedModel(String model) implements TenantRefusal {}

  /** A name in a list of the request that the catalog does not know. */
  record UnknownName(String param, Collection<String> names) implements TenantRefusal {}

  /** The features of a use case are always as many as in its first request that had any. */
  record WrongDimensions(String useCase, int expected, int given) implements TenantRefusal {}

  record UnknownDecision(String id) implements TenantRefusal {}

  /** The decision was rejected: nothing was run, so there is nothing to settle or to report. */
  record DecisionWasRejected(String id) implements TenantRefusal {}

  record ByLedger(Ruling.Refusal refusal) implements TenantRefusal {}
}
