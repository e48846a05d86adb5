package io.quaestor.http.cli;

import com.typesafe.config.Config;
import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.CheckpointSettings;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.Cosigners;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.KeyFile;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The keys that checkpoints are signed with. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Shows, makes and changes the keys that checkpoints are signed with.",
    subcommands = {KeysCommand.Show.class, KeysCommand.Generate.class, KeysCommand.Rotate.class})
final class KeysCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  KeysCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which one? show, generate or rotate.");
  }

  // ---- show ------------------------------------------------------------------------------------

  /** Prints the verifier keys of a chain. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the node's verifier key (C2SP vkey), to be given to whoever checks.",
        "With --all, every key there has been, behind the number of the record that adopted it."
      })
  static final class Show implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The node's data directory.")
    private Path directory;

    @Option(names = "--all", description = "Also the keys that signed before.")
    private boolean all;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the fields
    Show() {}

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      try {
        CheckedChain checked =
            new ChainExamination(ChainDirectory.open(directory), List.of(), err).run().orThrow();
        if (checked.keys().isEmpty()) {
          throw new Unreadable("The chain in %s is not signed.".formatted(directory));
        }
        print(out, checked.keys());
        return ExitStatus.OK;
      } catch (Unreadable e) {
        err.println(e.getMessage());
        return ExitStatus.UNUSABLE;
      } catch (ChainRefused e) {
        err.printf("%s (%s)%n", e.getMessage(), e.code());
        return ExitStatus.of(e);
      }
    }

    private void print(PrintWriter out, KeyHistory keys) {
      if (all) {
        keys.keys().forEach(each -> out.printf("%d %s%n", each.seq(), each.key()));
      } else {
        out.println(keys.keys().getLast().key());
      }
      out.flush();
    }
  }

  // ---- generate --------------------------------------------------------------------------------

  /** Makes a key outside of any node. */
  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a private key in a new file, for its owner alone, and prints its verifier key.",
        "The name of a node's key is its origin, by default quaestor.local/NODE."
      })
  static final class Generate implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the key.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "File to make.")
    private Path file;

    @Option(names = "--witness", description = "A key to cosign with, not to sign with.")
    private boolean witness;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the fields
    Generate() {}

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      if (Files.exists(file)) {
        err.printf("%s is there already; choose another file.%n", file);
        return ExitStatus.UNUSABLE;
      }
      try {
        VerifierKey made = witness ? cosigner() : signer();
        spec.commandLine().getOut().println(made);
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
      } catch (NoteRejected e) {
        err.printf("The name cannot be used: %s.%n", e.sentence());
        return ExitStatus.UNUSABLE;
      } catch (ChainRefused e) {
        err.println(e.getMessage());
        return ExitStatus.UNUSABLE;
      }
    }

    private VerifierKey signer() {
      SigningKey key = SigningKey.generate(name, new SecureRandom());
      new KeyFile(file).write(key.secretText());
      return key.verifier();
    }

    private VerifierKey cosigner() {
      CosignerKey key = CosignerKey.generate(name, new SecureRandom());
      new KeyFile(file).write(key.secretText());
      return key.verifier();
    }
  }

  // ---- rotate ----------------------------------------------------------------------------------

  /** Changes the key of a node that does not run. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Changes the key of a node that does not run: the chain records the new key, and a"
            + " checkpoint signed by both keys hands over. Checkpoints of the old key stay valid.",
        "Takes the settings of serve: --config and QUAESTOR_* variables."
      })
  static final class Rotate implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: data).")
    private @Nullable String data;

    @Option(names = "--node", paramLabel = "NAME", description = "Node name (default: node-1).")
    private @Nullable String node;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (HOCON).")
    private @Nullable Path file;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        description = "File for the new key, where the old one was given by a variable.")
    private @Nullable Path to;

    @Option(
        names = "--old-key-lost",
        description = "Adopt a new key without the old one's signature. Every check will say so.")
    private boolean lost;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects spec
    Rotate() {}

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      try {
        Config quaestor = NodeConfig.load(file, System.getenv(), flags()).getConfig("quaestor");
        rotate(quaestor, CheckpointSettings.from(quaestor));
        return ExitStatus.OK;
      } catch (NodeConfig.Invalid e) {
        err.println(e.getMessage());
        return ExitStatus.UNUSABLE;
      } catch (ChainRefused e) {
        err.printf("%s (%s)%n", e.getMessage(), e.code());
        return ExitStatus.of(e);
      } catch (IOException e) {
        err.printf("The key was not changed: %s.%n", Reason.of(e));
        return ExitStatus.FAILED;
      }
    }

    private Map<String, String> flags() {
      Map<String, String> flags = new HashMap<>();
      if (data != null) {
        flags.put("quaestor.data-dir", data);
      }
      if (node != null) {
        flags.put("quaestor.node", node);
      }
      return flags;
    }

    private void rotate(Config quaestor, CheckpointSettings settings) throws IOException {
      Path keyFile = keyFile(settings);
      Path directory = Path.of(quaestor.getString("data-dir"));
      if (!Files.isDirectory(directory)) {
        throw new NodeConfig.Invalid("%s is not a directory.".formatted(directory));
      }
      ProgressBar bar = ProgressBar.on(spec.commandLine().getErr());
      try (NodeChain chain =
          NodeChain.open(directory, NodeChains.settings(quaestor), settings.anchors(), bar)) {
        bar.finish();
        if (chain.opened().keys().isEmpty()) {
          throw new NodeConfig.Invalid(
              "The chain in %s is not signed yet; its node makes a key when it starts."
                  .formatted(directory));
        }
        change(chain, settings, keyFile);
      } finally {
        bar.finish();
      }
    }

    private Path keyFile(CheckpointSettings settings) {
      if (settings.key() instanceof KeySource.Given && to == null) {
        throw new NodeConfig.Invalid(
            "The key is given by the setting quaestor.checkpoint.key, which cannot be written; name"
                + " a file for the new key with --to, then set the new key or the file.");
      }
      return to == null ? settings.keyFile() : to;
    }

    private void change(NodeChain chain, CheckpointSettings settings, Path keyFile)
        throws IOException {
      NodeKey nodeKey = settings.nodeKey();
      SigningKey old = lost ? null : nodeKey.load(chain.opened().keys());
      SigningKey next = nodeKey.prepareNext(keyFile);
      try (Checkpointer checkpointer =
          Checkpointer.start(
              chain,
              old == null ? next : old,
              new Checkpointer.Settings(settings.anchors(), Cosigners.NONE, settings.interval()))) {
        if (old != null) {
          checkpointer.rotate(next);
        }
      }
      NodeKey.putInPlace(keyFile);
      print(chain, next.verifier(), keyFile);
    }

    private void print(NodeChain chain, VerifierKey key, Path keyFile) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("From record %d on checkpoints are signed by%n%s%n", chain.head().seq(), key);
      out.printf("The private key is in %s.%n", Objects.requireNonNull(keyFile));
      out.flush();
    }
  }
}
