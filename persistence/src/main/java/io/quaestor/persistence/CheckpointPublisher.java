package io.quaestor.persistence;

import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.Keeping;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries signed checkpoints out of the node: to the witnesses, then to the anchors. What is slow
 * or unreachable there delays neither decisions nor the next signature: of several checkpoints that
 * wait, the newest is carried. Milestones are copied from beside the chain, so that an anchor that
 * failed for a while, or came later, gets them all.
 */
final class CheckpointPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPublisher.class);
  private static final long ADOPT_SECONDS = 60;
  private static final long CLOSE_SECONDS = 10;

  private final Anchor beside;
  private final List<Anchor> anchors;
  private final Cosigners cosigners;
  private final Consumer<Keeping> cosigned;
  private final PublishedCheckpoint published = new PublishedCheckpoint();
  private final AtomicReference<@Nullable Keeping> waiting = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("checkpoint-publisher").factory());

  // Of the publisher's thread alone.
  private final Set<String> failing = new HashSet<>();
  private final Set<String> complete = new HashSet<>();

  /**
   * @param cosigned told when cosignatures have been added to a checkpoint
   */
  CheckpointPublisher(
      Anchor beside, List<Anchor> anchors, Cosigners cosigners, Consumer<Keeping> cosigned) {
    this.beside = beside;
    this.anchors = anchors;
    this.cosigners = cosigners;
    this.cosigned = cosigned;
  }

  PublishedCheckpoint published() {
    return published;
  }

  /** Takes a checkpoint that is safe beside the chain. */
  void publish(Keeping keeping) {
    if (!cosigners.required()) {
      published.set(SignedCheckpoint.of(keeping.note()));
    }
    if (anchors.isEmpty() && cosigners.isEmpty()) {
      return;
    }
    if (waiting.getAndSet(keeping) == null) {
      thread.execute(this::carryWaiting);
    }
  }

  private void carryWaiting() {
    Keeping newest = waiting.getAndSet(null);
    try {
      if (newest != null) {
        carry(newest);
      }
    } catch (RuntimeException e) {
      LOG.error("a checkpoint could not be carried out of the node", e);
    }
  }

  private void carry(Keeping keeping) {
    if (!keeping.milestones().isEmpty()) {
      complete.clear();
    }
    Keeping carried = cosign(keeping);
    if (carried != null) {
      anchors.forEach(anchor -> keepIn(anchor, carried));
    }
  }

  /** The checkpoint with its cosignatures; null when too few came for it to count. */
  private @Nullable Keeping cosign(Keeping keeping) {
    if (cosigners.isEmpty()) {
      return keeping;
    }
    Cosigners.Answer answer = cosigners.cosign(SignedCheckpoint.of(keeping.note()));
    if (!answer.quorum()) {
      return null;
    }
    Keeping carried = keeping.withNote(answer.note());
    published.set(SignedCheckpoint.of(answer.note()));
    if (!answer.note().equals(keeping.note())) {
      cosigned.accept(carried);
    }
    return carried;
  }

  private void keepIn(Anchor anchor, Keeping keeping) {
    try {
      keep(anchor, keeping);
      if (failing.remove(anchor.name())) {
        LOG.info("checkpoints are anchored in {} again", anchor.name());
      }
    } catch (IOException e) {
      complete.remove(anchor.name());
      if (failing.add(anchor.name())) {
        LOG.warn("checkpoints cannot be anchored in {}; the next ones are tried", anchor.name(), e);
      }
    }
  }

  private void keep(Anchor anchor, Keeping keeping) throws IOException {
    if (!complete.contains(anchor.name())) {
      Set<String> there = anchor.milestones().keySet();
      for (Map.Entry<String, byte[]> each : beside.milestones().entrySet()) {
        if (!there.contains(each.getKey())) {
          anchor.keepMilestone(each.getKey(), each.getValue());
        }
      }
      complete.add(anchor.name());
    }
    anchor.keep(keeping.note().bytes());
  }

  /**
   * Keeps a checkpoint in an anchor for the first time.
   *
   * @return whether it is there now; not when it does not count for want of cosignatures
   * @throws IOException when it cannot be kept, or not in time
   */
  boolean adopt(Anchor anchor, Keeping keeping) throws IOException {
    return within(
        () -> {
          Keeping carried = cosign(keeping);
          if (carried == null) {
            return false;
          }
          keep(anchor, carried);
          return true;
        },
        anchor);
  }

  private boolean within(Callable<Boolean> work, Anchor anchor) throws IOException {
    try {
      return thread.submit(work).get(ADOPT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (TimeoutException e) {
      throw new IOException("the anchor %s does not answer".formatted(anchor.name()), e);
    } catch (ExecutionException e) {
      throw new IOException(
          "no checkpoint can be kept in the anchor " + anchor.name(), e.getCause());
    }
  }

  /** Waits a bounded time for what is still to be carried. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
        LOG.warn("the last checkpoint may not have reached every witness and anchor");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    published.close();
  }
}
