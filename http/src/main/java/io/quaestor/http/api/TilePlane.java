package io.quaestor.http.api;

import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;

import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.Responses;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.merkle.Tile;
import io.quaestor.persistence.merkle.TreeReader;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The log for transparency-log monitors: C2SP tlog-tiles. Record {@code seq} of the chain is entry
 * {@code seq - 1} of the log.
 */
public final class TilePlane {

  /** The length of an entry stands in two bytes. */
  private static final int ENTRY_BYTES_MAX = 65_535;

  private final Evidence evidence;
  private final Executor reading;

  /**
   * @param reading where the disk may be waited for
   */
  public TilePlane(Evidence evidence, Executor reading) {
    this.evidence = evidence;
    this.reading = reading;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, "/checkpoint", call -> read(this::checkpoint)),
        new Endpoint(GET, "/tile/{path*}", call -> read(() -> tile(call))));
  }

  private CompletionStage<HttpResponse> read(Supplier<HttpResponse> answer) {
    return CompletableFuture.supplyAsync(answer, reading);
  }

  private HttpResponse checkpoint() {
    return Responses.text(evidence.checkpoint().note().toString())
        .addHeader(RawHeader.create("Cache-Control", "no-cache"));
  }

  private HttpResponse tile(Call call) {
    evidence.checkpointer();
    TilePath path = TilePath.parse(call.path("path")).orElseThrow(() -> unknown(call).thrown());
    TreeReader reader = evidence.chain().treeReader();
    Tile tile = path.tile();
    if (tile.width() > Tile.width(tile.level(), tile.number(), evidence.chain().tree().size())) {
      throw unknown(call).thrown();
    }
    return Responses.bytes(path.entries() ? entries(tile) : reader.hashes(tile))
        .addHeader(RawHeader.create("Cache-Control", "public, max-age=31536000, immutable"));
  }

  private static ApiError unknown(Call call) {
    return ApiError.notFound(
        "unknown_tile", "path", "The log has no tile %s.".formatted(call.path("path")));
  }

  /** Each record's JSON bytes behind their length, big-endian. */
  private byte[] entries(Tile tile) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    evidence
        .chain()
        .reader()
        .lines(
            tile.first() + 1,
            tile.first() + tile.width(),
            (line, start, end, place) -> {
              int from = start + RecordLine.JSON_OFFSET;
              int length = end - from;
              if (length > ENTRY_BYTES_MAX) {
                throw tooLong(place.seq(), length).thrown();
              }
              bundle.write(length >>> 8);
              bundle.write(length);
              bundle.write(line, from, length);
              return true;
            });
    return bundle.toByteArray();
  }

  private static ApiError tooLong(long seq, int length) {
    return ApiError.notFound(
        "record_too_long",
        null,
        ("Record %d has %d bytes, more than an entry of this format can have; read it at"
                + " /api/v1/audit/records?from=%d&to=%d.")
            .formatted(seq, length, seq, seq));
  }
}
