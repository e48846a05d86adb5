package io.quaestor.actors.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quaestor.actors.TestNode;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.RegimeFold;
import io.quaestor.kernel.learning.RegimeState;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regimes of a real node, against an undisturbed fold of its chain. */
class LiveRegimesTest {

  private static final String NO_SNAPSHOTS = "quaestor.learning.snapshot-every = 0";
  private static final String MANY_SNAPSHOTS = "quaestor.learning.snapshot-every = 200";

  @TempDir Path directory;

  // ---- a node that runs ------------------------------------------------------------------------

  @Test
  void areWhatAFoldOfTheChainComesToWhereverADecisionNamesThem() {
    try (TestNode node = TestNode.start(directory, NO_SNAPSHOTS)) {
      Pupils.teach(node);
      new Pupils(node, 1).ask(1_000);

      Regimes live = settled(node);

      assertSame(live, node.chain());
      assertThat(live.states()).filteredOn(state -> state.decisions() > 0).hasSizeGreaterThan(4);
      assertThat(live.states()).anyMatch(state -> !state.spaces().isEmpty());
      assertThat(live.states()).anyMatch(state -> !state.pooled().isEmpty());
      List<Long> named = named(node.chain());
      assertThat(published(node.chain()).keySet()).containsAll(named);
      assertThat(named.getLast()).as("tenants read what is published").isPositive();
    }
  }

  /** The position that each decision names. */
  private static List<Long> named(NodeChain chain) {
    List<Long> named = new ArrayList<>();
    chain
        .reader()
        .events(
            1,
            each -> {
              if (each.event() instanceof Event.DecisionMade made && made.learned() != null) {
                named.add(made.learned().position());
                assertThat(made.learned().position()).isLessThan(each.seal().seq());
              }
            });
    return named;
  }

  @Test
  void loseNothingWhenMailboxesAreFullAllTheTime() {
    try (TestNode node =
        TestNode.start(directory, "quaestor.learning { waiting-max = 1, snapshot-every = 0 }")) {
      Pupils.teach(node);
      new Pupils(node, 3).ask(600);

      assertSame(settled(node), node.chain());
    }
  }

  // ---- restarts --------------------------------------------------------------------------------

  @Test
  void areTheSameAfterARestartWithoutSnapshots() {
    live(10, NO_SNAPSHOTS, true);
    live(11, NO_SNAPSHOTS, false);
  }

  @Test
  void areTheSameAfterARestartFromSnapshotsSoundOrNot() {
    live(20, MANY_SNAPSHOTS, true);
    assertThat(saved()).as("in the middle").isPositive();
    live(21, MANY_SNAPSHOTS, false);

    long latest = saved();
    damage(6, latest);
    assertThat(saved()).as("the one before").isPositive().isLessThan(latest);
    assertSameAfterStart();

    snapshots(3).forEach(position -> damage(3, position));
    assertThat(saved()).as("none is whole").isZero();
    assertSameAfterStart();
  }

  /** A node starts, lives, and stops in the middle. */
  private void live(long seed, String settings, boolean first) {
    try (TestNode node = TestNode.start(directory, settings)) {
      if (first) {
        Pupils.teach(node);
      }
      assertSame(node.node().regimes(), node.chain());
      new Pupils(node, seed).ask(500);
      assertSame(settled(node), node.chain());
    }
  }

  private void assertSameAfterStart() {
    try (TestNode node = TestNode.start(directory, NO_SNAPSHOTS)) {
      assertThat(node.node().regimes().position())
          .isEqualTo(Regimes.epochBefore(node.chain().head().seq()));
      assertSame(node.node().regimes(), node.chain());
    }
  }

  /** Where the latest snapshot is that a start would take. */
  private long saved() {
    try (NodeChain chain = open()) {
      return new RegimeSnapshots(chain).latest().position();
    }
  }

  private List<Long> snapshots(int regime) {
    try (NodeChain chain = open()) {
      return chain.withIndex(
          index -> index.snapshots(RegimeSnapshots.entity(regime), 0, Long.MAX_VALUE));
    }
  }

