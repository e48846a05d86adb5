package io.quaestor.persistence;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.NodeEvent;
import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.ChainLog;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.DirectoryLock;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.FreeSpace;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.RepairNote;
import io.quaestor.persistence.chain.Seal;
import io.quaestor.persistence.chain.Sealed;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.index.ChainIndex;
import io.quaestor.persistence.index.IndexUnusable;
import io.quaestor.persistence.index.IndexedRecord;
import io.quaestor.persistence.merkle.MerkleTree;
import io.quaestor.persistence.merkle.TreeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's chain, verified and open for appending: the segments, the index over them and what is
 * known about both.
 *
 * <p>One write at a time. Once the storage has failed nothing is ever written again by this
 * process: after a failed sync the system may have dropped the bytes and report success the next
 * time.
 */
public final class NodeChain implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeChain.class);

  private final Path directory;
  private final ChainSettings settings;
  private final DirectoryLock lock;
  private final FreeSpace space;
  private final IndexHome home;
  private final ChainIndex index;
  private final ChainLog log;
  private final OpenReport report;
  private final ChainReader reader;
  private final RecentSeals recent = new RecentSeals();
  private final BatchDelivery delivery = new BatchDelivery();
  private final ReentrantLock writing = new ReentrantLock();
  private final String nodeEntity;

  private long nodeEseq;
  private boolean closed;
  private volatile @Nullable Throwable failure;
  private Consumer<Throwable> onFailure = failed -> {};

  private NodeChain(Path directory, ChainSettings settings, ChainOpening.Parts parts) {
    this.directory = normalized(directory);
    this.settings = settings;
    this.lock = parts.lock();
    this.space = parts.space();
    this.home = parts.home();
    this.index = parts.index();
    this.log = parts.log();
    this.report = parts.report();
    this.reader = new ChainReader(directory, settings, index, log::head, this::indexFailed);
    this.nodeEntity = "node|" + settings.node();
    this.nodeEseq = index.highest(nodeEntity);
  }

  /**
   * Locks and verifies the directory, repairs a torn tail, brings the index up to date and opens
   * the chain for appending.
   *
   * @throws ChainRefused when it must not be used as it is
   */
  public static NodeChain open(Path directory, ChainSettings settings, Progress progress) {
    return open(directory, settings, List.of(), progress);
  }

  /**
   * @param anchors places outside of the directory whose checkpoints the chain must agree with
   */
  public static NodeChain open(
      Path directory, ChainSettings settings, List<Anchor> anchors, Progress progress) {
    ChainOpening.Parts parts = new ChainOpening(directory, settings, anchors, progress).open();
    NodeChain chain = new NodeChain(directory, settings, parts);
    try {
      chain.record(parts.repairs());
      return chain;
    } catch (RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  /** Records repairs, each once also when a crash came before their note was deleted. */
  private void record(List<TailRepaired> repairs) {
    if (repairs.isEmpty()) {
      return;
    }
    List<Event> recorded =
        reader
            .records(
                nodeEntity, Math.max(1, nodeEseq - repairs.size() + 1), nodeEseq, repairs.size())
            .stream()
            .filter(RecordLine::isEvent)
            .map(RecordLine::event)
            .toList();
    repairs.stream().filter(each -> !recorded.contains(each)).forEach(this::appendNode);
    try {
      RepairNote.delete(settings.disk(), directory);
    } catch (IOException e) {
      LOG.warn("the note of a repair cannot be deleted; the next start records it again", e);
    }
  }

  static Path normalized(Path directory) {
    return directory.toAbsolutePath().normalize();
  }

  public Path directory() {
    return directory;
  }

  public String node() {
    return settings.node();
  }

  /** What was found when it was opened. */
  public OpenReport opened() {
    return report;
  }

  public Head head() {
    return log.head();
  }

  /** Everything that is read from the chain. */
  public ChainReader reader() {
    return reader;
  }

  /** The Merkle tree over all records, as it is at any moment. */
  public MerkleTree tree() {
    return report.verification().tree();
  }

  /** Where the checkpoints beside the chain are kept. */
  DirectoryAnchor beside() {
    return DirectoryAnchor.beside(settings.disk(), directory);
  }

  /** Reads roots and proofs of the tree as it is now. */
  public TreeReader treeReader() {
    return new TreeReader(tree(), reader::leafHashes);
  }

  // ---- writing ----------------------------------------------------------------------------------

  /**
   * Seals the drafts with one write and one sync: all of them, or it throws.
   *
   * @throws IllegalArgumentException when a draft cannot be a record; nothing was written
   * @throws ChainFull when the disk is; nothing was written
   * @throws ChainFailed when the storage failed; it is not known what was written
   */
  public List<Seal> append(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    writing.lock();
    try {
      return write(drafts).stream().map(Sealed::seal).toList();
    } finally {
      writing.unlock();
    }
  }

  /** Seals an event of the node itself. */
  public Seal appendNode(NodeEvent event) {
    return appendNode(List.of(event)).getFirst();
  }

  /** Seals events of the node itself, with one write and one sync; at least one. */
  public List<Seal> appendNode(List<? extends NodeEvent> events) {
    List<Seal> seals;
    writing.lock();
    try {
      List<Draft> drafts = new ArrayList<>(events.size());
      for (NodeEvent event : events) {
        drafts.add(Draft.of(nodeEntity, nodeEseq + drafts.size() + 1, event));
      }
      seals = write(drafts).stream().map(Sealed::seal).toList();
      nodeEseq += seals.size();
    } finally {
      writing.unlock();
    }
    deliver();
    return seals;
  }

  private List<Sealed> write(List<Draft> drafts) {
    requireUsable();
    space.requireAboveHardFloor();
    log.encode(drafts);
    // An interrupt would close the file in the middle of a write.
    boolean interrupted = Thread.interrupted();
    try {
      List<Sealed> sealed = log.write();
      index.add(sealed.stream().map(IndexedRecord::of).toList());
      if (settings.tree()) {
        // Behind the index, so that whoever sees a leaf finds its record.
        tree().append(log.leaves(), 0, sealed.size());
      }
      recent.publish(sealed);
      delivery.enqueue(sealed);
      return sealed;
    } catch (IOException | RuntimeException | Error e) {
      throw fail(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void requireUsable() {
    Throwable failed = failure;
    if (failed != null) {
      throw new ChainFailed(failed);
    }
    if (closed) {
      throw new IllegalStateException("the chain is closed");
    }
  }

  private ChainFailed fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      LOG.error("the chain's storage failed; nothing more is written by this process", cause);
      if (cause instanceof IndexUnusable) {
        home.markDamaged();
      }
      onFailure.accept(cause);
    }
    return new ChainFailed(cause);
  }

  /** Something beside the chain could not be written: as bad as a failed write of the chain. */
  void storageFailed(IOException cause) {
    writing.lock();
    try {
      if (!closed) {
        fail(cause);
      }
    } finally {
      writing.unlock();
    }
  }

  /** The index failed outside of a write: the next start makes a new one. */
  private void indexFailed(IndexUnusable cause) {
    writing.lock();
    try {
      if (!closed) {
        fail(cause);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Called once, when the storage fails; the process should end then. */
  public void onFailure(Consumer<Throwable> hook) {
    writing.lock();
    try {
      onFailure = hook;
      if (failure != null) {
        hook.accept(failure);
      }
    } finally {
      writing.unlock();
    }
  }

  /** The storage failure that ended writing. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether the disk has room for new decisions, and not only for settling old ones. */
  public boolean hasRoomForDecisions() {
    return failure == null && space.aboveFloor();
  }

  /** Whether the disk has room for anything at all. */
  public boolean hasRoomToWrite() {
    return failure == null && space.aboveHardFloor();
  }

  /** Works with the index, for what lives in it beside the chain. */
  public <T> T withIndex(Function<ChainIndex, T> work) {
    try {
      return work.apply(index);
    } catch (IndexUnusable e) {
      indexFailed(e);
      throw e;
    }
  }

  // ---- after the write --------------------------------------------------------------------------

  /**
   * The seals of what an actor has just persisted, the events {@code from} to {@code to} of its
   * entity.
   */
  public List<Seal> takeSeals(String entity, long from, long to) {
    List<Seal> seals = recent.take(entity, from, to);
    return seals.isEmpty() ? reader.seals(entity, from, to) : seals;
  }

  /** Says that nobody will take the seals of this entity's last write. */
  public void forgetSeals(String entity) {
    recent.forget(entity);
  }

  /** Registers a projection; it gets what is sealed from now on. */
  public void addListener(SealedBatchListener listener) {
    delivery.add(listener);
  }

  /** Hands what was sealed to the projections; called after the acknowledgement. */
  public void deliver() {
    delivery.deliver();
  }

  /** Closes the files and gives the directory free. Writes nothing. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        Closing.all(reader, log, index, lock);
      }
    } finally {
      writing.unlock();
    }
  }
}
