package io.quaestor.shadow.contest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all policies made of one target.
 *
 * @param runs by policy in the order of the contest's list; each by seed
 */
public record TargetResult(Target target, Map<String, List<RunResult>> runs) {

  public TargetResult {
    // Map.copyOf would forget the order.
    runs = new LinkedHashMap<>(runs);
  }
}
