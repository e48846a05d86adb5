package io.quaestor.kernel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.DecisionMade;
import io.quaestor.kernel.learning.Regimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Like {@link ForgeryTest}, for what was learned and what was made of it. */
class LearningForgeryTest {

  /** A chain in which a tier was seen to change. */
  private static final List<Entry> HONEST =
      IntStream.iterate(1, seed -> seed + 1)
          .mapToObj(seed -> new RandomNode(seed).live(1_600))
          .filter(chain -> chain.stream().anyMatch(e -> e.event() instanceof Event.DriftNoticed))
          .findFirst()
          .orElseThrow();

  // ---- decisions -------------------------------------------------------------------------------

  @Test
  void namesVotesThatWereNotCast() {
    Mismatch found =
        learned(
            LearningForgeryTest::polled,
            "learned.poll.ballots",
            ballots -> with((List<?>) ballots, ballot -> Forgery.of(ballot, "votes", v -> 33)));

    assertMember("learned.poll.ballots[0].votes", found);
  }

  @Test
  void namesAnotherDraw() {
    assertMember(
        "learned.poll.draw",
        learned(LearningForgeryTest::polled, "learned.poll.draw", draw -> ((int) draw + 1) % 32));
  }

  @Test
  void namesAnotherSeed() {
    assertMember(
        "learned.poll.seed", learned(LearningForgeryTest::polled, "learned.poll.seed", lessBy(1)));
  }

  @Test
  void namesAnotherVersionOfThePosterior() {
    assertMember(
        "learned.poll.version",
        learned(LearningForgeryTest::polled, "learned.poll.version", lessBy(1)));
  }

  @Test
  void namesAPositionThatCannotBeNamed() {
    Mismatch found = learned(LearningForgeryTest::polled, "learned.position", lessBy(1));

    assertThat(found.recorded()).startsWith("learned.position ");
    assertThat(found.replayed()).isEqualTo("no statistics of that position may be named here");
  }

  @Test
  void namesAPositionThatWasNotTheOneDecidedOn() {
    assertMember(
        "learned.poll.seed",
        learned(LearningForgeryTest::polled, "learned.position", lessBy(Regimes.EPOCH_RECORDS)));
  }

  @Test
  void namesAnotherPriceOfQuality() {
    assertMember(
        "learned.price_microcents",
        learned(LearningForgeryTest::polled, "learned.priceMicrocents", lessBy(1)));
  }

  @Test
  void namesARegimeOfAnotherRequest() {
    assertMember(
        "regime", learned(LearningForgeryTest::polled, "regime", regime -> ((int) regime + 1) % 8));
  }

  @Test
  void namesARegimeThatThereIsNot() {
    assertMember("regime", learned(LearningForgeryTest::polled, "regime", regime -> 8));
  }

  @Test
  void namesAnAnomalyThatIsHidden() {
    Mismatch found = learned(LearningForgeryTest::anomalous, "learned.anomaly", unused -> null);

    assertThat(found.recorded()).isEqualTo("learned.anomaly nothing");
  }

  @Test
  void namesADecisionThatPretendsNotToHaveLearned() {
    Mismatch found = learned(LearningForgeryTest::polled, "learned", unused -> null);

    assertThat(found.recorded()).endsWith(" nothing");
  }

  // ---- lessons ---------------------------------------------------------------------------------

  @Test
  void namesALessonFromAnotherScore() {
    assertMember(
        "lesson.score_bps",
        learned(
            LearningForgeryTest::taught,
            "lesson.scoreBps",
            score -> (int) score > 0 ? (int) score - 1 : 1));
  }

  @Test
  void namesALessonFromAScoreThatThereIsNot() {
    assertMember(
        "lesson.score_bps",
        learned(LearningForgeryTest::taught, "lesson.scoreBps", score -> 20_000));
  }

  @Test
  void namesALessonAboutAnotherTier() {
    assertMember(
        "lesson.tier", learned(LearningForgeryTest::taught, "lesson.tier", unused -> "another"));
  }

  @Test
  void namesALessonOfAnotherRegime() {
    assertMember(
        "lesson.regime", learned(LearningForgeryTest::taught, "lesson.regime", unused -> -7));
  }

  @Test
  void namesAPriceThatWasMovedOtherwise() {
    assertMember(
        "lesson.price.log_micro",
        learned(LearningForgeryTest::moving, "lesson.price.logMicro", lessBy(1)));
  }

