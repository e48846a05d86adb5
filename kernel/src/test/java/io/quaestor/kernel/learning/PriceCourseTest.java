package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event.PriceMove;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceCourseTest {

  private static PriceCourse after(long moves) {
    PriceCourse course = PriceCourse.NONE;
    for (long move = 1; move <= moves; move++) {
      course = course.after(move, new PriceMove(move * 10, 0, 0, 0));
    }
    return course;
  }

  @Test
  void keepsEveryPriceWhileThereIsRoom() {
    assertThat(after(64).points()).hasSize(64);
    assertThat(after(64).points().getLast()).isEqualTo(new PriceCourse.Point(64, 640));
  }

  @Test
  void dropsEverySecondPointWhenItIsFull() {
    PriceCourse course = after(65);

    assertThat(course.stride()).isEqualTo(2);
    assertThat(course.points()).hasSize(33);
    assertThat(course.points().getFirst().moves()).isEqualTo(1);
    assertThat(course.points().getLast().moves()).isEqualTo(65);
  }

  @Test
  void staysBoundedAndEvenlySpreadForEver() {
    for (long moves : new long[] {66, 127, 128, 129, 1_000, 4_097, 100_000}) {
      PriceCourse course = after(moves);
      List<PriceCourse.Point> points = course.points();

      assertThat(points).hasSizeBetween(32, PriceCourse.POINTS_MAX);
      for (int i = 0; i < points.size(); i++) {
        assertThat(points.get(i))
            .isEqualTo(
                new PriceCourse.Point(i * course.stride() + 1, (i * course.stride() + 1) * 10));
      }
      assertThat(moves - points.getLast().moves()).isLessThan(course.stride());
    }
  }
}
