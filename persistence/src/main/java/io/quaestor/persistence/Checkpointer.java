package io.quaestor.persistence;

import io.quaestor.kernel.event.Event.AnchorAdopted;
import io.quaestor.kernel.event.Event.KeyAdopted;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.checkpoint.Keeping;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.Milestone;
import io.quaestor.persistence.checkpoint.NodeKeys;
import io.quaestor.persistence.merkle.MerkleTree;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpointer signs a node's checkpoints: at the start, then whenever the chain has grown, at
 * most an interval later, and at the end. It has a thread of its own, so that no answer waits for
 * it.
 *
 * <pre>
 * tree head -> sign -> beside the chain -> publisher: cosigners -> anchors -> published
 * </pre>
 */
public final class Checkpointer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final long CLOSE_SECONDS = 10;

  private final NodeChain chain;
  private final DirectoryAnchor beside;
  private final CheckpointPublisher publisher;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("checkpointer").factory());

  private volatile KeyHistory keys;
  private SigningKey key;
  private @Nullable Keeping newest;
  private long signedSize = -1;
  private volatile @Nullable ScheduledFuture<?> ticking;
  private int coveredSegments;

  /**
   * @param anchors places outside of the node that also keep the checkpoints
   * @param interval the longest time between a record and a checkpoint that covers it
   */
  public record Settings(List<Anchor> anchors, Cosigners cosigners, Duration interval) {}

  private Checkpointer(NodeChain chain, SigningKey key, Settings settings) {
    this.chain = chain;
    this.key = key;
    this.keys = chain.opened().keys();
    this.beside = chain.beside();
    this.publisher =
        new CheckpointPublisher(
            beside,
            settings.anchors(),
            settings.cosigners(),
            cosigned -> thread.execute(() -> keepCosigned(cosigned)));
  }

  /**
   * Binds the chain to the key and the anchors where it is not bound yet, and signs the first
   * checkpoint before anything else is recorded.
   *
   * @param node what {@link CheckpointSettings#nodeKey} loaded; a key that the chain does not know
   *     is adopted, without the signature of the one before it if there was one
   * @throws IOException when a checkpoint cannot be kept
   */
  public static Checkpointer start(NodeChain chain, NodeKeys node, Settings settings)
      throws IOException {
    Checkpointer checkpointer = new Checkpointer(chain, node.current(), settings);
    try {
      checkpointer.bind(node, settings);
    } catch (IOException | RuntimeException e) {
      checkpointer.thread.shutdownNow();
      checkpointer.publisher.close();
      throw e;
    }
    long nanos = settings.interval().toNanos();
    checkpointer.ticking =
        checkpointer.thread.scheduleAtFixedRate(
            checkpointer::signQuietly, nanos, nanos, TimeUnit.NANOSECONDS);
    return checkpointer;
  }

  private void bind(NodeKeys node, Settings settings) throws IOException {
    coveredSegments = Milestone.lastSegment(beside.milestones().keySet());
    restorePublished(settings.cosigners());
    boolean adopted =
        keys.current().map(current -> current.key().equals(key.verifier())).orElse(false);
    if (!adopted) {
      adopt(key);
    }
    requireSigned(
        node.previous().isPresent()
            ? sign(List.of(key, node.previous().get()))
            : sign(List.of(key)));
    node.handedOver().run();
    for (Anchor anchor : settings.anchors()) {
      if (!keys.anchors().contains(anchor.name()) && publisher.adopt(anchor, kept())) {
        chain.appendNode(new AnchorAdopted(anchor.name()));
      }
    }
  }

  /** With a quorum, what counted before the last stop still counts. */
  private void restorePublished(Cosigners cosigners) throws IOException {
    if (cosigners.required()) {
      beside
          .published()
          .map(bytes -> SignedCheckpoint.of(SignedNote.parse(bytes)))
          .ifPresent(published()::set);
    }
  }

  /** From the record of its adoption on the key is the one that signs. */
  private void adopt(SigningKey next) {
    long seq = chain.appendNode(new KeyAdopted(next.verifier().toString())).seq();
    keys = keys.with(new KeyHistory.Adopted(seq, next.verifier()));
    key = next;
  }

  // ---- asking ----------------------------------------------------------------------------------

  /** The newest checkpoint that counts, and waiting for the next. */
  public PublishedCheckpoint published() {
    return publisher.published();
  }

  /** The keys that signed, and from when. */
  public KeyHistory keys() {
    return keys;
  }

  public VerifierKey verifier() {
    return keys.current().orElseThrow().key();
  }

  private Keeping kept() {
    return Optional.ofNullable(newest).orElseThrow();
  }

  // ---- signing ---------------------------------------------------------------------------------

  private void signQuietly() {
    try {
      sign(List.of(key));
    } catch (IOException e) {
      chain.storageFailed(e);
    } catch (RuntimeException | Error e) { // what leaves here would end the schedule without a word
      LOG.error("a checkpoint could not be signed; the next one will cover what it would have", e);
    }
  }

  /** Signs what has come since the last time; false when the disk has no room for a checkpoint. */
  private boolean sign(List<SigningKey> signers) throws IOException {
    int closed = chain.head().segment() - 1; // before the tree, which then covers all of them
    MerkleTree.Head head = chain.tree().head();
    if (head.size() == signedSize) {
      return true;
    }
    if (!chain.hasRoomToWrite()) {
      return false;
    }
    Keeping next = new Keeping(signed(head, signers), milestones(closed, signers.size() > 1));
    next.in(beside);
    coveredSegments = Math.max(closed, coveredSegments);
    signedSize = head.size();
    newest = next;
    publisher.publish(next);
    return true;
  }

  private List<String> milestones(int closedSegments, boolean handover) {
    List<String> milestones = new ArrayList<>();
    if (closedSegments > coveredSegments) {
      milestones.add(Milestone.ofSegment(closedSegments));
    }
    if (handover) {
      milestones.add(Milestone.ofKey(keys.keys().size()));
    }
    return milestones;
  }

  private static void requireSigned(boolean signed) throws IOException {
    if (!signed) {
      throw new IOException("the disk has no room for a checkpoint");
    }
  }

  private static SignedNote signed(MerkleTree.Head head, List<SigningKey> signers) {
    String origin = signers.getFirst().verifier().name();
    String text = new Checkpoint(origin, head.size(), head.root()).text();
    return new SignedNote(text, signers.stream().map(signer -> signer.sign(text)).toList());
  }

  /** The newest checkpoint that was cosigned is kept beside the newest one, with its milestones. */
  private void keepCosigned(Keeping cosigned) {
    try {
      cosigned.milestonesIn(beside);
      beside.keepPublished(cosigned.note().bytes());
    } catch (IOException e) {
      chain.storageFailed(e);
    }
  }

  /**
   * Changes the key: the chain adopts the next one, and a checkpoint signed by both hands over.
   * Returns when that is kept beside the chain.
   */
  public void rotate(SigningKey next) throws IOException {
    try {
      thread.submit(() -> handOver(next)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the key was changed", e);
    } catch (ExecutionException e) {
      throw new IOException(
          keys.current().map(it -> it.key().equals(next.verifier())).orElse(false)
              ? "the chain has adopted the new key; start the node to finish the change"
              : "the key was not changed",
          e.getCause());
    }
  }

  private boolean handOver(SigningKey next) throws IOException {
    SigningKey last = key;
    adopt(next);
    requireSigned(sign(List.of(next, last)));
    return true;
  }

  /** Signs what has come since the last checkpoint, and waits a bounded time for the publisher. */
  @Override
  public void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    thread.execute(
        () -> {
          if (chain.failure().isEmpty()) {
            signQuietly();
          }
        });
    try {
      await(CLOSE_SECONDS);
      publisher.close(); // what the witnesses add is still kept by the thread
      thread.shutdown();
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the last checkpoint is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the thread has done what it was given so far. */
  private void await(long seconds) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    thread.execute(done::countDown);
    if (!done.await(seconds, TimeUnit.SECONDS)) {
      LOG.warn("a checkpoint is still being written");
    }
  }
}
