package io.quaestor.shadow.cli;

import io.quaestor.shadow.contest.cli.BenchCommand;
import picocli.CommandLine;

/** The whole command line of Quaestor. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /** A node's own command is run without those that read histories: it shall start soon. */
  static CommandLine commandLine(String... args) {
    CommandLine node = io.quaestor.http.cli.Main.commandLine();
    return args.length > 0 && node.getSubcommands().containsKey(args[0]) ? node : whole(node);
  }

  private static CommandLine whole(CommandLine node) {
    return node.addSubcommand(new ReplayCommand())
        .addSubcommand(BenchCommand.with(new ProfileSource()));
  }
}
