package io.quaestor.persistence.witness;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.Decimal;
import io.quaestor.persistence.note.KeyType;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.Transport.Response;
import io.quaestor.persistence.witness.WitnessResult.Ahead;
import io.quaestor.persistence.witness.WitnessResult.Refused;
import io.quaestor.persistence.witness.WitnessResult.Unreachable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks one witness to cosign the checkpoints of one log.
 *
 * <p>It asks from the size that the witness cosigned last; when the witness names another, it asks
 * once more from there. What a witness only says is not remembered, so a wrong answer costs one
 * request and no more.
 */
public final class WitnessClient {

  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final Transport transport;
  private final CosignatureCheck check;
  private final ConsistencyProofs proofs;
  private final AtomicLong cosignedSize = new AtomicLong();

  /**
   * A client that has asked nothing yet.
   *
   * @param witness the key whose cosignature counts
   */
  public WitnessClient(Transport transport, VerifierKey witness, ConsistencyProofs proofs) {
    if (witness.type() != KeyType.COSIGNATURE) {
      throw new IllegalArgumentException(
          "the key %s is not the key of a witness; its type is %s"
              .formatted(witness, witness.type()));
    }
    this.transport = transport;
    this.check = new CosignatureCheck(witness);
    this.proofs = proofs;
  }

  /** Asks for a cosignature of a checkpoint that the log signed. */
  public WitnessResult submit(SignedNote note) {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    try {
      return result(ask(note, checkpoint.size()), note, checkpoint.size());
    } catch (IOException e) {
      return new Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private Response ask(SignedNote note, long size) throws IOException {
    long known = cosignedSize.get();
    long from = known <= size ? known : 0;
    Response first = post(from, note, size);
    OptionalLong recorded = recordedSize(first);
    boolean again =
        recorded.isPresent() && recorded.getAsLong() <= size && recorded.getAsLong() != from;
    return again ? post(recorded.getAsLong(), note, size) : first;
  }

  private Response post(long from, SignedNote note, long size) throws IOException {
    List<Hash> proof = from == 0 || from == size ? List.of() : proofs.between(from, size);
    return transport.post(WitnessRequest.of(from, proof, note).bytes());
  }

  /** The size of the checkpoint that the witness has on record, when it says so. */
  private static OptionalLong recordedSize(Response response) {
    String body = response.body();
    return response.status() == CONFLICT && isSize(response.contentType()) && body.endsWith("\n")
        ? Decimal.parse(body.substring(0, body.length() - 1))
        : OptionalLong.empty();
  }

  /** Whether this is the type of a size, in any case and with any parameters a server adds. */
  private static boolean isSize(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT).equals(WitnessAnswer.SIZE_TYPE);
  }

  private WitnessResult result(Response response, SignedNote note, long size) {
    if (response.status() == OK) {
      return remember(check.result(response.body(), note), size);
    }
    OptionalLong recorded = recordedSize(response);
    return recorded.isPresent() && recorded.getAsLong() > size
        ? new Ahead(recorded.getAsLong())
        : new Refused(response.status(), Shown.text(response.body()));
  }

  private WitnessResult remember(WitnessResult result, long size) {
    if (result instanceof WitnessResult.Cosigned) {
      cosignedSize.set(size);
    }
    return result;
  }
}
