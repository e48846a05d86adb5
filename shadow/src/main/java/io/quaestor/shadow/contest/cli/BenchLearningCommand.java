package io.quaestor.shadow.contest.cli;

import io.quaestor.http.cli.ExitStatus;
import io.quaestor.shadow.contest.ContestPlan;
import io.quaestor.shadow.contest.Target;
import io.quaestor.shadow.contest.report.Paint;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares learning with textbook policies and with what could have been done at all. */
@Command(
    name = "learning",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs every set that DIR holds through Quaestor's learning and through textbook policies, each"
          + " seeing the same requests in the same order and only the results of its own choices,"
          + " and compares them with yardsticks that know the future.",
      "Each target is a mean score on the way from the cheapest candidate's to the best one's. The"
          + " first tenth of a run is played but not counted.",
      "Prints a table a set and target with a verdict: is the rate at most 1.5 points below the"
          + " target, the cost at most 1.1 of the cheapest mixture of two candidates in hindsight,"
          + " and lower than that of each baseline that reaches the rate?"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done; whether the aims were reached is in the report",
      "1:an output could not be written to its end",
      "2:a setting, the directory, a set or an output cannot be used"
    })
public final class BenchLearningCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The directory that holds the histories.")
  private Path data;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      arity = "1..*",
      description = "Only these sets (default: all that DIR holds).")
  private List<String> sets = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each, seeds 1 to N (default: ${DEFAULT-VALUE}).")
  private int seeds = ContestPlan.SEEDS_DEFAULT;

  @Option(
      names = "--targets",
      paramLabel = "PERCENT",
      split = ",",
      description =
          "On the way from cheapest to best (default: the set's own, mostly 30,50,70,90).")
  private @Nullable List<Double> targets;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Runs at a time; changes no result (default: the processors, here"
              + " ${DEFAULT-VALUE}).")
  private int threads =
      Math.min(Runtime.getRuntime().availableProcessors(), ContestPlan.THREADS_MAX);

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Also write one JSON object a line for each set, target, policy and seed.")
  private @Nullable Path json;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Also write a page with tables and charts, " + Outputs.PAGE + ", to this" + " directory.")
  private @Nullable Path report;

  @Spec private CommandSpec spec;

  private final BenchSource source;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  public BenchLearningCommand(BenchSource source) {
    this.source = source;
  }

  @Override
  public Integer call() {
    ContestPlan plan;
    List<String> chosen;
    try {
      plan = plan();
      chosen = new SetChoice(source, data).of(sets);
    } catch (IllegalArgumentException | BenchSource.Unusable e) {
      return unusable(e.getMessage());
    }
    int status = run(plan, chosen);
    tellAbsent(chosen);
    return status;
  }

  private void tellAbsent(List<String> chosen) {
    List<String> absent = source.names().stream().filter(set -> !chosen.contains(set)).toList();
    if (sets.isEmpty() && !absent.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("Not in %s, so left out: %s".formatted(data, String.join(", ", absent)));
    }
  }

  private ContestPlan plan() {
    List<Double> percents = targets == null ? Target.DEFAULT_PERCENTS : targets;
    return new ContestPlan(seeds, percents.stream().distinct().sorted().toList(), threads);
  }

  private int run(ContestPlan plan, List<String> chosen) {
    try (Outputs outputs = Outputs.open(json, report)) {
      return new LearningBench(source, data, entry -> planOf(entry, plan), outputs, printer())
          .run(chosen);
    } catch (Unwritable e) {
      return unusable(e.getMessage());
    }
  }

  private ContestPlan planOf(BenchSource.Entry entry, ContestPlan plan) {
    return targets == null ? plan.withTargets(entry.targetPercents()) : plan;
  }

  private LearningBench.Printer printer() {
    return new LearningBench.Printer(
        spec.commandLine().getOut(), spec.commandLine().getErr(), Paint.ofStdout());
  }

  private int unusable(@Nullable String message) {
    spec.commandLine().getErr().println(message);
    return ExitStatus.UNUSABLE;
  }
}
