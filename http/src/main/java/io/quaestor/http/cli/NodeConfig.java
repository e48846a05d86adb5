package io.quaestor.http.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node: command line flags over {@code QUAESTOR_*} variables over the file
 * (HOCON) over the defaults. A setting that does not exist, or has another type than its default,
 * is an error that names it.
 */
final class NodeConfig {

  private static final String ROOT = "quaestor";
  private static final String VARIABLE_PREFIX = "QUAESTOR_";

  /** Variables of the launcher. */
  private static final Set<String> NOT_SETTINGS = Set.of("QUAESTOR_JAVA_OPTS", "QUAESTOR_CONFIG");

  /** A setting that cannot be used; the message names it and says what to do. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    Invalid(String message) {
      super(message);
    }
  }

  private NodeConfig() {}

  /**
   * @param flags settings by path, as given on the command line
   */
  static Config load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
    Config defaults = ConfigFactory.load();
    Config own = ConfigFactory.empty();
    try {
      if (file != null) {
        if (!Files.isRegularFile(file)) {
          throw new Invalid("There is no configuration file %s.".formatted(file));
        }
        Config fromFile =
            ConfigFactory.parseFile(
                file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        check(fromFile, defaults, "file " + file);
        own = fromFile;
      }
      own = ConfigFactory.parseMap(fromEnvironment(environment, defaults)).withFallback(own);
      own = ConfigFactory.parseMap(flags).withFallback(own);
      Config all = own.withFallback(defaults).resolve();
      checkTypes(all, defaults);
      SettingRules.check(all);
      return all;
    } catch (ConfigException e) {
      throw new Invalid("The configuration cannot be read: " + e.getMessage());
    }
  }

  private static void check(Config given, Config defaults, String where) {
    for (Map.Entry<String, ConfigValue> setting : given.entrySet()) {
      String path = setting.getKey();
      if (path.startsWith(ROOT + ".") && !defaults.hasPathOrNull(path)) {
        throw new Invalid(
            "Unknown setting '%s' in %s; known are: %s."
                .formatted(path, where, String.join(", ", neighbours(path, defaults))));
      }
    }
  }

  private static List<String> neighbours(String path, Config defaults) {
    String parent = path.substring(0, path.lastIndexOf('.') + 1);
    List<String> near = settings(defaults).stream().filter(it -> it.startsWith(parent)).toList();
    return near.isEmpty() ? settings(defaults) : near;
  }

  private static List<String> settings(Config defaults) {
    return defaults.getConfig(ROOT).entrySet().stream()
        .map(entry -> ROOT + "." + entry.getKey())
        .sorted()
        .toList();
  }

  private static Map<String, String> fromEnvironment(
      Map<String, String> environment, Config defaults) {
    Map<String, String> byVariable = new HashMap<>();
    settings(defaults).forEach(path -> byVariable.put(variable(path), path));
    Map<String, String> found = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE_PREFIX) && !NOT_SETTINGS.contains(name)) {
            String path = byVariable.get(name);
            if (path == null) {
              unknown.add(name);
            } else {
              found.put(path, value);
            }
          }
        });
    if (!unknown.isEmpty()) {
      throw new Invalid(
          "Unknown variable %s; known are: %s."
              .formatted(
                  unknown.stream().sorted().collect(Collectors.joining(", ")),
                  byVariable.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }
    return found;
  }

  /** {@code quaestor.http.port} is {@code QUAESTOR_HTTP_PORT}. */
  static String variable(String path) {
    return path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static void checkTypes(Config all, Config defaults) {
    for (String path : settings(defaults)) {
      ConfigValueType wanted = defaults.getValue(path).valueType();
      try {
        switch (wanted) {
          case NUMBER -> all.getLong(path);
          case BOOLEAN -> all.getBoolean(path);
          default -> all.getAnyRef(path);
        }
      } catch (ConfigException e) {
        throw new Invalid(
            "Setting '%s' (variable %s) must be %s, got '%s'."
                .formatted(
                    path,
                    variable(path),
                    wanted == ConfigValueType.BOOLEAN ? "on or off" : "a number",
                    all.getValue(path).unwrapped()));
      }
    }
  }
}
