package io.quaestor.persistence.witness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class WitnessStoreContract {

  final TestLog log = TestLog.create();

  abstract WitnessStore store();

  @Test
  void hasNoRecordOfALogItNeverSaw() {
    assertThat(store().load(TestLog.ORIGIN)).isEmpty();
  }

  @Test
  void keepsTheLastRecordOfEachLog() {
    WitnessStore store = store();
    TestLog other = TestLog.named("grün/../x:?");

    store.store(TestLog.ORIGIN, log.note(3));
    store.store("grün/../x:?", other.note(5));
    store.store(TestLog.ORIGIN, log.note(4));

    assertThat(store.load(TestLog.ORIGIN)).contains(log.checkpoint(4));
    assertThat(store.load("grün/../x:?")).contains(other.checkpoint(5));
    assertThat(store.load("grün")).isEmpty();
  }
}
