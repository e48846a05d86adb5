package io.quaestor.persistence.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quaestor.kernel.event.Event;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * An event in the chain is plain JSON: record components in snake case and in their order, absent
 * values omitted, instants as {@link Timestamps}, enums by name, integers only.
 *
 * <p>Reading is strict: an unknown member, a missing number or a fraction is an error, because an
 * event that is understood by half is worse than one that is not understood.
 */
public final class EventJson {

  /** For catalogs, policies and snapshots, which are hashed or kept in the same form. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(InstantJson.module())
          .build();

  // Looked up once per class: the general path resolves the serializer at each call.
  private static final Map<Class<?>, ObjectWriter> WRITERS = new HashMap<>();
  private static final Map<String, ObjectReader> READERS = new HashMap<>();

  static {
    EventTypes.BY_NAME.forEach(
        (name, type) -> {
          WRITERS.put(type, MAPPER.writerFor(type));
          READERS.put(name, MAPPER.readerFor(type));
        });
  }

  private EventJson() {}

  /** The {@code type} of a record. */
  public static String type(Event event) {
    return event.getClass().getSimpleName();
  }

  public static byte[] write(Event event) {
    ObjectWriter writer = WRITERS.get(event.getClass());
    if (writer == null) {
      throw new UnreadableEvent("not an event of this release: " + event.getClass().getName());
    }
    try {
      return writer.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UnreadableEvent("the event " + type(event) + " has no JSON form", e);
    }
  }

  /** Whether {@code type} is an event of this release. */
  public static boolean knows(String type) {
    return READERS.containsKey(type);
  }

  public static Event read(String type, byte[] json, int offset, int length) {
    ObjectReader reader = READERS.get(type);
    if (reader == null) {
      throw new UnreadableEvent(
          "the event type "
              + type
              + " is not known to this release; run the release that wrote it"
              + " or a newer one");
    }
    try {
      return reader.readValue(json, offset, length);
    } catch (IOException e) {
      throw new UnreadableEvent("an event of type " + type + " cannot be read", e);
    }
  }
}
