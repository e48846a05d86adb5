package io.quaestor.http.witness;

import com.typesafe.config.Config;
import io.quaestor.persistence.note.KeyType;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.VerifierKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The witnesses that a node asks, and the logs that it is a witness for, as configured.
 *
 * @param quorum how many must cosign before a checkpoint counts
 * @param logs the keys of the logs that this node cosigns; none: it is no witness
 * @param name of the key that it cosigns with
 */
public record WitnessSettings(
    List<Asked> asked,
    int quorum,
    Duration timeout,
    List<VerifierKey> logs,
    String name,
    Path keyFile,
    Path records) {

  private static final String AUTO = "auto";
  private static final int PORT_MAX = 65_535;

  /** A witness that is asked. */
  public record Asked(String url, VerifierKey key) {}

  /** A setting that cannot be used; the message names it. */
  public static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    Invalid(String message) {
      super(message);
    }
  }

  /**
   * @throws Invalid naming the first setting that is wrong
   */
  public static WitnessSettings from(Config quaestor) {
    Config checkpoint = quaestor.getConfig("checkpoint");
    Config witness = quaestor.getConfig("witness");
    List<Asked> asked =
        entries(checkpoint.getString("witnesses")).stream().map(WitnessSettings::asked).toList();
    int quorum = checkpoint.getInt("witness-quorum");
    if (quorum < 0 || quorum > asked.size()) {
      throw new Invalid(
          "Setting 'quaestor.checkpoint.witness-quorum' must be 0 to %d, the number of witnesses, got %d."
              .formatted(asked.size(), quorum));
    }
    Path data = Path.of(quaestor.getString("data-dir"));
    String name = witness.getString("name");
    String keyFile = witness.getString("key-file");
    return new WitnessSettings(
        asked,
        quorum,
        checkpoint.getDuration("witness-timeout"),
        entries(witness.getString("logs")).stream()
            .map(entry -> key("quaestor.witness.logs", entry, KeyType.ED25519))
            .toList(),
        name.equals(AUTO)
            ? "quaestor.local/%s/witness".formatted(quaestor.getString("node"))
            : name,
        keyFile.equals(AUTO) ? data.resolve("witness.key") : Path.of(keyFile),
        data.resolve("witness"));
  }

  public boolean isWitness() {
    return !logs.isEmpty();
  }

  private static List<String> entries(String text) {
    return new ArrayList<>(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  private static Asked asked(String entry) {
    String setting = "quaestor.checkpoint.witnesses";
    String[] parts = entry.split("\\s+", -1);
    if (parts.length != 2 || !isUrl(parts[0])) {
      throw new Invalid(
          "Setting '%s' is a list of 'URL VKEY' with commas between them, got '%s'."
              .formatted(setting, entry));
    }
    return new Asked(parts[0], key(setting, parts[1], KeyType.COSIGNATURE));
  }

  /** A path is put behind it, so nothing may be there that ends a path. */
  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && !uri.getRawAuthority().endsWith(":")
          && uri.getPort() <= PORT_MAX
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static VerifierKey key(String setting, String text, KeyType type) {
    try {
      VerifierKey key = VerifierKey.parse(text);
      if (key.type() != type) {
        throw new Invalid(
            "Setting '%s' needs a key of the type %s, got %s.".formatted(setting, type, key));
      }
      return key;
    } catch (NoteRejected e) {
      throw new Invalid(
          "Setting '%s' has a key that is none: %s.".formatted(setting, e.sentence()));
    }
  }
}
