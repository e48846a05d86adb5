package io.quaestor.shadow.cli;

import io.quaestor.shadow.contest.cli.BenchCommand;
import picocli.CommandLine;

/** The whole command line of Quaestor. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return io.quaestor.http.cli.Main.commandLine()
        .addSubcommand(new ReplayCommand())
        .addSubcommand(BenchCommand.with(new ProfileSource()));
  }
}
