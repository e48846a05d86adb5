package io.quaestor.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What people typed, see {@code data/DATA.md}. Never printed. */
final class Prompts {

  private static final String PROMPTS = "/data/prompts.jsonl.gz";

  private record Line(String source, String text) {}

  private final List<String> all;

  private Prompts(List<String> all) {
    this.all = all;
  }

  static Prompts load() {
    ObjectReader json = JsonMapper.builder().build().readerFor(Line.class);
    List<String> all = new ArrayList<>();
    try (BufferedReader lines = Resources.lines(PROMPTS)) {
      String line;
      while ((line = lines.readLine()) != null) {
        all.add(json.<Line>readValue(line).text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Prompts(all);
  }

  int count() {
    return all.size();
  }

  String draw(Draws draws) {
    return draws.oneOf(all);
  }
}
