package io.quaestor.http.api;

import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.Responses;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.Decided;
import io.quaestor.persistence.Proofs.Consistency;
import io.quaestor.persistence.PublishedCheckpoint;
import io.quaestor.persistence.SignedCheckpoint;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.TlogProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The calls of an auditor: proofs, checkpoints, keys and records. They only read. */
public final class AuditPlane {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final long WAIT_MILLIS = 10_000;

  private final Evidence evidence;
  private final RecordStream records;
  private final Executor reading;

  /**
   * @param reading where the disk may be waited for
   */
  public AuditPlane(Evidence evidence, Executor reading) {
    this.evidence = evidence;
    this.records = new RecordStream(evidence.chain());
    this.reading = reading;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, "/api/v1/decisions/{id}/proof", this::proof),
        new Endpoint(GET, "/api/v1/audit/checkpoint", call -> read(() -> checkpoint(call))),
        new Endpoint(GET, "/api/v1/audit/consistency", call -> read(() -> consistency(call))),
        new Endpoint(GET, "/api/v1/audit/records", call -> read(() -> records(call))),
        new Endpoint(GET, "/api/v1/audit/key", call -> read(() -> key(call))));
  }

  private CompletionStage<HttpResponse> read(Supplier<HttpResponse> answer) {
    return CompletableFuture.supplyAsync(answer, reading);
  }

  // ---- proof of one decision -------------------------------------------------------------------

  private CompletionStage<HttpResponse> proof(Call call) {
    String id = Checks.name("id", call.path("id"));
    boolean wait = waits(call);
    PublishedCheckpoint published = evidence.checkpointer().published();
    return CompletableFuture.supplyAsync(() -> record(id), reading)
        .thenCompose(record -> covering(published, record.envelope().seq(), wait, record))
        .thenApplyAsync(
            covered -> proof(call, id, covered.record(), covered.checkpoint()), reading);
  }

  private static boolean waits(Call call) {
    return call.query("wait")
        .map(
            what -> {
              if (!what.equals("checkpoint")) {
                throw ApiError.invalid("invalid_value", "wait", "'wait' can only be 'checkpoint'.")
                    .thrown();
              }
              return true;
            })
        .orElse(false);
  }

  private RecordLine record(String id) {
    Decided decided =
        evidence.chain().reader().decision(id).orElseThrow(Refusals.unknownDecision(id)::thrown);
    return evidence.chain().reader().record(decided.made().seal().seq()).orElseThrow();
  }

  private record Covered(RecordLine record, SignedCheckpoint checkpoint) {}

  private static CompletionStage<Covered> covering(
      PublishedCheckpoint published, long seq, boolean wait, RecordLine record) {
    CompletableFuture<SignedCheckpoint> covering = published.covering(seq);
    if (!wait && !covering.isDone()) {
      covering.cancel(false);
      throw notCovered().thrown();
    }
    return covering
        .orTimeout(WAIT_MILLIS, TimeUnit.MILLISECONDS)
        .thenApply(checkpoint -> new Covered(record, checkpoint))
        .exceptionally(
            failure -> {
              throw notCovered(failure);
            });
  }

  private static RuntimeException notCovered(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TimeoutException || cause instanceof PublishedCheckpoint.Unavailable
        ? notCovered().thrown()
        : new CompletionException(cause);
  }

  private static ApiError notCovered() {
    return Evidence.pending("No checkpoint that covers this decision");
  }

  private HttpResponse proof(Call call, String id, RecordLine record, SignedCheckpoint checkpoint) {
    TlogProof proof = evidence.proofs().inclusion(record, checkpoint);
    return Responses.negotiated(
        call.prefers(TEXT, JSON)
            ? Responses.text(proof.toString())
            : json(id, record, checkpoint, proof));
  }

  private HttpResponse json(
      String id, RecordLine record, SignedCheckpoint checkpoint, TlogProof proof) {
    return Responses.ok(
        out -> {
          out.writeStartObject();
          out.writeStringField("decision_id", id);
          Answers.seal(out, record.seal());
          out.writeStringField(
              "record_line",
              record.hash() + " " + new String(record.json(), StandardCharsets.UTF_8));
          out.writeStringField("proof", proof.toString());
          out.writeStringField("vkey", vkeyAt(checkpoint.size()));
          out.writeEndObject();
        });
  }

  private String vkeyAt(long size) {
    return evidence.checkpointer().keys().inForceAt(size).orElseThrow().key().toString();
  }

  // ---- the log ---------------------------------------------------------------------------------

  private HttpResponse checkpoint(Call call) {
    SignedCheckpoint newest = evidence.checkpoint();
    return Responses.negotiated(
        call.prefers(JSON, TEXT) ? json(newest) : Responses.text(newest.note().toString()));
  }

  private HttpResponse json(SignedCheckpoint newest) {
    return Responses.ok(
        out -> {
          out.writeStartObject();
          out.writeStringField("origin", newest.checkpoint().origin());
          out.writeNumberField("size", newest.size());
          out.writeStringField("root", newest.checkpoint().root().base64());
          out.writeStringField("note", newest.note().toString());
          out.writeStringField("vkey", vkeyAt(newest.size()));
          out.writeEndObject();
        });
  }

  private HttpResponse consistency(Call call) {
    long newest = evidence.checkpoint().size();
    long to = Queries.number(call, "to", 0).orElse(newest);
    long from = Queries.required(call, "from", 0);
    if (from > to || to > newest) {
      throw ApiError.invalid(
              "out_of_range",
              from > to ? "from" : "to",
              "'from' and 'to' are sizes of the chain, from %d to %d, and 'from' is not the larger one."
                  .formatted(0, newest))
          .thrown();
    }
    Consistency consistency = evidence.proofs().consistency(from, to);
    return Responses.ok(out -> write(out, consistency));
  }

  private static void write(JsonGenerator out, Consistency consistency) throws IOException {
    out.writeStartObject();
    out.writeNumberField("from", consistency.from());
    out.writeStringField("from_root", consistency.fromRoot().base64());
    out.writeNumberField("to", consistency.to());
    out.writeStringField("to_root", consistency.toRoot().base64());
    out.writeArrayFieldStart("proof");
    for (Hash hash : consistency.proof()) {
      out.writeString(hash.base64());
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private HttpResponse records(Call call) {
    long head = evidence.chain().head().seq();
    long from = Queries.number(call, "from", 1).orElse(1L);
    long to = Queries.number(call, "to", 1).orElse(head);
    if (from > head) {
      throw ApiError.notFound(
              "unknown_record", "from", "The chain has %d records so far.".formatted(head))
          .thrown();
    }
    if (from > to) {
      throw ApiError.invalid(
              "out_of_range",
              "from",
              "'from' %d is behind 'to' %d; the last record is %d.".formatted(from, to, head))
          .thrown();
    }
    return records.respond(from, Math.min(to, head));
  }

  // ---- keys ------------------------------------------------------------------------------------

  private HttpResponse key(Call call) {
    Checkpointer checkpointer = evidence.checkpointer();
    return Responses.negotiated(
        call.prefers(TEXT, JSON)
            ? Responses.text(checkpointer.verifier() + "\n")
            : Responses.ok(out -> write(out, checkpointer.keys())));
  }

  private static void write(JsonGenerator out, KeyHistory history) throws IOException {
    KeyHistory.Adopted current = history.current().orElseThrow();
    out.writeStartObject();
    out.writeStringField("vkey", current.key().toString());
    out.writeStringField("origin", current.key().name());
    out.writeArrayFieldStart("keys");
    for (KeyHistory.Adopted adopted : history.keys()) {
      out.writeStartObject();
      out.writeStringField("vkey", adopted.key().toString());
      out.writeNumberField("adopted_seq", adopted.seq());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
