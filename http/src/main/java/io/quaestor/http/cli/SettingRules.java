package io.quaestor.http.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.quaestor.http.witness.WitnessSettings;
import io.quaestor.persistence.NodeChains;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the settings of a node may be, beyond the types of their defaults. All are looked at before
 * anything starts, so that a wrong one is named and not met later, by whoever reads it first.
 */
final class SettingRules {

  private static final long MIB = 1024 * 1024;
  private static final long SECOND = 1_000;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** What a setting is a quantity of. */
  private enum Kind {
    NUMBER("a number from %d to %d"),
    BYTES("a size from %d to %d bytes"),
    MILLIS("a duration from %d to %d ms");

    private final String wanted;

    Kind(String wanted) {
      this.wanted = wanted;
    }

    long read(Config config, String path) {
      return switch (this) {
        case NUMBER -> new BigDecimal(config.getString(path)).longValueExact();
        case BYTES -> config.getBytes(path);
        case MILLIS -> config.getDuration(path).toMillis();
      };
    }
  }

  private record Rule(String path, Kind kind, long least, long most) {}

  private static final String HARD_FLOOR = "quaestor.chain.free-space-hard-floor";
  private static final String AUTO = "auto";
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^+]]{1,255}");

  private static final List<Rule> RULES =
      List.of(
          new Rule("quaestor.http.port", Kind.NUMBER, 0, 65_535),
          new Rule("quaestor.http.body-bytes-max", Kind.BYTES, 1_024, 64 * MIB),
          new Rule("quaestor.http.body-timeout", Kind.MILLIS, 100, HOUR),
          new Rule("quaestor.http.drain-timeout", Kind.MILLIS, 0, 50 * SECOND),
          new Rule("quaestor.tenant.waiting-max", Kind.NUMBER, 1, 1_000_000),
          new Rule("quaestor.tenant.batch-max", Kind.NUMBER, 1, 1_024),
          new Rule("quaestor.tenant.passivate-after", Kind.MILLIS, 100, 24 * HOUR),
          new Rule("quaestor.tenant.ask-timeout", Kind.MILLIS, 100, HOUR),
          new Rule("quaestor.tenant.open-reservations-max", Kind.NUMBER, 1, 100_000_000),
          // More than one batch can end, so that what is forgotten has been sealed.
          new Rule("quaestor.tenant.ended-reservations-kept", Kind.NUMBER, 2_048, 100_000_000),
          new Rule("quaestor.tenant.idempotency-keys-max", Kind.NUMBER, 1, 100_000_000),
          // At least as long as a reservation may live.
          new Rule("quaestor.tenant.idempotency-key-ttl", Kind.MILLIS, 24 * HOUR, 31 * 24 * HOUR),
          new Rule("quaestor.learning.snapshot-every", Kind.NUMBER, 0, 1_000_000_000),
          new Rule("quaestor.learning.waiting-max", Kind.NUMBER, 1, 1_000_000),
          new Rule("quaestor.checkpoint.interval", Kind.MILLIS, 10, HOUR),
          new Rule("quaestor.checkpoint.witness-quorum", Kind.NUMBER, 0, 100),
          new Rule("quaestor.checkpoint.witness-timeout", Kind.MILLIS, 10, 60 * SECOND),
          new Rule("quaestor.chain.segment-bytes", Kind.BYTES, 1_024, 1_024 * MIB),
          new Rule("quaestor.chain.free-space-floor", Kind.BYTES, 0, Long.MAX_VALUE),
          new Rule("quaestor.journal.batch-records-max", Kind.NUMBER, 1, 1_000_000),
          new Rule("quaestor.journal.batch-bytes-max", Kind.BYTES, 1_024, 1_024 * MIB));

  private SettingRules() {}

  /**
   * @throws NodeConfig.Invalid naming the first setting that is wrong
   */
  static void check(Config config) {
    RULES.forEach(rule -> check(config, rule));
    if (!config.getString(HARD_FLOOR).equals(AUTO)) {
      long floorBytes = config.getBytes("quaestor.chain.free-space-floor");
      check(config, new Rule(HARD_FLOOR, Kind.BYTES, 0, floorBytes));
    }
    checkName(config, "quaestor.checkpoint.origin");
    checkName(config, "quaestor.witness.name");
    try {
      WitnessSettings.from(config.getConfig("quaestor"));
    } catch (WitnessSettings.Invalid e) {
      throw new NodeConfig.Invalid(String.valueOf(e.getMessage()));
    }
    try {
      NodeChains.settings(config.getConfig("quaestor"));
    } catch (IllegalArgumentException e) {
      throw new NodeConfig.Invalid("%s (--node or QUAESTOR_NODE).".formatted(e.getMessage()));
    }
  }

  /** An origin is also the name of a key. */
  private static void checkName(Config config, String path) {
    String name = config.getString(path);
    if (!NAME.matcher(name).matches()) {
      throw new NodeConfig.Invalid(
          "Setting '%s' (variable %s) must be a name without spaces and '+', such as example.com/log, got '%s'."
              .formatted(path, NodeConfig.variable(path), name));
    }
  }

  private static void check(Config config, Rule rule) {
    try {
      long value = rule.kind().read(config, rule.path());
      if (value >= rule.least() && value <= rule.most()) {
        return;
      }
    } catch (ConfigException | ArithmeticException | NumberFormatException e) {
      // Said below.
    }
    throw new NodeConfig.Invalid(
        "Setting '%s' (variable %s) must be %s, got '%s'."
            .formatted(
                rule.path(),
                NodeConfig.variable(rule.path()),
                rule.kind().wanted.formatted(rule.least(), rule.most()),
                config.getValue(rule.path()).unwrapped()));
  }
}
