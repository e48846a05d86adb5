package io.quaestor.http.cli;

import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;

/** Verifier keys as they are given on the command line. */
final class Keys {

  private Keys() {}

  static VerifierKey parse(String text) throws Unreadable {
    try {
      return VerifierKey.parse(text.strip());
    } catch (NoteRejected e) {
      throw new Unreadable("The key that was given cannot be used: %s.".formatted(e.sentence()));
    }
  }

  static List<VerifierKey> parseAll(List<String> texts) throws Unreadable {
    List<VerifierKey> keys = new ArrayList<>();
    for (String text : texts) {
      keys.add(parse(text));
    }
    return keys;
  }
}
