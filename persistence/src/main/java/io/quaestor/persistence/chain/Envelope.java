package io.quaestor.persistence.chain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The envelope is what a record says about its event. Read by a JSON parser up to the member {@code
 * event}, which is the last one; the event itself is left as bytes.
 *
 * @param eventOffset where the value of {@code event} begins in the JSON bytes
 * @param eventLength its length
 * @param meta the value of {@code meta} as JSON text
 */
public record Envelope(
    String prev,
    long seq,
    int version,
    String node,
    Instant at,
    String entity,
    long eseq,
    String type,
    @Nullable String writer,
    int rest,
    @Nullable String manifest,
    @Nullable String meta,
    int eventOffset,
    int eventLength) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Reads the JSON bytes {@code [from, to)} of a record. */
  static Envelope read(byte[] bytes, int from, int to) {
    Reading reading = new Reading();
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      String member;
      while ((member = parser.nextFieldName()) != null) {
        parser.nextToken();
        if (member.equals("event")) {
          int start = from + (int) parser.currentTokenLocation().getByteOffset();
          return reading.envelope(start, to - 1 - start);
        }
        reading.member(member, parser, bytes, from);
      }
      throw new IOException("no event");
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("a record's envelope cannot be read", e);
    }
  }

  private static final class Reading {
    private String prev = "";
    private long seq;
    private int version;
    private String node = "";
    private Instant at = Instant.EPOCH;
    private String entity = "";
    private long eseq;
    private String type = "";
    private @Nullable String writer;
    private int rest;
    private @Nullable String manifest;
    private @Nullable String meta;

    void member(String name, JsonParser json, byte[] bytes, int from) throws IOException {
      switch (name) {
        case "prev" -> prev = json.getText();
        case "seq" -> seq = json.getLongValue();
        case "v" -> version = json.getIntValue();
        case "node" -> node = json.getText();
        case "at" -> at = Instant.parse(json.getText());
        case "entity" -> entity = json.getText();
        case "eseq" -> eseq = json.getLongValue();
        case "type" -> type = json.getText();
        case "writer" -> writer = json.getText();
        case "rest" -> rest = json.getIntValue();
        case "manifest" -> manifest = json.getText();
        case "meta" -> {
          int start = from + (int) json.currentTokenLocation().getByteOffset();
          json.skipChildren();
          int end = from + (int) json.currentLocation().getByteOffset();
          meta = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
        default -> throw new IOException("unknown member " + name);
      }
    }

    Envelope envelope(int eventOffset, int eventLength) {
      return new Envelope(
          prev,
          seq,
          version,
          node,
          at,
          entity,
          eseq,
          type,
          writer,
          rest,
          manifest,
          meta,
          eventOffset,
          eventLength);
    }
  }
}
