package io.quaestor.benchmarks.load.node;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Quaestor's command line as a process of its own: by the launcher when its path is known, so that
 * the flags are those of a real node, else with the classes that run here.
 */
public final class Quaestor {

  /** Names the system property that holds the launcher's path. */
  public static final String LAUNCHER = "quaestor.launcher";

  private static final String MAIN = "io.quaestor.http.cli.Main";

  /** Without the launcher nothing is measured, so processes are made to start and end fast. */
  private static final List<String> JVM_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:TieredStopAtLevel=1");

  private Quaestor() {}

  public static ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty(LAUNCHER, "");
    if (launcher.isEmpty()) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JVM_FLAGS);
      command.addAll(List.of("-cp", classPath(), MAIN));
    } else {
      command.add(launcher);
    }
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command);
  }

  /** Surefire may hide the real class path behind a manifest and a property. */
  private static String classPath() {
    String direct = System.getProperty("java.class.path", "");
    return direct.contains(File.pathSeparator)
        ? direct
        : System.getProperty("surefire.test.class.path", direct);
  }
}
