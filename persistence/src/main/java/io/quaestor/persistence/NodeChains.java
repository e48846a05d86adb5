package io.quaestor.persistence;

import com.typesafe.config.Config;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/**
 * The chains of an actor system, one per directory. The plugins ask here, so that a journal and a
 * snapshot store of one directory share one chain. All are closed when the system has terminated.
 */
public final class NodeChains implements Extension {

  private static final Id ID = new Id();
  private static final String DATA_DIR = "data-dir";

  private final Config config;
  private final Map<Path, NodeChain> chains = new HashMap<>();

  private NodeChains(ExtendedActorSystem system) {
    config = system.settings().config().getConfig("quaestor");
    system.registerOnTermination(this::closeAll);
  }

  public static NodeChains get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** The settings of a chain as configured. */
  public static ChainSettings settings(Config quaestor) {
    Config chain = quaestor.getConfig("chain");
    long floorBytes = chain.getBytes("free-space-floor");
    boolean auto = chain.getString("free-space-hard-floor").equals("auto");
    return ChainSettings.of(quaestor.getString("node"))
        .withTree(quaestor.getBoolean("checkpoint.signing"))
        .withSegmentBytes(chain.getBytes("segment-bytes"))
        .withFreeSpaceFloors(
            floorBytes,
            auto
                ? ChainSettings.hardFloorBytes(floorBytes)
                : chain.getBytes("free-space-hard-floor"));
  }

  /** Hands over a chain that is open already; it is closed with the system. */
  public synchronized void provide(NodeChain chain) {
    NodeChain other = chains.putIfAbsent(chain.directory(), chain);
    if (other != null && !other.equals(chain)) {
      throw new IllegalStateException("a chain is open in " + chain.directory());
    }
  }

  /** The chain of the configured directory, opened on first use. */
  public NodeChain chain() {
    return chain(Path.of(config.getString(DATA_DIR)));
  }

  /** The chain of a plugin, whose own block may name another directory. */
  public NodeChain chain(Config plugin) {
    return plugin.hasPath(DATA_DIR) ? chain(Path.of(plugin.getString(DATA_DIR))) : chain();
  }

  private synchronized NodeChain chain(Path directory) {
    return chains.computeIfAbsent(
        NodeChain.normalized(directory),
        path -> NodeChain.open(path, settings(config), Progress.NONE));
  }

  private synchronized void closeAll() {
    chains.values().forEach(NodeChain::close);
  }

  private static final class Id extends AbstractExtensionId<NodeChains> {
    @Override
    public NodeChains createExtension(ExtendedActorSystem system) {
      return new NodeChains(system);
    }

    @Override
    public NodeChains get(ActorSystem system) {
      return super.get(system);
    }
  }
}
