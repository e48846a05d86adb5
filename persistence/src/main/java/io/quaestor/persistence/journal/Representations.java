package io.quaestor.persistence.journal;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.Envelope;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Translates between Pekko's representation of an event and the chain's. */
final class Representations {

  private final SerializedJson serialized;

  Representations(ExtendedActorSystem system) {
    serialized = new SerializedJson(system);
  }

  /** The drafts of an atomic write; throws when one of its events cannot be written. */
  List<Draft> drafts(AtomicWrite write) {
    List<Draft> drafts = new ArrayList<>(write.size());
    int rest = write.size();
    for (PersistentRepr repr : CollectionConverters.asJava(write.payload())) {
      drafts.add(draft(repr, --rest));
    }
    return drafts;
  }

  private Draft draft(PersistentRepr repr, int rest) {
    Event event = repr.payload() instanceof Event known ? known : null;
    String meta =
        repr.metadata().isEmpty()
            ? null
            : new String(serialized.write(repr.metadata().get()), StandardCharsets.UTF_8);
    return new Draft(
        repr.persistenceId(),
        repr.sequenceNr(),
        event == null ? Draft.SERIALIZED : EventJson.type(event),
        event == null ? serialized.write(repr.payload()) : EventJson.write(event),
        event,
        repr.writerUuid(),
        rest,
        repr.manifest(),
        meta);
  }

  PersistentRepr representation(RecordLine line) {
    Envelope envelope = line.envelope();
    Object payload = line.isEvent() ? line.event() : serialized.read(line.eventJson());
    PersistentRepr repr =
        PersistentRepr.apply(
                payload,
                envelope.eseq(),
                envelope.entity(),
                orEmpty(envelope.manifest()),
                false,
                ActorRef.noSender(),
                orEmpty(envelope.writer()))
            .withTimestamp(envelope.at().toEpochMilli());
    String meta = envelope.meta();
    return meta == null
        ? repr
        : repr.withMetadata(serialized.read(meta.getBytes(StandardCharsets.UTF_8)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
