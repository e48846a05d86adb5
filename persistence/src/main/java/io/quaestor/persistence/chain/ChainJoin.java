package io.quaestor.persistence.chain;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins the reports of segments, in order, to one chain: whether each begins where the one before
 * it ended, and the tree over all their records.
 *
 * <p>The leaves of the last segment wait until its end is judged: some of them may be torn off.
 */
final class ChainJoin {

  private final NavigableSet<Long> sizes;
  private final MerkleTree tree = new MerkleTree();
  private final Map<Long, Hash> roots = new HashMap<>();
  private final List<Adoption> adoptions = new ArrayList<>();
  private int number;
  private Head head = Head.EMPTY;
  private @Nullable Fault fault;
  private @Nullable SegmentReport last;
  private boolean inLast = true;

  ChainJoin(Set<Long> sizes) {
    this.sizes = new TreeSet<>(sizes);
    if (this.sizes.contains(0L)) {
      roots.put(0L, Hash.EMPTY_ROOT);
    }
  }

  /**
   * The good records of all segments up to the first fault.
   *
   * @param last the segment that the fault or the end of the chain is in, null without segments
   * @param inLast whether that is the last segment
   */
  record Joined(Head head, @Nullable Fault fault, @Nullable SegmentReport last, boolean inLast) {}

  Joined joined() {
    return new Joined(head, fault, last, inLast);
  }

  /** Adds the next segment; what comes behind a fault is not looked at. */
  void add(SegmentReport report, boolean isLast) {
    if (fault != null) {
      return;
    }
    if (last != null) {
      grow(last.leaves(), last.leaves().length / Hash.BYTES);
    }
    number++;
    last = report;
    fault = follow(report);
    if (fault != null) {
      last = withoutRecords(report);
      inLast = false;
      return;
    }
    inLast = isLast;
    adoptions.addAll(report.adoptions());
    if (report.records() > 0) {
      head =
          new Head(
              head.seq() + report.records(), report.lastHash(), report.segment(), report.goodEnd());
    }
    if (report.fault() != null) {
      fault =
          new Fault(
              report.fault(), head.seq() + 1, report.segment(), report.goodEnd(), report.detail());
    }
  }

  /** Whether a segment begins where the one before it ended. */
  private @Nullable Fault follow(SegmentReport report) {
    long expected = head.seq() + 1;
    if (report.segment() != number) {
      return new Fault(Fault.Kind.MISSING_SEGMENT, expected, number, 0, "the file is not there");
    }
    if (report.firstSeq() == 0) {
      return null;
    }
    if (report.firstSeq() != expected) {
      return new Fault(
          Fault.Kind.ofNumber(report.firstSeq(), expected),
          expected,
          number,
          0,
          "record %d stands there".formatted(report.firstSeq()));
    }
    if (!report.firstPrev().equals(head.hash())) {
      return new Fault(
          Fault.Kind.LINK_MISMATCH,
          expected,
          number,
          0,
          "it does not name the hash of the record before it");
    }
    return null;
  }

  private static SegmentReport withoutRecords(SegmentReport report) {
    return new SegmentReport(
        report.segment(),
        report.size(),
        0,
        0,
        "",
        "",
        0,
        0,
        new byte[0],
        List.of(),
        report.fault(),
        report.detail());
  }

  // ---- the tree --------------------------------------------------------------------------------

  /** The tree up to a record of the last segment; called once, at the end. */
  MerkleTree treeUpTo(long seq) {
    if (last != null) {
      grow(last.leaves(), Math.toIntExact(Math.max(0, seq - tree.size())));
      last = null;
    }
    return tree;
  }

  /** The roots at the sizes that the tree has passed. */
  Map<Long, Hash> roots() {
    return Map.copyOf(roots);
  }

  List<Adoption> adoptions() {
    return adoptions.stream().filter(each -> each.seq() <= tree.size()).toList();
  }

  private void grow(byte[] leaves, int count) {
    int done = 0;
    while (done < count) {
      Long mark = sizes.higher(tree.size());
      int step = mark == null ? count - done : (int) Math.min(count - done, mark - tree.size());
      tree.append(leaves, done * Hash.BYTES, step);
      done += step;
      if (mark != null && tree.size() == mark) {
        roots.put(mark, tree.head().root());
      }
    }
  }
}
