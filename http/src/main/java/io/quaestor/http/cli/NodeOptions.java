package io.quaestor.http.cli;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which node a command is about, and where its settings are. */
final class NodeOptions {

  @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: data).")
  private @Nullable String data;

  @Option(names = "--node", paramLabel = "NAME", description = "Node name (default: node-1).")
  private @Nullable String node;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (HOCON).")
  private @Nullable Path file;

  /**
   * The settings of the node.
   *
   * @param more flags of one command, by the path of their setting
   * @throws NodeConfig.Invalid when one of them cannot be used
   */
  Config load(Map<String, String> more) {
    Map<String, String> flags = new HashMap<>(more);
    put(flags, "quaestor.data-dir", data);
    put(flags, "quaestor.node", node);
    return NodeConfig.load(file, System.getenv(), flags);
  }

  static void put(Map<String, String> flags, String path, @Nullable String value) {
    if (value != null) {
      flags.put(path, value);
    }
  }
}
