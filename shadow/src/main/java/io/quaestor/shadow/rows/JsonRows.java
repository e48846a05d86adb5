package io.quaestor.shadow.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. Numbers stay the texts that they are; true and false are 1 and 0; what is
 * nested is passed over, for a profile names columns only.
 */
final class JsonRows implements Rows {

  private static final int COLUMNS_MAX = 4_096;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Lines.LINE_BYTES_MAX).build())
          .build();

  private final Lines lines;

  JsonRows(Lines lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable Row next() {
    String line = lines.next();
    if (line == null) {
      if (lines.number() == 0) {
        throw lines.empty();
      }
      return null;
    }
    if (line.isBlank()) {
      throw lines.bad("the line is empty; take it out.");
    }
    return new Row(
        "%s, line %d".formatted(lines.file(), lines.number()), new Row.Named(members(line)));
  }

  private Map<String, String> members(String line) {
    try (JsonParser in = FACTORY.createParser(line)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw lines.bad("must be a JSON object, like {\"prompt_id\":\"a\",\"score\":1}.");
      }
      Map<String, String> members = new LinkedHashMap<>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        String text = text(in);
        if (text != null) {
          members.put(name, text);
        }
        if (members.size() > COLUMNS_MAX) {
          throw lines.bad("the object has more than %,d members.".formatted(COLUMNS_MAX));
        }
      }
      if (in.nextToken() != null) {
        throw lines.bad("there is something behind the JSON object; one object a line.");
      }
      return members;
    } catch (JsonProcessingException e) {
      throw lines.bad("is not valid JSON (%s).".formatted(e.getOriginalMessage().strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String text(JsonParser in) throws IOException {
    return switch (in.nextToken()) {
      case VALUE_TRUE -> "1";
      case VALUE_FALSE -> "0";
      case VALUE_NULL -> "";
      case START_ARRAY, START_OBJECT -> {
        in.skipChildren();
        yield null;
      }
      case null -> throw lines.bad("is not valid JSON: it ends within the object.");
      default -> in.getText();
    };
  }

  @Override
  public void close() {
    lines.close();
  }
}
