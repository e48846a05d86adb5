package io.quaestor.persistence;

import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.Keeping;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries signed checkpoints out of the node: to the witnesses, then to the anchors. What is slow
 * or unreachable there delays neither decisions nor the next signature; of several checkpoints that
 * wait, only the newest and the milestones are carried.
 */
final class CheckpointPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPublisher.class);
  private static final int WAITING_MAX = 256;
  private static final long CLOSE_SECONDS = 10;

  private final List<Anchor> anchors;
  private final Cosigners cosigners;
  private final Consumer<Keeping> cosigned;
  private final PublishedCheckpoint published = new PublishedCheckpoint();
  private final Set<String> failing = new HashSet<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().daemon().name("checkpoint-publisher").factory(),
          new ThreadPoolExecutor.DiscardOldestPolicy());
  private volatile @Nullable Keeping newest;

  /**
   * @param cosigned told when cosignatures have been added to a checkpoint
   */
  CheckpointPublisher(List<Anchor> anchors, Cosigners cosigners, Consumer<Keeping> cosigned) {
    this.anchors = anchors;
    this.cosigners = cosigners;
    this.cosigned = cosigned;
  }

  PublishedCheckpoint published() {
    return published;
  }

  /** Takes a checkpoint that is safe beside the chain. */
  void publish(Keeping keeping) {
    newest = keeping;
    if (!cosigners.required()) {
      published.set(SignedCheckpoint.of(keeping.note()));
    }
    if (!anchors.isEmpty() || !cosigners.isEmpty()) {
      thread.execute(() -> carryQuietly(keeping));
    }
  }

  /** Keeps a checkpoint in an anchor for the first time, and returns when it is there. */
  void adopt(Anchor anchor, Keeping keeping) throws IOException {
    try {
      thread
          .submit(
              () -> {
                keeping.in(anchor);
                return true;
              })
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(
          "no checkpoint can be kept in the anchor " + anchor.name(), e.getCause());
    }
  }

  private void carryQuietly(Keeping keeping) {
    try {
      if (keeping.isMilestone() || keeping.equals(newest)) {
        carry(keeping);
      }
    } catch (RuntimeException e) {
      LOG.error("a checkpoint could not be carried out of the node", e);
    }
  }

  private void carry(Keeping keeping) {
    Keeping carried = keeping;
    if (!cosigners.isEmpty()) {
      Cosigners.Answer answer = cosigners.cosign(SignedCheckpoint.of(keeping.note()));
      carried = keeping.withNote(answer.note());
      if (!answer.quorum()) {
        return; // it does not count as anchored
      }
      published.set(SignedCheckpoint.of(answer.note()));
      cosigned.accept(carried);
    }
    for (Anchor anchor : anchors) {
      keep(anchor, carried);
    }
  }

  private void keep(Anchor anchor, Keeping keeping) {
    try {
      keeping.in(anchor);
      if (failing.remove(anchor.name())) {
        LOG.info("checkpoints are anchored in {} again", anchor.name());
      }
    } catch (IOException e) {
      if (failing.add(anchor.name())) {
        LOG.warn("checkpoints cannot be anchored in {}; the next ones are tried", anchor.name(), e);
      }
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
