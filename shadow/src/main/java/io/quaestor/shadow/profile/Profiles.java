package io.quaestor.shadow.profile;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.quaestor.shadow.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The profiles that ship, by name, and any other, by path. */
public final class Profiles {

  private static final String FOLDER = "profiles/";
  private static final String SUFFIX = ".conf";

  /** A class path cannot be listed in every packaging, so the names stand here. */
  private static final List<String> NAMES =
      List.of(
          "covertype",
          "covertype-drift",
          "housing",
          "kdd",
          "llmrouter-nine-models",
          "routellm-gsm8k",
          "routellm-mmlu",
          "routellm-mt-bench",
          "routerarena-sub10",
          "routerbench-mini",
          "routerbench-subset",
          "routerdc-seven-models",
          "sp500",
          "swe-bench-agent");

  private Profiles() {}

  /** The profiles that ship, in the order of their names. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * @param nameOrPath one of {@link #names}, or the path of a file in HOCON
   * @throws BadInput when there is none, or a setting is unknown, missing or wrong
   */
  public static Profile load(String nameOrPath) {
    if (NAMES.contains(nameOrPath)) {
      return read(nameOrPath, null);
    }
    Path file = Path.of(nameOrPath);
    if (!Files.isRegularFile(file)) {
      throw new BadInput(
          "There is no profile '%s': it is neither a file nor one of %s."
              .formatted(BadInput.shown(nameOrPath), String.join(", ", NAMES)));
    }
    return read(nameOrPath, file);
  }

  private static Profile read(String name, @Nullable Path file) {
    ConfigParseOptions strict = ConfigParseOptions.defaults().setAllowMissing(false);
    try {
      Config config =
          file == null
              ? ConfigFactory.parseResources(
                  Profiles.class.getClassLoader(), FOLDER + name + SUFFIX, strict)
              : ConfigFactory.parseFile(file.toFile(), strict);
      return ProfileReader.read(
          name, config.resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false)));
    } catch (ConfigException e) {
      throw new BadInput("Profile %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }
}
