package io.quaestor.http.bundle;

import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.note.VerifierKey;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page that tells an auditor what to do, with the names and numbers of one bundle. */
final class CheckPage {

  private static final Pattern BLANK = Pattern.compile("\\{\\{([a-z_]+)\\}\\}");

  private CheckPage() {}

  static String of(TakenChain chain) {
    Map<String, String> values = values(chain);
    return BLANK
        .matcher(Resource.text("CHECK.md"))
        .replaceAll(blank -> Matcher.quoteReplacement(value(values, blank.group(1))));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the page has a blank that nobody fills: " + name);
    }
    return value;
  }

  private static Map<String, String> values(TakenChain chain) {
    return Map.of(
        "node", chain.node(),
        "origin", chain.origin(),
        "records", Long.toString(chain.head().seq()),
        "head", chain.head().hash(),
        "last_segment", Segments.name(chain.head().segment()),
        "size", Long.toString(chain.newest().size()),
        "root", chain.newest().root().base64(),
        "unsigned", unsigned(chain),
        "vkeys", newestFirst(chain.keys(), "    ", "\n"),
        "vkey_options", newestFirst(chain.keys(), "-vkey '", "' "));
  }

  private static String unsigned(TakenChain chain) {
    return chain.unsigned() == 0
        ? "All records are under this signature."
        : """
        The records %d to %d came after it: they are in the chain of hashes, but no signature covers
        them yet."""
            .formatted(chain.newest().size() + 1, chain.head().seq());
  }

  private static String newestFirst(KeyHistory history, String before, String after) {
    List<VerifierKey> keys = history.verifiers().reversed();
    return keys.stream().map(key -> before + key + after).collect(Collectors.joining()).strip();
  }
}
