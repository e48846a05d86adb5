package io.quaestor.http.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The keys that checkpoints are signed with. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Shows, makes and changes the keys that checkpoints are signed with.",
    subcommands = {KeysShowCommand.class, KeysGenerateCommand.class, KeysRotateCommand.class})
final class KeysCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  KeysCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which one? show, generate or rotate.");
  }
}
