package io.quaestor.persistence.chain;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.event.EventJson;
import org.jspecify.annotations.Nullable;

/**
 * A draft is a record that is not sealed yet: the chain adds its number, its time and its hash.
 *
 * @param eseq the entity's own number of the event
 * @param type the event's record name, or {@link #SERIALIZED}
 * @param json the value of the member {@code event}
 * @param event the event itself, when it is one of the sealed family
 * @param writer the incarnation of the actor that wrote it
 * @param rest number of events of the same atomic write that follow
 * @param manifest of an event adapter
 * @param meta JSON value of the member {@code meta}
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the chain from here on; never compared
public record Draft(
    String entity,
    long eseq,
    String type,
    byte[] json,
    @Nullable Event event,
    @Nullable String writer,
    int rest,
    @Nullable String manifest,
    @Nullable String meta) {

  private static final int JSON_BYTES_MAX = RecordBatch.LINE_BYTES_MAX / 2;

  /** Type of a payload outside the sealed family, kept as a serializer's bytes. */
  public static final String SERIALIZED = "Serialized";

  public Draft {
    requireText(entity);
    requireText(writer);
    requireText(manifest);
    if (eseq < 1 || rest < 0) {
      throw new IllegalArgumentException("an event of %s has number %d".formatted(entity, eseq));
    }
    if (json.length > JSON_BYTES_MAX || Lines.indexOfEnd(json, 0, json.length) >= 0) {
      throw new IllegalArgumentException(
          "an event of %s has %d bytes or a line end inside; the most is %d bytes"
              .formatted(entity, json.length, JSON_BYTES_MAX));
    }
  }

  /** A half of a surrogate pair has no UTF-8 form. */
  private static void requireText(@Nullable String text) {
    if (text == null) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new IllegalArgumentException("a name in a record is not Unicode text");
        }
        i++;
      }
    }
  }

  /** A draft of one event that is an atomic write by itself. */
  public static Draft of(String entity, long eseq, Event event) {
    return new Draft(
        entity, eseq, EventJson.type(event), EventJson.write(event), event, null, 0, null, null);
  }

  /** An upper bound of the line's bytes, for keeping batches below their bound. */
  public int bytesMax() {
    int envelope = 512 + 6 * entity.length() + (manifest == null ? 0 : 6 * manifest.length());
    return envelope + json.length + (meta == null ? 0 : 3 * meta.length());
  }
}
