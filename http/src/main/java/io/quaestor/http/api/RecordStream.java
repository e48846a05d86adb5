package io.quaestor.http.api;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.RecordLine;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Streams records as lines of JSON: exactly the bytes that were hashed, and a line end. Reads a
 * piece when the client has taken the one before, so that any number of records needs little
 * memory.
 */
final class RecordStream {

  private static final int PIECE_RECORDS = 1_024;
  private static final int PIECE_BYTES = 256 * 1024;

  private static final ContentType NDJSON =
      ContentTypes.create(MediaTypes.applicationBinary("x-ndjson", true));

  private final NodeChain chain;

  RecordStream(NodeChain chain) {
    this.chain = chain;
  }

  HttpResponse respond(long from, long to) {
    Source<ByteString, NotUsed> pieces =
        Source.unfold(from, next -> piece(next, to))
            .withAttributes(
                ActorAttributes.dispatcher(ActorAttributes.IODispatcher().dispatcher()));
    return HttpResponse.create().withEntity(HttpEntities.create(NDJSON, pieces));
  }

  private Optional<Pair<Long, ByteString>> piece(long from, long to) {
    if (from > to) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE_BYTES);
    long[] next = {from};
    chain
        .reader()
        .lines(
            from,
            Math.min(to, from + PIECE_RECORDS - 1),
            (line, start, end, place) -> {
              int json = start + RecordLine.JSON_OFFSET;
              bytes.write(line, json, end + 1 - json);
              next[0] = place.seq() + 1;
              return bytes.size() < PIECE_BYTES;
            });
    return Optional.of(Pair.create(next[0], ByteString.fromArrayUnsafe(bytes.toByteArray())));
  }
}
