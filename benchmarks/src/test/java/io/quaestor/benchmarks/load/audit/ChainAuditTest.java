package io.quaestor.benchmarks.load.audit;

import static io.quaestor.benchmarks.load.audit.TestChain.budget;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainAuditTest {

  private final Faults faults = new Faults();
  private final AnswerBook book = new AnswerBook(faults);
  private final TestChain chain = new TestChain();

  @BeforeEach
  void answerAndRecordTheSame() {
    chain
        .begun()
        .reserved("d1", 30, budget(100, 70, 30, 0))
        .reserved("d2", 20, budget(100, 50, 50, 0))
        .committed("d1", 30, 10, false, budget(100, 70, 20, 10));
    book.defined(
        new Answer.Tenant("a", new Money(100, 100, 0, 0), null, null, seal(0, chain.hash(0))));
    book.decided(decision("d1", 30, new Money(100, 70, 30, 0), seal(1, chain.hash(1))));
    book.decided(decision("d2", 20, new Money(100, 50, 50, 0), seal(2, chain.hash(2))));
  }

  private void answerTheCommit(long actual) {
    book.settled(
        new Answer.Settlement(
            "d1",
            "committed",
            30L,
            actual,
            false,
            null,
            new Money(100, 70, 20, 10),
            seal(3, chain.hash(3))));
  }

  @Test
  void agreesWithTheSameSums() throws Exception {
    answerTheCommit(10);

    ChainAudit audit = audit();
    book.compare(view(new Money(100, 70, 20, 10), 1));

    assertThat(faults.first()).isEmpty();
    assertThat(audit.found()).isEqualTo(4);
    assertThat(book.decisions()).isEqualTo(2);
  }

  @Test
  void findsARecordThatNobodyWasTold() throws Exception {
    audit();

    assertThat(faults.first()).hasSize(2);
    assertThat(faults.first().get(0)).contains("record 3, Committed of d1, was never answered");
    assertThat(faults.first().get(1)).contains("reserved 20, committed 10 and 1 open in the chain");
  }

  @Test
  void findsAnAnswerThatIsNotInTheChain() throws Exception {
    answerTheCommit(10);
    book.decided(decision("d9", 1, new Money(100, 69, 21, 10), seal(4, "f".repeat(64))));

    audit();

    assertThat(faults.first().getFirst())
        .contains("DecisionMade of d9 was answered with the seal 4, which is not in the chain");
  }

  @Test
  void findsAnAnswerWithAnotherHash() throws Exception {
    answerTheCommit(10);
    chain.replaced(3, "\"late\":false", "\"late\": false");

    audit();

    assertThat(faults.first()).hasSize(1);
    assertThat(faults.first().getFirst()).contains("record 3 is Committed of d1 with hash");
  }

  @Test
  void findsAnAnswerWithAnotherAmount() throws Exception {
    answerTheCommit(9);

    audit();
    book.compare(view(new Money(100, 70, 20, 10), 1));

    assertThat(faults.first()).hasSize(2);
    assertThat(faults.first().get(0)).contains("its answers add up to initial 100, remaining 71");
    assertThat(faults.first().get(1)).contains("its answers add up to initial 100, remaining 71");
  }

  @Test
  void findsAViewThatBreaksTheIdentity() {
    book.compare(view(new Money(100, 51, 50, 0), 2));

    assertThat(faults.first().getFirst()).contains("breaks the identity of tenant a");
  }

  @Test
  void findsAnotherNumberOfOpenReservations() {
    book.compare(view(new Money(100, 50, 50, 0), 3));

    assertThat(faults.first()).hasSize(1);
    assertThat(faults.first().getFirst()).contains("3 open reservations; its answers leave 2");
  }

  @Test
  void findsADecisionThatWasAnsweredTwice() {
    book.decided(decision("d2", 20, new Money(100, 50, 50, 0), seal(2, chain.hash(2))));

    assertThat(faults.first().get(0)).contains("decision d2 was answered twice");
    assertThat(faults.first().get(1)).contains("two answers have the seal 2");
  }

  private ChainAudit audit() throws Exception {
    ChainAudit audit = new ChainAudit(book, faults);
    audit.read(chain.export());
    return audit;
  }

  private static Answer.Seal seal(long seq, String hash) {
    return new Answer.Seal(seq, hash);
  }

  private static Answer.Decision decision(String id, long amount, Money after, Answer.Seal seal) {
    return new Answer.Decision(
        id,
        "a",
        "substitute",
        "best",
        new Answer.Reservation(id, amount, "2026-11-23T08:10:00Z"),
        after,
        seal);
  }

  private static Answer.Tenant view(Money money, long open) {
    return new Answer.Tenant("a", money, null, open, null);
  }
}
