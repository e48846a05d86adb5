package io.quaestor.http.bundle;

import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.KeyHistory.Adopted;
import java.util.List;

/** The list of the public keys that signed, for a person and for {@code cut}. */
final class KeyList {

  private KeyList() {}

  static String of(KeyHistory history, String origin) {
    StringBuilder text = new StringBuilder();
    text.append("# The keys of %s, as its records say.\n".formatted(origin))
        .append("# record: the record that adopted the key.\n")
        .append("# sizes: a checkpoint over so many records is signed by it.\n")
        .append("# This list proves nothing. Compare it with keys that you have from elsewhere.\n")
        .append("record\tsizes\tvkey\n");
    List<Adopted> keys = history.keys();
    for (int i = 0; i < keys.size(); i++) {
      Adopted key = keys.get(i);
      String last = i + 1 < keys.size() ? Long.toString(keys.get(i + 1).seq() - 1) : "";
      text.append("%d\t%d-%s\t%s\n".formatted(key.seq(), key.seq(), last, key.key()));
    }
    return text.toString();
  }
}
