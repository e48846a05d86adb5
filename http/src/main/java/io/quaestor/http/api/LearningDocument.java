package io.quaestor.http.api;

import io.quaestor.kernel.catalog.Learning;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a policy learns, as people write it; what is left out is as {@link Learning#USUAL}. */
public record LearningDocument(
    @Nullable Integer targetBps,
    @Nullable Integer stepMilli,
    @Nullable Integer firstStepMilli,
    @Nullable Integer stepHalving,
    @Nullable Integer priorStrength,
    @Nullable Integer regimeStrength,
    @Nullable Integer pooledCap,
    @Nullable Integer explorationBps,
    @Nullable Integer halfLife,
    @Nullable Integer driftThresholdMilli,
    @Nullable Integer driftKeptBps,
    @Nullable Integer anomalyDeviationMilli,
    @Nullable Integer anomalyRaiseBps,
    @Nullable Map<String, Learning.@Nullable UseCase> useCases) {

  Learning learning() {
    Learning usual = Learning.USUAL;
    return new Learning(
        or(targetBps, usual.targetBps()),
        or(stepMilli, usual.stepMilli()),
        or(firstStepMilli, usual.firstStepMilli()),
        or(stepHalving, usual.stepHalving()),
        or(priorStrength, usual.priorStrength()),
        or(regimeStrength, usual.regimeStrength()),
        or(pooledCap, usual.pooledCap()),
        or(explorationBps, usual.explorationBps()),
        or(halfLife, usual.halfLife()),
        or(driftThresholdMilli, usual.driftThresholdMilli()),
        or(driftKeptBps, usual.driftKeptBps()),
        or(anomalyDeviationMilli, usual.anomalyDeviationMilli()),
        or(anomalyRaiseBps, usual.anomalyRaiseBps()),
        useCases(usual));
  }

  private Map<String, Learning.UseCase> useCases(Learning usual) {
    if (useCases == null) {
      return usual.useCases();
    }
    Map<String, Learning.UseCase> stated = new TreeMap<>();
    useCases.forEach(
        (name, settings) ->
            stated.put(name, CatalogDocument.required("learning.use_cases." + name, settings)));
    return stated;
  }

  private static int or(@Nullable Integer stated, int usual) {
    return Objects.requireNonNullElse(stated, usual);
  }
}
