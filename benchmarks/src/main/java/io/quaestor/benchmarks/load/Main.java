package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.chain.ProofsCommand;
import io.quaestor.benchmarks.load.chain.VerifyCommand;
import io.quaestor.benchmarks.load.disk.SyncCommand;
import io.quaestor.benchmarks.load.wrk.HttpCommand;
import io.quaestor.benchmarks.load.wrk.SealingCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks that need a server or a disk. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    subcommands = {
      LoadCommand.class,
      HttpCommand.class,
      SealingCommand.class,
      SyncCommand.class,
      VerifyCommand.class,
      ProofsCommand.class
    })
public final class Main implements Runnable {

  private static final int UNUSABLE = 2;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  public Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which benchmark.");
  }

  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  static CommandLine line() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("It could not be done: " + failure.getMessage());
          if (!(failure instanceof IOException)) {
            failure.printStackTrace(command.getErr());
          }
          return UNUSABLE;
        });
    return line;
  }
}
