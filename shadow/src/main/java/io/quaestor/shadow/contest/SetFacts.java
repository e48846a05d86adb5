package io.quaestor.shadow.contest;

import java.util.List;

/**
 * What a report says of a set. It does not hold the cases, so that the sets of a long bench need
 * not all stay in memory.
 *
 * @param baseline the candidate that savings are measured against
 * @param hasPositives whether the cases say which of them are of a positive class
 */
public record SetFacts(
    String name,
    List<String> candidates,
    int cases,
    BenchSet.Order order,
    String baseline,
    boolean hasPositives) {}