  private void damage(int regime, long position) {
    try (NodeChain chain = open()) {
      damage(chain, regime, position);
    }
  }

  @Test
  void takeNoSnapshotThatTheChainDoesNotSeal() {
    try (NodeChain chain = open()) {
      chain.withIndex(
          index -> {
            for (int regime = 0; regime < Regimes.COUNT; regime++) {
              index.putSnapshot(RegimeSnapshots.entity(regime), 64, new byte[40]);
            }
            return index;
          });

      assertThat(new RegimeSnapshots(chain).latest()).isSameAs(Regimes.EMPTY);
    }
  }

  private static void damage(NodeChain chain, int regime, long position) {
    chain.withIndex(
        index -> {
          String entity = RegimeSnapshots.entity(regime);
          byte[] bytes = index.snapshot(entity, position).orElseThrow();
          String changed =
              new String(bytes, StandardCharsets.ISO_8859_1)
                  .replaceFirst("\"decisions\":", "\"decisions\":1");
          index.putSnapshot(entity, position, changed.getBytes(StandardCharsets.ISO_8859_1));
          return index;
        });
  }

  @Test
  void areSavedAsTheyAre() {
    try (NodeChain chain = open()) {
      Regimes saved = random(7);
      RegimeSnapshots snapshots = new RegimeSnapshots(chain);

      snapshots.save(saved);

      Regimes read = snapshots.latest();
      assertThat(read.position()).isEqualTo(saved.position());
      assertThat(read.states()).isEqualTo(saved.states());
    }
  }

  // ---- lag -------------------------------------------------------------------------------------

  @Test
  void areNoneWhenTheyAreTooFarBehindTheChain() {
    try (NodeChain chain = open()) {
      long few = Regimes.EPOCH_RECORDS;
      RegimeBoard board = new RegimeBoard(new Regimes(few, random(8).states()), newest -> {});
      LiveRegimes live = new LiveRegimes(chain, board);

      grow(chain, few + Regimes.LAG_RECORDS_MAX);
      assertThat(live.current().position()).as("at the bound").isEqualTo(few);

      grow(chain, 1);
      assertThat(live.current()).as("beyond").isSameAs(Regimes.EMPTY);

      random(8).states().forEach(state -> board.publish(new RegimeBoard.View(2 * few, state)));
      assertThat(live.current().position()).as("caught up").isEqualTo(2 * few);
    }
  }

  private static void grow(NodeChain chain, long records) {
    for (long left = records; left > 0; left -= 4_096) {
      chain.appendNode(
          Collections.nCopies((int) Math.min(left, 4_096), new Event.NodeStopped("again")));
    }
  }

  // ---- oracle ----------------------------------------------------------------------------------

  /** The view when everything that was sealed has been folded. */
  private static Regimes settled(TestNode node) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                node.node().regimes().position() == Regimes.epochBefore(node.chain().head().seq()));
    return node.node().regimes();
  }

  private static Map<Long, Regimes> published(NodeChain chain) {
    Map<Long, Regimes> published = new HashMap<>();
    published.put(0L, Regimes.EMPTY);
    RegimeFold fold = new RegimeFold(Regimes.EMPTY, each -> published.put(each.position(), each));
    chain.reader().events(1, each -> fold.accept(each.seal().seq(), each.event()));
    return published;
  }

  private static void assertSame(Regimes live, NodeChain chain) {
    Regimes folded = Objects.requireNonNull(published(chain).get(live.position()));
    assertThat(live.states()).isEqualTo(folded.states());
  }

  private NodeChain open() {
    return NodeChain.open(
        directory, ChainSettings.of("node-1").withFreeSpaceFloors(0, 0), Progress.NONE);
  }

  /** Regimes with large numbers in them. */
  private static Regimes random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RegimeState> states = new ArrayList<>();
    for (int regime = 0; regime < Regimes.COUNT; regime++) {
      states.add(Statistics.random(regime, random));
    }
    return new Regimes(4_096, states);
  }
}
