package io.quaestor.shadow.history;

import java.util.List;

/** Requests of which some candidate's result is not known: nothing fair can be said about them. */
final class Unknown {

  private Unknown() {}

  static void note(int left, int all, List<String> notes) {
    if (left > 0) {
      notes.add(
          "%,d of %,d requests are left out: not every candidate has a known score there."
              .formatted(left, all));
    }
  }
}
