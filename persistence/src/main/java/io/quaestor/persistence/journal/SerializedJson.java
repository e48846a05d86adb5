package io.quaestor.persistence.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.persistence.event.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/**
 * An object outside the sealed family, as Pekko Serialization sees it.
 *
 * <pre>
 * {"serializer":17,"manifest":"S","bytes":"(base64)"}
 * </pre>
 */
public final class SerializedJson {

  private final Serialization serialization;

  public SerializedJson(ExtendedActorSystem system) {
    this.serialization = SerializationExtension.get(system);
  }

  public byte[] write(Object object) {
    Serializer serializer = serialization.findSerializerFor(object);
    // Sets the transport information too, which actor references inside need.
    byte[] bytes = serialization.serialize(object).get();
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 4 / 3 + 64);
    try (JsonGenerator json = EventJson.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("serializer", serializer.identifier());
      json.writeStringField("manifest", Serializers.manifestFor(serializer, object));
      json.writeBinaryField("bytes", bytes);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public Object read(byte[] json) {
    try {
      JsonNode node = EventJson.MAPPER.readTree(json);
      return serialization
          .deserialize(
              node.required("bytes").binaryValue(),
              node.required("serializer").intValue(),
              node.required("manifest").textValue())
          .get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
