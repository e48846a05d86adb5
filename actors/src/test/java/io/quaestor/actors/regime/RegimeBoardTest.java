package io.quaestor.actors.regime;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.learning.RegimeState;
import io.quaestor.kernel.learning.Regimes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegimeBoardTest {

  private static final long EPOCH = Regimes.EPOCH_RECORDS;

  private final List<Long> completed = new ArrayList<>();
  private final RegimeBoard board =
      new RegimeBoard(Regimes.EMPTY, regimes -> completed.add(regimes.position()));

  private void publish(int regime, long epoch) {
    board.publish(new RegimeBoard.View(epoch * EPOCH, RegimeState.empty(regime)));
  }

  private void publishAllBut(int missing, long epoch) {
    for (int regime = 0; regime < Regimes.COUNT; regime++) {
      if (regime != missing) {
        publish(regime, epoch);
      }
    }
  }

  @Test
  void showsAPositionOnlyWhenAllRegimesHaveComeToIt() {
    publishAllBut(5, 1);
    assertThat(board.current()).isSameAs(Regimes.EMPTY);

    publish(5, 1);

    assertThat(board.current().position()).isEqualTo(EPOCH);
    assertThat(board.current().states())
        .extracting(RegimeState::regime)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void showsTheNewestThatIsCompleteWhateverIsMissingBefore() {
    publishAllBut(2, 1);
    publishAllBut(2, 2);

    publish(2, 2);

    assertThat(board.current().position()).isEqualTo(2 * EPOCH);
    assertThat(board.incompleteCount()).isZero();
  }

  @Test
  void neverGoesBack() {
    publishAllBut(-1, 3);

    publishAllBut(-1, 2);

    assertThat(board.current().position()).isEqualTo(3 * EPOCH);
    assertThat(completed).containsExactly(3 * EPOCH);
  }

  @Test
  void takesNoViewTwice() {
    publishAllBut(7, 1);
    publishAllBut(7, 1);

    assertThat(completed).isEmpty();
    assertThat(board.incompleteCount()).isEqualTo(1);
  }

  @Test
  void boundsWhatARegimeThatIsBehindMakesItKeep() {
    long epochs = 3L * RegimeBoard.INCOMPLETE_MAX;
    for (long epoch = 1; epoch <= epochs; epoch++) {
      publishAllBut(4, epoch);
    }
    assertThat(board.incompleteCount()).isEqualTo(RegimeBoard.INCOMPLETE_MAX);

    for (long epoch = 1; epoch <= epochs; epoch++) {
      publish(4, epoch);
    }

    assertThat(board.current().position()).isEqualTo(epochs * EPOCH);
    assertThat(board.incompleteCount()).isZero();
  }

  @Test
  void remembersWhereEachRegimeGoesOn() {
    publish(3, 2);

    assertThat(board.latest(3).position()).isEqualTo(2 * EPOCH);
    assertThat(board.latest(4).position()).isZero();
  }
}
