package io.quaestor.kernel.replay;

import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.DriftNoticed;
import io.quaestor.kernel.event.Event.Lesson;
import io.quaestor.kernel.event.Event.OutcomeReported;
import io.quaestor.kernel.learning.Advice;
import io.quaestor.kernel.learning.Awaited;
import io.quaestor.kernel.learning.TenantLearning;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws the lessons of a tenant's outcomes again: what each moved, and whether it showed that a
 * tier has changed. Which decision an outcome belongs to is known as long as the tenant awaits it;
 * of older ones the record is believed, but not what it does to the price.
 */
final class LessonReplay {

  /** A change that was noticed, with what was known before it; the outcome comes next. */
  private record Noticed(DriftNoticed drift, TenantLearning before) {}

  private @Nullable Noticed noticed;

  /** Checks an event against what the tenant had learned before it. */
  Optional<Finding> check(
      Event.TenantEvent event, TenantLearning learning, RegistryReplay registry) {
    Noticed before = noticed;
    noticed = event instanceof DriftNoticed drift ? new Noticed(drift, learning) : null;
    if (before != null
        && !(event instanceof OutcomeReported outcome
            && outcome.id().equals(before.drift().id())
            && outcome.lesson() != null)) {
      return Optional.of(
          new Finding("a DriftNoticed", "the outcome that shows it does not come next"));
    }
    return event instanceof OutcomeReported outcome
        ? outcome(outcome, learning, before, registry)
        : Optional.empty();
  }

  private static Optional<Finding> outcome(
      OutcomeReported outcome,
      TenantLearning learning,
      @Nullable Noticed noticed,
      RegistryReplay registry) {
    Integer score = outcome.score();
    Awaited awaited = learning.awaited(outcome.id());
    Lesson lesson = outcome.lesson();
    if (lesson == null) {
      return score == null || awaited == null || !registry.learned(outcome.at())
          ? Optional.empty()
          : Optional.of(new Finding("no lesson", "the kernel learns from this outcome"));
    }
    if (score == null) {
      return Optional.of(new Finding("a lesson", "the outcome does not say how it went"));
    }
    return switch (registry.policy(lesson.policy(), outcome.at())) {
      case Versions.Found.Not<VersionedPolicy> not -> Optional.of(not.why());
      case Versions.Found.Document<VersionedPolicy> policy ->
          again(outcome, lesson, score, awaited, learning, noticed, policy.document());
    };
  }

  private static Optional<Finding> again(
      OutcomeReported outcome,
      Lesson lesson,
      int score,
      @Nullable Awaited awaited,
      TenantLearning learning,
      @Nullable Noticed noticed,
      VersionedPolicy policy) {
    Awaited decision = awaited != null ? awaited : believed(lesson, learning);
    if (lesson.scoreBps() != score) {
      return different("lesson.score_bps", lesson.scoreBps(), score);
    }
    if (decision != null) {
      Lesson again = Advice.lesson(learning, decision, score, policy);
      if (!lesson.equals(again)) {
        return different("lesson", lesson, again);
      }
    }
    DriftNoticed due =
        Advice.drift(
            noticed == null ? learning : noticed.before(),
            outcome.tenant(),
            outcome.at(),
            outcome.id(),
            lesson,
            policy);
    DriftNoticed recorded = noticed == null ? null : noticed.drift();
    return Objects.equals(recorded, due) ? Optional.empty() : different("drift", recorded, due);
  }

  /** What a lesson says about its decision; null when the price has nothing to start from. */
  private static @Nullable Awaited believed(Lesson lesson, TenantLearning learning) {
    return learning.useCase(lesson.catalog(), lesson.useCase()).price() == null
        ? null
        : new Awaited(
            lesson.policy(),
            lesson.useCase(),
            lesson.catalog(),
            lesson.regime(),
            lesson.tier(),
            lesson.model(),
            lesson.provider(),
            0,
            lesson.price() == null);
  }

  private static Optional<Finding> different(
      String member, @Nullable Object recorded, @Nullable Object again) {
    return Difference.between(member, recorded, again).stream()
        .findFirst()
        .map(Difference::finding);
  }
}
