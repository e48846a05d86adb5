package io.quaestor.kernel.learning;

import io.quaestor.kernel.event.Event.PriceMove;
import java.util.ArrayList;
import java.util.List;

/**
 * The course of a price is what it was after some of the outcomes that moved it: the first, and
 * from there every {@code stride}-th. When there is no room for a further point, every second one
 * is dropped and the stride doubles, so the points stay evenly spread over the whole life.
 *
 * @param stride moves from one point to the next
 * @param points oldest first
 */
public record PriceCourse(long stride, List<Point> points) {

  /**
   * The price after an outcome.
   *
   * @param moves outcomes that had moved the price by then, this one included
   */
  public record Point(long moves, long microcents) {}

  /** Most points; even, so that half of them are evenly spread as well. */
  public static final int POINTS_MAX = 64;

  static final PriceCourse NONE = new PriceCourse(1, List.of());

  public PriceCourse {
    if (stride < 1 || points.size() > POINTS_MAX) {
      throw new IllegalArgumentException("a course has a stride and at most 64 points");
    }
    points = List.copyOf(points);
  }

  /** With the price after the move of this number, counted from 1. */
  PriceCourse after(long moves, PriceMove price) {
    if ((moves - 1) % stride != 0) {
      return this;
    }
    PriceCourse roomy = points.size() < POINTS_MAX ? this : thinned();
    return roomy.with(new Point(moves, price.microcents()));
  }

  private PriceCourse thinned() {
    List<Point> kept = new ArrayList<>(POINTS_MAX / 2);
    for (int i = 0; i < points.size(); i += 2) {
      kept.add(points.get(i));
    }
    return new PriceCourse(Math.multiplyExact(stride, 2), kept);
  }

  private PriceCourse with(Point point) {
    List<Point> next = new ArrayList<>(points);
    next.add(point);
    return new PriceCourse(stride, next);
  }
}
