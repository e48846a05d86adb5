package io.quaestor.kernel.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  @Test
  void keepsCandidatesByFallingQualityAndRisingModelId() {
    Candidates candidates =
        Candidates.of(
            List.of(candidate(7, 100), candidate(3, 900), candidate(5, 100), candidate(9, 500)));

    assertThat(IntStream.range(0, 4).map(i -> candidates.get(i).modelId()))
        .containsExactly(3, 9, 5, 7);
  }

  @Test
  void findsTheIndexOfAModel() {
    Candidates candidates =
        Candidates.of(List.of(candidate(7, 100), candidate(3, 900), candidate(5, 100)));

    assertThat(candidates.indexOf(3)).isZero();
    assertThat(candidates.indexOf(5)).isEqualTo(1);
    assertThat(candidates.indexOf(7)).isEqualTo(2);
    assertThat(candidates.indexOf(4)).isEqualTo(-1);
    assertThat(candidates.size()).isEqualTo(3);
  }

  @Test
  void refusesAModelIdThatOccursTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Candidates.of(List.of(candidate(7, 100), candidate(7, 900))))
        .withMessageContaining("model id 7");
  }

  @Test
  void refusesMoreCandidatesThanItsBound() {
    List<Candidate> tooMany =
        IntStream.rangeClosed(1, Candidates.SIZE_MAX + 1).mapToObj(id -> candidate(id, 1)).toList();

    assertThatIllegalArgumentException().isThrownBy(() -> Candidates.of(tooMany));
    assertThat(Candidates.of(tooMany.subList(1, tooMany.size())).size())
        .isEqualTo(Candidates.SIZE_MAX);
  }

  @Test
  void refusesNumbersOutOfTheirRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> candidate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> candidate(1, 10_001));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(-1, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 10_001, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Input(0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .withMessageContaining("outputTokensMax");
  }

  private static Candidate candidate(int id, int quality) {
    return new Candidate(id, 0, quality, 10_000, true, 0, 0, 0, 0, 0);
  }
}