  @Test
  void namesALessonThatWasDropped() {
    Mismatch found = learned(LearningForgeryTest::taught, "lesson", unused -> null);

    assertThat(found.recorded()).isEqualTo("no lesson");
    assertThat(found.replayed()).isEqualTo("the kernel learns from this outcome");
  }

  // ---- changes ---------------------------------------------------------------------------------

  @Test
  void namesAChangeThatIsToldOtherwise() {
    Mismatch found =
        firstOf(
            entry ->
                entry.event() instanceof Event.DriftNoticed drift
                    ? put(entry, Forgery.of(drift, "expectedBps", bps -> (int) bps + 1))
                    : entry);

    assertMember("drift.expected_bps", found);
  }

  @Test
  void namesAChangeThatWasDropped() {
    Entry dropped = first(Event.DriftNoticed.class::isInstance);
    List<Entry> chain = new ArrayList<>(HONEST);
    chain.remove(dropped);

    assertThat(mismatches(chain).getFirst().replayed())
        .isEqualTo("event %d comes next".formatted(dropped.eseq()));

    chain.replaceAll(
        entry ->
            entry.entity().equals(dropped.entity()) && entry.seq() > dropped.seq()
                ? new Entry(
                    entry.seq(), entry.sealedAt(), entry.entity(), entry.eseq() - 1, entry.event())
                : entry);
    Mismatch found = mismatches(chain).getFirst();

    assertThat(found.seq()).isEqualTo(dropped.seq() + 1);
    assertThat(found.recorded()).isEqualTo("drift nothing");
  }

  @Test
  void namesAChangeThatNothingShows() {
    Mismatch found =
        firstOf(
            entry ->
                entry.equals(first(LearningForgeryTest::taught))
                    ? put(entry, first(Event.DriftNoticed.class::isInstance).event())
                    : entry);

    assertThat(found.seq()).isGreaterThanOrEqualTo(first(LearningForgeryTest::taught).seq());
  }

  // ---- samples ---------------------------------------------------------------------------------

  /** A choice among tiers, on statistics of some epoch behind the first. */
  private static boolean polled(Event event) {
    return event instanceof DecisionMade decision
        && decision.learned() != null
        && decision.learned().poll() != null
        && decision.learned().poll().version() > 0
        && decision.learned().position() > Regimes.EPOCH_RECORDS;
  }

  private static boolean anomalous(Event event) {
    return event instanceof DecisionMade decision
        && decision.learned() != null
        && decision.learned().anomaly() != null;
  }

  private static boolean taught(Event event) {
    return event instanceof Event.OutcomeReported outcome && outcome.lesson() != null;
  }

  private static boolean moving(Event event) {
    return event instanceof Event.OutcomeReported outcome
        && outcome.lesson() != null
        && outcome.lesson().price() != null;
  }

  private static Entry first(Predicate<Event> which) {
    return HONEST.stream().filter(entry -> which.test(entry.event())).findFirst().orElseThrow();
  }

  // ---- helpers ---------------------------------------------------------------------------------

  /** What is found first when the first such record is changed. */
  private static Mismatch learned(Predicate<Event> which, String path, Forgery.Change change) {
    Entry original = first(which);
    Mismatch found =
        firstOf(
            entry ->
                entry.equals(original)
                    ? put(entry, (Event) Forgery.of((Record) entry.event(), path, change))
                    : entry);
    assertThat(found.seq()).isEqualTo(original.seq());
    return found;
  }

  private static Entry put(Entry entry, Event event) {
    return new Entry(entry.seq(), entry.sealedAt(), entry.entity(), entry.eseq(), event);
  }

  private static List<@Nullable Object> with(List<?> records, UnaryOperator<Record> change) {
    List<@Nullable Object> changed = new ArrayList<>(records);
    changed.set(0, change.apply((Record) records.getFirst()));
    return changed;
  }

  private static Mismatch firstOf(UnaryOperator<Entry> change) {
    return mismatches(HONEST.stream().map(change).toList()).getFirst();
  }

  private static List<Mismatch> mismatches(List<Entry> chain) {
    ReplayCheck check = new ReplayCheck(RandomNode::digest);
    return chain.stream().map(check::accept).flatMap(Optional::stream).toList();
  }

  private static Forgery.Change lessBy(long by) {
    return value -> (long) value - by;
  }

  private static void assertMember(String member, Mismatch found) {
    assertThat(found.recorded()).startsWith(member + " ");
    assertThat(found.replayed()).startsWith("the kernel comes to ");
  }
}
