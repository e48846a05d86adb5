package io.quaestor.http.bundle;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of others, as an auditor has them. */
final class Tool {

  private static final Path GOPATH = Path.of("/usr/share/gocode");

  private Tool() {}

  /** What a program said on both outputs, and how it ended. */
  record Ended(int status, String text) {}

  static Ended run(Path directory, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GO111MODULE", "off");
    builder.environment().put("GOPATH", GOPATH.toString());
    Process process = builder.start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Ended(process.waitFor(), text);
  }

  static Ended checkSh(Path bundle) throws IOException, InterruptedException {
    return run(bundle, List.of("sh", "check.sh"));
  }

  /** Goes on only where Debian's Go and its sumdb packages are installed. */
  static void assumeGo() {
    assumeThat(Path.of("/usr/bin/go")).exists();
    assumeThat(GOPATH.resolve("src/golang.org/x/mod/sumdb/note")).isDirectory();
  }

  /** Builds the program that every bundle carries. */
  static Path buildCheckGo(Path directory) throws IOException, InterruptedException {
    assumeGo();
    Path program = directory.resolve("check");
    Files.writeString(directory.resolve("check.go"), Resource.text("check.go"));
    Ended built = run(directory, List.of("go", "build", "-o", program.toString(), "check.go"));
    if (built.status() != 0) {
      throw new AssertionError(built.text());
    }
    return program;
  }

  /** The options that name keys, before others. */
  static List<String> withKeys(List<String> before, List<String> vkeys, String... others) {
    List<String> command = new ArrayList<>(before);
    vkeys.forEach(
        vkey -> {
          command.add("-vkey");
          command.add(vkey);
        });
    command.addAll(List.of(others));
    return command;
  }
}
