package io.quaestor.benchmarks.load.chain;

import io.quaestor.benchmarks.load.node.Machine;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes and checks proofs of random records of a long chain. */
@Command(
    name = "proofs",
    description = {
      "Makes and checks proofs of a long chain: of random records, and between random sizes.",
      "The first run on a chain makes its index, which takes longer than all else."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 measured, 2 not possible, also when the chain is damaged."})
public final class ProofsCommand implements Callable<Integer> {

  private static final double NANOS_PER_SECOND = 1e9;

  @Spec private CommandSpec spec;
  @Mixin private ChainOptions options;

  @Option(
      names = "--proofs",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Proofs of each kind (default: ${DEFAULT-VALUE}).")
  private int proofs;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Proofs of each kind before those that count (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @SuppressWarnings("NullAway.Init") // picocli injects spec and options
  public ProofsCommand() {}

  @Override
  public Integer call() throws IOException {
    if (proofs < 1 || warmUp < 0) {
      throw new ParameterException(spec.commandLine(), "There must be at least one proof.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine.print(out);
    GeneratedChain generated = GeneratedChain.open(options.data(), options.recipe(), out);
    boolean measured = false;
    try (NodeChain chain = open(generated, out)) {
      Machine.printData(out, generated.directory());
      measure(chain, out);
      measured = true;
    } finally {
      generated.close(measured, out);
    }
    return 0;
  }

  private static NodeChain open(GeneratedChain generated, PrintWriter out) throws IOException {
    long records = generated.recipe().records();
    long began = System.nanoTime();
    NodeChain chain = opened(generated, new StepProgress(out, records));
    out.printf(
        "opened:  %,d records in %.1f s, %,d of them new to the index%n",
        chain.tree().size(),
        (System.nanoTime() - began) / NANOS_PER_SECOND,
        chain.opened().indexed());
    if (chain.tree().size() != records) {
      chain.close();
      throw new IOException("the chain should have %,d records".formatted(records));
    }
    return chain;
  }

  private static NodeChain opened(GeneratedChain generated, StepProgress progress)
      throws IOException {
    try {
      return NodeChain.open(generated.directory(), ChainSettings.of(GeneratedChain.NODE), progress);
    } catch (ChainRefused e) {
      throw new IOException("nothing is measured, " + e.getMessage(), e);
    }
  }

  private void measure(NodeChain chain, PrintWriter out) throws IOException {
    InclusionProofs inclusion = new InclusionProofs(chain);
    ConsistencyProofs consistency = new ConsistencyProofs(chain);
    SplittableRandom random = new SplittableRandom(options.recipe().seed());
    var unusedInclusion = inclusion.measure(random, warmUp);
    var unusedConsistency = consistency.measure(random, warmUp);
    ProofTimes.printHeader(out);
    inclusion.measure(random, proofs).print(out);
    consistency.measure(random, proofs).print(out);
  }
}
