package io.quaestor.kernel.tenant;

import io.quaestor.kernel.event.Event.TenantEvent;
import java.util.List;

/**
 * What a tenant answers to a command.
 *
 * @param steps the events to record, in order, each with the state after it
 */
public record Verdict(List<Step> steps, Answer answer) {

  public record Step(TenantEvent event, TenantState after) {}

  public sealed interface Answer {}

  /** The last of the steps is the answer. */
  public record Recorded() implements Answer {}

  /** The call was answered before, by the tenant's event of this number. */
  public record Repeated(long version) implements Answer {}

  public record Denied(TenantRefusal refusal) implements Answer {}
}
