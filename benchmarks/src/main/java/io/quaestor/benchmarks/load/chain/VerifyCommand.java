package io.quaestor.benchmarks.load.chain;

import io.quaestor.benchmarks.load.node.Machine;
import io.quaestor.persistence.chain.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the verification of a long chain with what its disk and SHA-256 alone allow. */
@Command(
    name = "verify",
    description = {
      "Compares the verification of a long chain with what its disk and SHA-256 alone allow: in each"
          + " round first reading, then reading and hashing, then verifying, on as many threads."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 measured, 2 not possible, also when the chain is damaged."})
public final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ChainOptions options;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds, after one that is not counted (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--cold",
      description = "Also time `quaestor verify` as a process of its own in each round.")
  private boolean cold;

  @Option(
      names = "--drop-caches",
      description = "Empty the system's page cache before each measurement; needs root.")
  private boolean dropCaches;

  @SuppressWarnings("NullAway.Init") // picocli injects spec and options
  public VerifyCommand() {}

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "There must be at least one round.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine.print(out);
    GeneratedChain chain = GeneratedChain.open(options.data(), options.recipe(), out);
    boolean measured = false;
    try {
      Machine.printData(out, chain.directory());
      measure(chain, out);
      measured = true;
    } finally {
      chain.close(measured, out);
    }
    return 0;
  }

  private void measure(GeneratedChain chain, PrintWriter out) throws IOException {
    out.printf("threads: %d%n", SideBySide.threads(chain.segments().size()));
    SoundChain.verify(chain, Progress.NONE);
    Passes passes =
        new Passes(
            chain,
            dropCaches ? PageCache.dropped(PageCache.DROP_CACHES, out) : PageCache.kept(out));
    round(passes);
    VerifyRounds measured = new VerifyRounds(out);
    measured.printHeader();
    for (int i = 0; i < rounds; i++) {
      measured.add(round(passes));
    }
    LiveHeap heap = LiveHeap.measure(chain);
    measured.printMedians();
    heap.print(out);
  }

  private VerifyRounds.Round round(Passes passes) throws IOException {
    return new VerifyRounds.Round(
        passes.disk(), passes.sha256(), passes.verify(), cold ? passes.command() : null);
  }
}
