package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;

/**
 * A mismatch is a record that is not what the kernel comes to from the records before it.
 *
 * @param seq the record's number in the chain
 * @param entity whose event it is
 * @param subject the decision, tenant or document that the record is about
 * @param recorded what stands in the record
 * @param replayed what came out instead
 */
public record Mismatch(long seq, String entity, String subject, String recorded, String replayed) {

  static Mismatch of(Entry entry, Finding finding) {
    return new Mismatch(
        entry.seq(),
        entry.entity(),
        subject(entry.event()),
        finding.recorded(),
        finding.replayed());
  }

  private static String subject(Event event) {
    return switch (event) {
      case Event.DecisionMade decision -> "decision " + decision.id();
      case Event.TenantEvent other -> type(event) + " of tenant " + other.tenant();
      case Event.CatalogPut put -> "catalog " + put.version().name();
      case Event.PolicyPut put -> "policy " + put.version().name();
      case Event.NodeEvent unused -> type(event);
    };
  }

  static String type(Event event) {
    return event.getClass().getSimpleName();
  }

  public String sentence() {
    return "record %d (%s): recorded %s, %s".formatted(seq, subject, recorded, replayed);
  }
}
