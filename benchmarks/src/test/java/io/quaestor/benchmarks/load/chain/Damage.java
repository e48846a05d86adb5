package io.quaestor.benchmarks.load.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What is done to a chain that has to be noticed. */
final class Damage {

  private Damage() {}

  /** Another letter in the middle of a segment, which leaves its lines as they are. */
  static void changeOneByte(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    int middle = bytes.length / 2;
    while (bytes[middle] < 'b' || bytes[middle] > 'y') {
      middle++;
    }
    bytes[middle]++;
    Files.write(segment, bytes);
  }

  static void cutTheLastRecord(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    int end = bytes.length - 1;
    while (bytes[end - 1] != '\n') {
      end--;
    }
    Files.write(segment, Arrays.copyOf(bytes, end));
  }
}
