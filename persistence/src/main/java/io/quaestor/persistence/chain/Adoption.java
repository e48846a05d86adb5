package io.quaestor.persistence.chain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.quaestor.kernel.event.Event.AnchorAdopted;
import io.quaestor.kernel.event.Event.KeyAdopted;
import io.quaestor.kernel.event.Event.NodeEvent;
import java.io.IOException;
import java.util.Optional;

/**
 * An adoption is a record by which a node binds its later checkpoints: to a key ({@code
 * KeyAdopted}) or to a place outside ({@code AnchorAdopted}).
 */
public record Adoption(long seq, NodeEvent event) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads the one member of the event by a parser alone: a verification needs nothing else of
   * events, and the mapper for all of them takes longer to set up than a short chain to verify.
   */
  static Optional<Adoption> of(RecordLine line) {
    Optional<NodeEvent> event =
        switch (line.envelope().type()) {
          case "KeyAdopted" -> Optional.of(new KeyAdopted(member(line, "vkey")));
          case "AnchorAdopted" -> Optional.of(new AnchorAdopted(member(line, "anchor")));
          default -> Optional.empty();
        };
    return event.map(each -> new Adoption(line.envelope().seq(), each));
  }

  private static String member(RecordLine line, String name) {
    try (JsonParser json = JSON.createParser(line.eventJson())) {
      json.nextToken();
      if (!name.equals(json.nextFieldName())) {
        throw new IOException("no " + name);
      }
      return String.valueOf(json.nextTextValue());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "record %d cannot be read".formatted(line.envelope().seq()), e);
    }
  }
}
