package io.quaestor.benchmarks.load.chain;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs a benchmark as the command line does, and keeps what it prints. */
final class Commands {

  private Commands() {}

  record Ended(int status, String printed) {}

  static Ended run(Object command, String... arguments) {
    StringWriter printed = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(printed, true));
    line.setErr(new PrintWriter(printed, true));
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          failed.getErr().println(failure.getMessage());
          return 2;
        });
    return new Ended(line.execute(arguments), printed.toString());
  }
}
