package io.quaestor.persistence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.NoteRejected.Code;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a test says that something is not accepted. */
final class Refusals {

  private Refusals() {}

  static void assertRejected(Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NoteRejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }
}
