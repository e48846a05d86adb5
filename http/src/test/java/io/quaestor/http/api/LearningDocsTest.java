package io.quaestor.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.server.Json;
import io.quaestor.kernel.catalog.Learning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LearningDocsTest {

  private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([0-9]+) \\|");

  @Test
  void theTableOfSettingsStatesTheDefaultsThatHold() throws Exception {
    Map<String, Integer> stated = new TreeMap<>();
    Matcher settings = SETTING.matcher(Files.readString(Path.of("..", "docs", "learning.md")));
    while (settings.find()) {
      stated.put(settings.group(1), Integer.valueOf(settings.group(2)));
    }

    Map<String, Integer> usual = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member :
        Json.MAPPER.<JsonNode>valueToTree(Learning.USUAL).properties()) {
      if (member.getValue().isInt()) {
        usual.put(member.getKey(), member.getValue().asInt());
      }
    }
    assertThat(stated).isEqualTo(usual);
  }
}
