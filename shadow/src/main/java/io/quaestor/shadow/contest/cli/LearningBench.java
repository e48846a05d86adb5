package io.quaestor.shadow.contest.cli;

import io.quaestor.http.cli.ExitStatus;
import io.quaestor.shadow.contest.Contest;
import io.quaestor.shadow.contest.ContestPlan;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.baseline.Baselines;
import io.quaestor.shadow.contest.report.Paint;
import io.quaestor.shadow.contest.report.TextReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Holds one contest a set, one set after the other, so that only one is in memory. A set that
 * cannot be used is told and passed over; the others are worth having.
 */
final class LearningBench {

  /** Where its words go. */
  record Printer(PrintWriter out, PrintWriter err, Paint paint) {}

  private final BenchSource source;
  private final Path directory;
  private final Function<BenchSource.Entry, ContestPlan> plan;
  private final Outputs outputs;
  private final Printer printer;
  private final BenchBar bar;
  private final TextReport text;

  LearningBench(
      BenchSource source,
      Path directory,
      Function<BenchSource.Entry, ContestPlan> plan,
      Outputs outputs,
      Printer printer) {
    this.source = source;
    this.directory = directory;
    this.plan = plan;
    this.outputs = outputs;
    this.printer = printer;
    this.bar = BenchBar.on(printer.err);
    this.text = new TextReport(printer.paint);
  }

  /** The exit status. */
  int run(List<String> sets) {
    List<ContestResult> results = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    try {
      for (String set : sets) {
        runOrTell(set, results, unusable);
      }
      end(results, unusable);
      return unusable.isEmpty() ? ExitStatus.OK : ExitStatus.UNUSABLE;
    } catch (Unwritable e) {
      bar.finish();
      printer.err.println(e.getMessage());
      return ExitStatus.FAILED;
    }
  }

  private void runOrTell(String set, List<ContestResult> results, List<String> unusable)
      throws Unwritable {
    BenchSource.Entry entry;
    try {
      entry = source.read(set, directory, bar);
    } catch (BenchSource.Unusable | IllegalArgumentException e) {
      // The second: files that can be read, but hold no set that a contest can be held on.
      bar.finish();
      unusable.add(set);
      printer.err.println(e.getMessage());
      return;
    }
    results.add(run(entry));
  }

  private ContestResult run(BenchSource.Entry entry) throws Unwritable {
    List<Policy> policies = new ArrayList<>(entry.contenders());
    policies.addAll(Baselines.all());
    ContestResult result = new Contest(plan.apply(entry)).run(entry.set(), policies, bar);
    bar.finish();
    printer.out.println(text.of(result, entry.notes()));
    printer.out.flush();
    outputs.add(result);
    return result;
  }

  private void end(List<ContestResult> results, List<String> unusable) throws Unwritable {
    if (!results.isEmpty()) {
      printer.out.print(text.overview(results));
      outputs.complete(results).forEach(file -> printer.out.println("Written: " + file));
    }
    if (!unusable.isEmpty()) {
      printer.err.println("Left out, see above: " + String.join(", ", unusable));
    }
    printer.out.flush();
  }
}
