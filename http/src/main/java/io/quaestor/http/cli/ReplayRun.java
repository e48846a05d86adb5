package io.quaestor.http.cli;

import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.kernel.replay.Entry;
import io.quaestor.kernel.replay.Mismatch;
import io.quaestor.kernel.replay.ReplayCheck;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Envelope;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Meter;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.RecordDamaged;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.RecordScanner;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.event.DocumentDigest;
import io.quaestor.persistence.event.EventJson;
import io.quaestor.persistence.event.UnreadableEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run of the replay check over a chain that has just been verified, from its files alone: up to
 * the head that was verified, so beside a running node too.
 */
final class ReplayRun {

  private static final int FIRST_MAX = 10;

  private final ChainDirectory chain;
  private final Head head;
  private final ReplayCheck check = new ReplayCheck(DocumentDigest::of);
  private final List<Mismatch> first = new ArrayList<>();
  private long mismatches;
  private String lastHash = Head.NO_HASH;

  private ReplayRun(ChainDirectory chain, Head head) {
    this.chain = chain;
    this.head = head;
  }

  /** Replays a chain up to its verified head, if it has one. */
  static Replay of(ChainDirectory chain, Verification verification, PrintWriter err)
      throws Unreadable {
    return switch (verification.verdict()) {
      case Verdict.Sound sound -> new ReplayRun(chain, sound.head()).run(verification.bytes(), err);
      case Verdict.Torn torn -> new ReplayRun(chain, torn.head()).run(verification.bytes(), err);
      case Verdict.Broken unused -> new Replay.NotRun();
    };
  }

  private Replay run(long bytes, PrintWriter err) throws Unreadable {
    long began = System.nanoTime();
    ProgressBar bar = ProgressBar.on(err);
    try {
      scan(new Meter(bar, Progress.Step.REPLAY, bytes));
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    } catch (RecordDamaged e) {
      throw changed(cause(e));
    } catch (OfAnotherRelease e) {
      throw new Unreadable(e.sentence);
    } finally {
      bar.finish();
    }
    requireVerifiedHead();
    return done(Duration.ofNanos(System.nanoTime() - began));
  }

  private void scan(Meter meter) throws IOException {
    if (head.seq() == 0) {
      return;
    }
    new RecordScanner(Disk.local(), chain.path(), chain.node())
        .scan(
            1,
            0,
            head.seq(),
            (bytes, start, end, place) -> {
              take(bytes, start, end, place.seq());
              meter.add(place.length(), 1);
              return true;
            });
    meter.finish();
  }

  private void take(byte[] bytes, int start, int end, long seq) {
    if (seq == head.seq()) {
      lastHash = new String(bytes, start, lastHash.length(), StandardCharsets.US_ASCII);
    }
    try {
      check(RecordScanner.record(bytes, start, end), seq).ifPresent(this::note);
    } catch (IllegalArgumentException e) {
      note(new Mismatch(seq, "", "envelope", "an envelope", "it cannot be read: " + cause(e)));
    }
  }

  private Optional<Mismatch> check(RecordLine line, long seq) {
    if (!line.isEvent()) {
      return Optional.empty(); // outside the sealed family: no decision and no budget
    }
    Envelope envelope = line.envelope();
    String entity = envelope.entity();
    if (!EventJson.knows(envelope.type())) {
      throw new OfAnotherRelease(seq, envelope.type());
    }
    try {
      return check.accept(new Entry(seq, envelope.at(), entity, envelope.eseq(), line.event()));
    } catch (UnreadableEvent e) {
      return Optional.of(check.unreadable(seq, entity, envelope.eseq(), envelope.type(), cause(e)));
    }
  }

  private static String cause(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  private void note(Mismatch mismatch) {
    mismatches++;
    if (first.size() < FIRST_MAX) {
      first.add(mismatch);
    }
  }

  /** What was replayed has to be what was verified. */
  private void requireVerifiedHead() throws Unreadable {
    if (!lastHash.equals(head.hash())) {
      throw changed("its record %d is not the one that was verified".formatted(head.seq()));
    }
  }

  private Unreadable changed(String how) {
    return new Unreadable(
        "%s changed while it was replayed: %s. Verify it again.".formatted(chain.path(), how));
  }

  private Replay done(Duration took) {
    return new Replay.Done(
        head.seq(),
        check.decisions(),
        check.budgets(),
        check.unchecked(),
        mismatches,
        List.copyOf(first),
        took);
  }

  /** An event that only another release can read cannot be judged by this one. */
  private static final class OfAnotherRelease extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sentence;

    OfAnotherRelease(long seq, String type) {
      sentence =
          ("Record %d is of type %s, which this release does not know; replay with the release"
                  + " that wrote it or a newer one.")
              .formatted(seq, type);
    }
  }
}
