package io.quaestor.shadow.profile;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile says what the columns of a history mean, and under which catalog and policy it is
 * decided again.
 *
 * @param set the name of the history, as in {@code routellm-mmlu}
 * @param about one sentence for people
 * @param positive null when there is no class that must not be missed
 * @param targetsPercent how far from the cheapest candidate's success rate to the best one's
 * @param baseline the candidate that would be called for every request without routing
 */
public record Profile(
    String set,
    String about,
    Source source,
    Request request,
    Layout layout,
    @Nullable Positive positive,
    List<Integer> targetsPercent,
    String baseline,
    Catalog catalog,
    Policy policy) {}
