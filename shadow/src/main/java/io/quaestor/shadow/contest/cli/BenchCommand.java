package io.quaestor.shadow.contest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Quaestor on histories. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures decisions on histories with known results.")
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  private BenchCommand() {}

  /** With its subcommands. */
  public static CommandLine with(BenchSource source) {
    return new CommandLine(new BenchCommand()).addSubcommand(new BenchLearningCommand(source));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which bench? One of the list below.");
  }
}
