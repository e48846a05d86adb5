package io.quaestor.persistence;

import com.typesafe.config.Config;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a node signs and anchors, as configured.
 *
 * @param origin of its checkpoints, and the name of its key
 * @param adoptsUnsigned whether a key that was there before may begin to sign an unsigned chain
 * @param keyFile where the key is kept, or would be if it were not given
 */
public record CheckpointSettings(
    boolean signing,
    String origin,
    KeySource key,
    Path keyFile,
    boolean adoptsUnsigned,
    Duration interval,
    List<Anchor> anchors) {

  private static final String AUTO = "auto";

  public static CheckpointSettings from(Config quaestor) {
    Config checkpoint = quaestor.getConfig("checkpoint");
    String node = quaestor.getString("node");
    String origin = checkpoint.getString("origin");
    String file = checkpoint.getString("key-file");
    Path keyFile =
        file.equals(AUTO)
            ? Path.of(quaestor.getString("data-dir")).resolve("node.key")
            : Path.of(file);
    String secret = checkpoint.getString("key");
    String anchor = checkpoint.getString("anchor");
    return new CheckpointSettings(
        checkpoint.getBoolean("signing"),
        origin.equals(AUTO) ? "quaestor.local/" + node : origin,
        secret.isEmpty() ? new KeySource.InFile(keyFile) : new KeySource.Given(secret),
        keyFile,
        checkpoint.getBoolean("adopt-unsigned"),
        checkpoint.getDuration("interval"),
        anchor.isEmpty()
            ? List.of()
            : List.of(
                DirectoryAnchor.elsewhere(
                    Disk.local(), Path.of(anchor).toAbsolutePath().normalize(), node)));
  }

  public NodeKey nodeKey() {
    return new NodeKey(key, origin, adoptsUnsigned);
  }
}
