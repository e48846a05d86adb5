package io.quaestor.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * JSON at the edge. Reading is strict: unknown members, doubled members, text where a number is
 * meant, fractions where an integer is meant and anything behind the value are errors that name the
 * member.
 */
public final class Json {

  private static final int NESTING_MAX = 32;
  private static final int NUMBER_LENGTH_MAX = 64;

  /** Of a member in a message: what a client sends is not sent back at any length. */
  private static final int PATH_LENGTH_MAX = 200;

  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(NESTING_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  /** Writes a value member by member. */
  public interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  private Json() {}

  public static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
    try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The body as a value.
   *
   * @throws ApiError.Thrown naming what is wrong and where
   */
  public static <T> T read(byte[] body, Class<T> type) {
    requireUtf8(body);
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw ApiError.invalid("invalid_json", null, "The body must be a JSON object.").thrown();
      }
      return value;
    } catch (IOException e) {
      throw error(e).thrown();
    }
  }

  /** The parser lets pass what is not UTF-8, such as overlong forms; most bodies are ASCII. */
  private static void requireUtf8(byte[] body) {
    for (byte each : body) {
      if (each < 0) {
        requireDecodable(body);
        return;
      }
    }
  }

  private static void requireDecodable(byte[] body) {
    try {
      CharBuffer unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw ApiError.invalid("invalid_json", null, "The body is not valid UTF-8.").thrown();
    }
  }

  /** The same for a value inside a body that has been read. */
  public static <T> T read(JsonNode node, Class<T> type) {
    if (!node.isObject()) {
      throw ApiError.invalid("invalid_json", null, "Every entry must be a JSON object.").thrown();
    }
    try {
      return MAPPER.treeToValue(node, type);
    } catch (IOException e) {
      throw error(e).thrown();
    }
  }

  private static ApiError error(IOException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          ApiError.invalid(
              "unknown_member",
              path(unknown),
              "Unknown member '%s'; known here are: %s."
                  .formatted(
                      path(unknown),
                      unknown.getKnownPropertyIds() == null
                          ? ""
                          : unknown.getKnownPropertyIds().stream()
                              .map(Object::toString)
                              .sorted()
                              .collect(Collectors.joining(", "))));
      case InvalidNullException missing ->
          ApiError.invalid(
              "missing_member", path(missing), "Member '%s' is required.".formatted(path(missing)));
      case StreamConstraintsException tooMuch ->
          ApiError.invalid(
              "invalid_json",
              null,
              "The JSON is nested deeper than %d levels or holds a number of more than %d digits."
                  .formatted(NESTING_MAX, NUMBER_LENGTH_MAX));
      case JsonParseException malformed -> malformed(malformed);
      case MismatchedInputException wrong when wrong.getPath().isEmpty() ->
          ApiError.invalid("invalid_json", null, "The body must be one JSON object.");
      case JsonMappingException wrong ->
          wrong.getCause() instanceof ApiError.Thrown thrown
              ? thrown.error()
              : wrong.getCause() instanceof JsonParseException malformed
                  ? malformed(malformed)
                  : wrong.getCause() instanceof StreamConstraintsException constraint
                      ? error(constraint)
                      : wrongType(wrong);
      default -> ApiError.invalid("invalid_json", null, "The body is not valid JSON.");
    };
  }

  private static ApiError malformed(JsonParseException e) {
    return ApiError.invalid(
        "invalid_json",
        null,
        "The body is not valid JSON: line %d, column %d."
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
  }

  private static ApiError wrongType(JsonMappingException e) {
    String wanted =
        e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? describe(mismatch.getTargetType())
            : "another type";
    return ApiError.invalid(
        "invalid_value", path(e), "Member '%s' must be %s.".formatted(path(e), wanted));
  }

  private static String describe(Class<?> type) {
    if (type == Long.class || type == long.class) {
      return "an integer within 64 bits";
    }
    if (type == Integer.class || type == int.class) {
      return "an integer within 32 bits";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Double.class || type == double.class) {
      return "a number";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.length() > PATH_LENGTH_MAX
        ? path.substring(0, PATH_LENGTH_MAX) + "..."
        : path.toString();
  }
}
