package io.quaestor.http.cli;

import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Examines a chain from its files alone, as often as a node that writes to it makes necessary. */
final class ChainExamination {

  private static final int ATTEMPTS = 5;
  private static final long SETTLE_MILLIS = 20;

  private final ChainDirectory chain;
  private final List<Anchor> anchors;
  private final PrintWriter err;

  ChainExamination(ChainDirectory chain, List<Path> anchors, PrintWriter err) {
    this.chain = chain;
    this.anchors =
        anchors.stream()
            .map(Path::toAbsolutePath)
            .map(Path::normalize)
            .<Anchor>map(each -> DirectoryAnchor.elsewhere(Disk.local(), each, chain.node()))
            .toList();
    this.err = err;
  }

  /** Beside a running node, a line that is just being written looks torn: look again then. */
  CheckedChain run() throws Unreadable, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      CheckedChain checked = once();
      boolean torn = checked.verification().verdict() instanceof Verdict.Torn;
      TimeUnit.MILLISECONDS.sleep(torn ? SETTLE_MILLIS : 0);
      if (attempt == ATTEMPTS || !isGrowing(checked.verification().verdict())) {
        return checked;
      }
    }
  }

  private CheckedChain once() throws Unreadable {
    ProgressBar bar = ProgressBar.on(err);
    try {
      return CheckedChain.check(
          new ChainVerifier(Disk.local(), chain.path(), chain.node(), null),
          DirectoryAnchor.beside(Disk.local(), chain.path()),
          anchors,
          bar);
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    } finally {
      bar.finish();
    }
  }

  private boolean isGrowing(Verdict verdict) throws Unreadable {
    if (!(verdict instanceof Verdict.Torn torn)) {
      return false;
    }
    try {
      return Files.size(Segments.file(chain.path(), torn.segment())) != torn.to();
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    }
  }
}
