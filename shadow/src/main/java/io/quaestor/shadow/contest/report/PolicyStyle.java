package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.baseline.Baselines;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Map;

/** How a policy is drawn, alike in all charts; colours that most eyes can tell apart. */
record PolicyStyle(Color colour, BasicStroke stroke) {

  private static final float[] DASHES = {6, 4};

  /** The miss rate that a target allows. */
  static final PolicyStyle TARGET = solid(0xFF0000, 1);

  private static final PolicyStyle JUDGED = solid(0x1A5FB4, 3);
  private static final PolicyStyle OTHER = solid(0x777777, 1.4f);

  private static final Map<String, PolicyStyle> STYLES =
      Map.ofEntries(
          Map.entry(Verdict.JUDGED, JUDGED),
          Map.entry(Baselines.CHEAPEST, solid(0xB0B0B0, 1.4f)),
          Map.entry(Baselines.BEST, solid(0x404040, 1.4f)),
          Map.entry(Baselines.RANDOM, solid(0xD3B58D, 1.4f)),
          Map.entry(Baselines.FIXED_HINDSIGHT, dashed(0x8F6BB3)),
          Map.entry(Baselines.EPSILON_GREEDY, solid(0xE69F00, 1.4f)),
          Map.entry(Baselines.UCB1, solid(0xD55E00, 1.4f)),
          Map.entry(Baselines.THOMPSON, solid(0xCC79A7, 1.4f)),
          Map.entry(Baselines.LINUCB, solid(0x56B4E9, 1.4f)),
          Map.entry(Baselines.MIXTURE_HINDSIGHT, dashed(0x000000)),
          Map.entry(Baselines.ORACLE, dashed(0x009E73)));

  static PolicyStyle of(String policy) {
    return STYLES.getOrDefault(policy, OTHER);
  }

  private static PolicyStyle solid(int rgb, float width) {
    return new PolicyStyle(
        new Color(rgb), new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static PolicyStyle dashed(int rgb) {
    return new PolicyStyle(
        new Color(rgb),
        new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES, 0));
  }
}
