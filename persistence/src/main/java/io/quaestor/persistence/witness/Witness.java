package io.quaestor.persistence.witness;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.KeyType;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.WitnessAnswer.Refused;
import io.quaestor.persistence.witness.WitnessAnswer.Why;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collector;

/**
 * A witness cosigns the checkpoints of the logs it watches, as long as each follows from the one
 * before (C2SP tlog-witness). It never cosigns two that do not, so two readers of a log who both
 * ask for its cosignature see the same log.
 *
 * <p>For many threads.
 */
public final class Witness {

  private final Map<String, WatchedLog> logs;

  /**
   * A witness of the logs whose keys these are.
   *
   * @param trusted keys of logs; the name of a key is the origin of its log, and a log may have
   *     several while it changes them
   */
  public Witness(CosignerKey key, Collection<VerifierKey> trusted, WitnessStore store) {
    trusted.forEach(log -> check(log, key.verifier()));
    Map<String, List<VerifierKey>> byOrigin =
        trusted.stream().collect(groupingBy(VerifierKey::name, distinct()));
    this.logs =
        byOrigin.entrySet().stream()
            .collect(
                toUnmodifiableMap(
                    Map.Entry::getKey,
                    log -> new WatchedLog(log.getKey(), log.getValue(), key, store)));
  }

  private static Collector<VerifierKey, ?, List<VerifierKey>> distinct() {
    return collectingAndThen(toList(), keys -> keys.stream().distinct().toList());
  }

  private static void check(VerifierKey log, VerifierKey witness) {
    if (log.type() != KeyType.ED25519) {
      throw new IllegalArgumentException(
          "the key %s is not the key of a log; its type is %s".formatted(log, log.type()));
    }
    if (Arrays.equals(log.publicKey(), witness.publicKey())) {
      throw new IllegalArgumentException(
          "the witness has the key of the log %s; a witness needs a key of its own"
              .formatted(log.name()));
    }
  }

  /**
   * Answers a request; a cosignature is given out after it is on record.
   *
   * @param now the time of the cosignature
   * @throws WitnessStoreFailed when the record cannot be read or written; nothing is answered then
   */
  public WitnessAnswer add(byte[] requestBody, Instant now) {
    WitnessRequest request;
    try {
      request = WitnessRequest.parse(requestBody);
    } catch (NoteRejected e) {
      return new Refused(Why.MALFORMED, e.sentence());
    }
    return Optional.ofNullable(logs.get(request.checkpoint().origin()))
        .map(log -> log.add(request, now))
        .orElseGet(() -> new Refused(Why.UNKNOWN_LOG, "this witness does not watch that log"));
  }
}
