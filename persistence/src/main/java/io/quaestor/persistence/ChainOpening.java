package io.quaestor.persistence;

import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.ChainLog;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.DirectoryLock;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.FormatFile;
import io.quaestor.persistence.chain.FreeSpace;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.chain.RepairNote;
import io.quaestor.persistence.chain.TornTail;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.event.UnreadableEvent;
import io.quaestor.persistence.index.ChainIndex;
import io.quaestor.persistence.index.IndexUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a chain: lock, format, space, index, verification, repair, index again, writing end. Each
 * step trusts only what the ones before it have shown; when one fails, all is closed again.
 */
final class ChainOpening {

  private final Path directory;
  private final ChainSettings settings;
  private final List<Anchor> anchors;
  private final Progress progress;
  private final IndexHome home;

  private @Nullable DirectoryLock lock;
  private @Nullable ChainIndex index;
  private @Nullable ChainLog log;

  ChainOpening(Path directory, ChainSettings settings, List<Anchor> anchors, Progress progress) {
    this.directory = directory;
    this.settings = settings;
    this.anchors = anchors;
    this.progress = progress;
    this.home = new IndexHome(directory);
  }

  /** Everything a {@link NodeChain} owns. */
  record Parts(
      DirectoryLock lock,
      FreeSpace space,
      IndexHome home,
      ChainIndex index,
      ChainLog log,
      List<TailRepaired> repairs,
      OpenReport report) {}

  Parts open() {
    try {
      return openParts();
    } catch (IOException e) {
      closeAll();
      throw new ChainRefused(
          Code.DIRECTORY_UNREADABLE,
          "the data directory %s cannot be read or written (%s); check the disk"
              .formatted(directory, Reason.of(e)),
          e);
    } catch (UnreadableEvent e) {
      closeAll();
      throw new ChainRefused(Code.FORMAT_TOO_NEW, e.getMessage() + "", e);
    } catch (IndexUnusable e) {
      closeAll();
      home.markDamaged();
      throw new ChainRefused(
          Code.DIRECTORY_UNREADABLE,
          "the index in %s cannot be made (%s); check the disk"
              .formatted(directory, e.getMessage()),
          e);
    } catch (RuntimeException | Error e) {
      closeAll();
      throw e;
    }
  }

  private Parts openParts() throws IOException {
    Disk disk = settings.disk();
    DirectoryLock locked = DirectoryLock.acquire(directory, disk);
    lock = locked;
    FreeSpace space = requireSpace();
    FormatFile.checkOrCreate(disk, directory, settings.node());
    IndexHome.Opened indexed = home.open();
    index = indexed.index();
    CheckedChain checked =
        CheckedChain.check(
                new ChainVerifier(disk, directory, settings.node(), indexed.evidence()),
                DirectoryAnchor.beside(disk, directory),
                anchors,
                progress)
            .orThrow();
    Verification verification = checked.verification();
    List<TailRepaired> repairs = repair(disk, verification);
    Head head = head(verification);
    long added = refresh(indexed, verification, head);
    ChainLog opened = ChainLog.open(directory, settings, head, verification.lastSegment());
    log = opened;
    OpenReport report =
        new OpenReport(
            verification,
            repairs.isEmpty() ? Optional.empty() : Optional.of(repairs.getLast()),
            mayBeAcknowledged(verification),
            checked.keys(),
            checked.known(),
            added);
    return new Parts(locked, space, home, Objects.requireNonNull(index), opened, repairs, report);
  }

  private FreeSpace requireSpace() {
    FreeSpace space = new FreeSpace(settings, directory);
    try {
      space.requireAboveHardFloor();
      return space;
    } catch (ChainFull e) {
      throw new ChainRefused(
          Code.DISK_FULL,
          "the disk of the data directory %s is full: %s; free some space"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /** Moves a torn tail aside and answers all repairs that are not recorded yet. */
  private List<TailRepaired> repair(Disk disk, Verification verification) throws IOException {
    switch (verification.verdict()) {
      case Verdict.Sound sound -> {}
      case Verdict.Broken broken -> throw ChainRefused.broken(broken.fault());
      case Verdict.Torn torn ->
          TornTail.moveAside(disk, directory, torn, settings.clock().instant());
    }
    return RepairNote.read(disk, directory);
  }

  private static Head head(Verification verification) {
    return switch (verification.verdict()) {
      case Verdict.Sound sound -> sound.head();
      case Verdict.Torn torn -> torn.head();
      case Verdict.Broken broken -> throw ChainRefused.broken(broken.fault());
    };
  }

  private static boolean mayBeAcknowledged(Verification verification) {
    return verification.verdict() instanceof Verdict.Torn torn && torn.indexed();
  }

  private long refresh(IndexHome.Opened indexed, Verification verification, Head head)
      throws IOException {
    IndexRefresh refresh = new IndexRefresh(directory, settings, head);
    IndexHome.Opened current = indexed;
    if (!refresh.fits(indexed.evidence())) {
      indexed.index().close();
      current = home.openAnew();
      index = current.index();
    }
    return refresh.catchUp(current.index(), current.evidence(), progress, verification.bytes());
  }

  private void closeAll() {
    Closing.all(log, index, lock);
  }
}
