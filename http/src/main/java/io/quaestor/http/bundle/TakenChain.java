package io.quaestor.http.bundle;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.DurableFile;
import io.quaestor.persistence.chain.FormatFile;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.KnownCheckpoint;
import io.quaestor.persistence.note.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A taken chain is what a bundle is made of: the checkpoints as they were at one moment, and the
 * records up to the last whole one at a later moment. They have been held against each other.
 *
 * @param format the bytes of the file FORMAT
 * @param checkpoints the bytes of the checkpoints by file name
 * @param newest what the newest checkpoint says
 * @param head the last record that is taken
 * @param bytes of all segments when they were verified
 * @param tornBytes what stands behind the last whole record and is left out
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record TakenChain(
    Path directory,
    String node,
    byte[] format,
    SortedMap<String, byte[]> checkpoints,
    Checkpoint newest,
    KeyHistory keys,
    Head head,
    long bytes,
    long tornBytes) {

  static final String NEWEST = "checkpoint";

  private static final int FORMAT_BYTES_MAX = 4096;

  /** The checkpoints come first: beside a running node the records then reach at least as far. */
  static TakenChain take(Path directory, String node, Progress progress) throws IOException {
    SortedMap<String, byte[]> files = DirectoryAnchor.beside(Disk.local(), directory).files();
    List<KnownCheckpoint> known = known(files);
    boolean hasNewest = files.containsKey(NEWEST);
    CheckedChain checked =
        CheckedChain.check(
                new ChainVerifier(Disk.local(), directory, node, null),
                known,
                hasNewest,
                List.of(),
                progress)
            .orThrow();
    return new TakenChain(
        directory,
        node,
        DurableFile.read(Disk.local(), directory.resolve(FormatFile.NAME), FORMAT_BYTES_MAX)
            .orElseThrow(),
        files,
        newest(known).orElseThrow(NothingSigned::new),
        checked.keys(),
        head(checked.verification()),
        checked.verification().bytes(),
        tornBytes(checked.verification()));
  }

  private static List<KnownCheckpoint> known(SortedMap<String, byte[]> files) {
    List<KnownCheckpoint> known = new ArrayList<>();
    files.forEach((name, bytes) -> known.add(KnownCheckpoint.read(kept(name, bytes), false)));
    return known;
  }

  private static Anchor.Kept kept(String name, byte[] bytes) {
    return new Anchor.Kept(name, bytes);
  }

  private static Optional<Checkpoint> newest(List<KnownCheckpoint> known) {
    return known.stream()
        .filter(each -> each.label().equals(NEWEST))
        .map(KnownCheckpoint::checkpoint)
        .findFirst();
  }

  private static Head head(Verification verification) {
    return switch (verification.verdict()) {
      case Verdict.Sound sound -> sound.head();
      case Verdict.Torn torn -> torn.head();
      case Verdict.Broken broken -> throw ChainRefused.broken(broken.fault());
    };
  }

  private static long tornBytes(Verification verification) {
    return verification.verdict() instanceof Verdict.Torn torn ? torn.to() - torn.from() : 0;
  }

  /** Whose checkpoints these are. */
  String origin() {
    return newest.origin();
  }

  /** Records that came after the newest checkpoint. */
  long unsigned() {
    return head.seq() - newest.size();
  }
}
