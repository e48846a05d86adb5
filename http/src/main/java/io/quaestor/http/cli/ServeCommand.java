package io.quaestor.http.cli;

import com.typesafe.config.Config;
import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.ChainRefused;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs a node: verifies its chain, then answers over HTTP.",
      "Every setting can also come from a file (HOCON) or a QUAESTOR_* variable."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions node;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Loopback address to listen on (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 takes any free one (default: 8080).")
  private @Nullable String port;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  ServeCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Config config = node.load(flags());
      return NodeProcess.run(config, spec.commandLine().getOut(), err);
    } catch (NodeConfig.Invalid e) {
      err.println(e.getMessage());
      return ExitStatus.UNUSABLE;
    } catch (ChainRefused e) {
      err.printf("%s (%s)%n", Printable.of(e.getMessage()), e.code());
      return ExitStatus.of(e);
    } catch (ChainFull | ChainFailed e) {
      StorageEnd end = StorageEnd.of(e).orElseThrow();
      err.println(end.sentence());
      return end.status();
    }
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>();
    NodeOptions.put(flags, "quaestor.http.host", host);
    NodeOptions.put(flags, "quaestor.http.port", port);
    return flags;
  }
}
