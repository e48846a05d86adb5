package io.quaestor.http.witness;

import io.quaestor.persistence.Cosigners;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.SignedCheckpoint;
import io.quaestor.persistence.note.SignatureLine;
import io.quaestor.persistence.witness.WitnessClient;
import io.quaestor.persistence.witness.WitnessResult;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all configured witnesses at the same time. For one caller at a time. */
public final class WitnessCosigners implements Cosigners {

  private static final Logger LOG = LoggerFactory.getLogger(WitnessCosigners.class);

  private record Asked(String name, WitnessClient client) {}

  private final List<Asked> witnesses = new ArrayList<>();
  private final int quorum;
  private final Map<String, String> troubles = new HashMap<>();

  private WitnessCosigners(NodeChain chain, WitnessSettings settings) {
    quorum = settings.quorum();
    HttpClient client = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    for (WitnessSettings.Asked asked : settings.asked()) {
      witnesses.add(
          new Asked(
              asked.key().name(),
              new WitnessClient(
                  new HttpTransport(client, asked.url(), settings.timeout()),
                  asked.key(),
                  (from, to) -> chain.treeReader().consistency(from, to))));
    }
  }

  public static Cosigners of(NodeChain chain, WitnessSettings settings) {
    return settings.asked().isEmpty() ? NONE : new WitnessCosigners(chain, settings);
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public boolean required() {
    return quorum > 0;
  }

  @Override
  public Answer cosign(SignedCheckpoint signed) {
    List<SignatureLine> lines = new ArrayList<>();
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<WitnessResult>> asking = new HashMap<>();
      for (Asked witness : witnesses) {
        asking.put(witness.name(), each.submit(() -> witness.client().submit(signed.note())));
      }
      asking.forEach((name, result) -> take(name, result, lines));
    }
    return new Answer(signed.note().with(lines), lines.size() >= quorum);
  }

  private void take(String name, Future<WitnessResult> asked, List<SignatureLine> lines) {
    try {
      switch (asked.get()) {
        case WitnessResult.Cosigned cosigned -> {
          lines.add(cosigned.line());
          if (troubles.remove(name) != null) {
            LOG.info("the witness {} cosigns again", name);
          }
        }
        case WitnessResult.Ahead ahead ->
            trouble(
                name,
                "says that it has seen %d records of this log, more than there are; if that is so, the data directory is an old copy"
                    .formatted(ahead.size()));
        case WitnessResult.Refused refused ->
            trouble(name, "refuses with %d: %s".formatted(refused.status(), refused.text()));
        case WitnessResult.Unproven unproven -> trouble(name, unproven.reason());
        case WitnessResult.Unreachable unreachable -> trouble(name, unreachable.reason());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      trouble(name, String.valueOf(e.getCause()));
    }
  }

  /** Said once, and again when it changes. */
  private void trouble(String name, String what) {
    if (!what.equals(troubles.put(name, what))) {
      LOG.warn("the witness {} does not cosign: {}", name, what);
    }
  }
}
