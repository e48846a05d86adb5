package io.quaestor.http.witness;

import static org.apache.pekko.http.javadsl.model.HttpMethods.POST;

import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.Responses;
import io.quaestor.persistence.checkpoint.KeyFile;
import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.FileWitnessStore;
import io.quaestor.persistence.witness.Witness;
import io.quaestor.persistence.witness.WitnessAnswer;
import io.quaestor.persistence.witness.WitnessStoreFailed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node as a witness of other logs: {@code POST /witness/add-checkpoint}. */
public final class WitnessPlane {

  private static final Logger LOG = LoggerFactory.getLogger(WitnessPlane.class);
  private static final int RETRY_SECONDS = 30;

  private final Witness witness;
  private final VerifierKey key;
  private final InstantSource clock;
  private final Executor storing;

  private WitnessPlane(Witness witness, VerifierKey key, InstantSource clock, Executor storing) {
    this.witness = witness;
    this.key = key;
    this.clock = clock;
    this.storing = storing;
  }

  /**
   * Loads the key to cosign with, or makes one.
   *
   * @param storing where the disk may be waited for
   */
  public static WitnessPlane open(WitnessSettings settings, InstantSource clock, Executor storing) {
    KeyFile file = new KeyFile(settings.keyFile());
    CosignerKey key = file.read().map(CosignerKey::parse).orElseGet(() -> make(settings, file));
    return new WitnessPlane(
        new Witness(key, settings.logs(), FileWitnessStore.open(settings.records())),
        key.verifier(),
        clock,
        storing);
  }

  private static CosignerKey make(WitnessSettings settings, KeyFile file) {
    CosignerKey key = CosignerKey.generate(settings.name(), new SecureRandom());
    file.write(key.secretText());
    return key;
  }

  /** What the logs need to know of this witness. */
  public VerifierKey key() {
    return key;
  }

  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(POST, "/witness/add-checkpoint", this::add));
  }

  private CompletionStage<HttpResponse> add(Call call) {
    return CompletableFuture.supplyAsync(() -> answer(call.body()), storing);
  }

  private HttpResponse answer(byte[] body) {
    try {
      WitnessAnswer answer = witness.add(body, clock.instant());
      return Responses.bytes(
          answer.status(), answer.contentType(), answer.body().getBytes(StandardCharsets.UTF_8));
    } catch (WitnessStoreFailed e) {
      LOG.error("the witness cannot record a checkpoint", e);
      throw ApiError.unavailable(
              "witness_unavailable",
              "The witness cannot record this checkpoint, so it does not cosign it.",
              RETRY_SECONDS)
          .thrown();
    }
  }
}
