package io.quaestor.http.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of Quaestor. */
@Command(
    name = "quaestor",
    description = "Decides where to spend, holds budgets, and seals every decision.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ServeCommand.class,
      VerifyCommand.class,
      ExportCommand.class,
      KeysCommand.class,
      ConformanceCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done or sound, 1 failed, 2 unusable input or settings, 3 broken chain,",
      "4 storage failed while running."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  public Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** To which others may add commands. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of the list below.");
  }

  /** The version of this build, from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"quaestor " + number()};
    }

    static String number() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }
  }
}
