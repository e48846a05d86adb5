package io.quaestor.shadow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.RegimeState;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.learning.TenantLearning;
import io.quaestor.kernel.ledger.LedgerImage;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.persistence.event.EventJson;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Profiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that stops anywhere, and goes on from what was written down, comes to the same events. */
class StopAndGoTest {

  private static final int CALLS = 700;

  private final Profile profile = Profiles.load("routellm-mmlu");
  private final History history = SyntheticHistories.of(profile, CALLS, 3);
  private final ShadowReplay replay =
      new ShadowReplay(profile, history, SyntheticHistories.plan(profile, null, null));

  /** Before anything is learned, within and at the ends of epochs, and late. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 350, 699})
  void decidesTheSameAfterARestart(int stop) throws JsonProcessingException {
    ShadowRun whole = replay.begin();
    List<Event.DecisionMade> expected = decisions(whole, 0, CALLS);

    ShadowRun first = replay.begin();
    List<Event.DecisionMade> decisions = new ArrayList<>(decisions(first, 0, stop));
    ShadowRun second = resumed(readBack(first.checkpoint()));
    decisions.addAll(decisions(second, stop, CALLS));

    assertThat(decisions).isEqualTo(expected);
    assertThat(second.state().learning().image()).isEqualTo(whole.state().learning().image());
    assertThat(second.state().ledger().budget()).isEqualTo(whole.state().ledger().budget());
    assertThat(expected.getLast().learned()).isNotNull();
  }

  private List<Event.DecisionMade> decisions(ShadowRun run, int from, int to) {
    Replayer replayer = new Replayer(run, replay.terms(), history.candidates());
    List<Event.DecisionMade> decisions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      decisions.add(replayer.step(history.cases().get(i), i));
    }
    return decisions;
  }

  private ShadowRun resumed(ShadowRun.Checkpoint checkpoint) {
    return new ShadowRun(
        profile.catalog(),
        Aim.asItIs(profile.policy()),
        ReplayPlan.BUDGET_MAX_MICROCENTS,
        checkpoint);
  }

  /** As a node writes its snapshots. */
  private static ShadowRun.Checkpoint readBack(ShadowRun.Checkpoint checkpoint)
      throws JsonProcessingException {
    TenantState state = checkpoint.state();
    LedgerImage ledger = readBack(LedgerImage.of(state.ledger()), LedgerImage.class);
    TenantLearning.Image learning = readBack(state.learning().image(), TenantLearning.Image.class);
    return new ShadowRun.Checkpoint(
        new TenantState(
            ledger.restore(state.ledger().bounds()), state.mode(), TenantLearning.of(learning)),
        readBack(checkpoint.published()),
        readBack(checkpoint.regimesNow()),
        checkpoint.now(),
        checkpoint.seq());
  }

  private static Regimes readBack(Regimes regimes) throws JsonProcessingException {
    List<RegimeState> states = new ArrayList<>();
    for (RegimeState state : regimes.states()) {
      states.add(readBack(state, RegimeState.class));
    }
    return new Regimes(regimes.position(), states);
  }

  private static <T> T readBack(T value, Class<T> type) throws JsonProcessingException {
    return EventJson.MAPPER.readValue(EventJson.MAPPER.writeValueAsString(value), type);
  }
}
