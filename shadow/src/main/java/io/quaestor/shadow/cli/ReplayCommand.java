package io.quaestor.shadow.cli;

import io.quaestor.http.cli.ExitStatus;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.cli.BenchBar;
import io.quaestor.shadow.contest.report.Paint;
import io.quaestor.shadow.history.Histories;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Profiles;
import io.quaestor.shadow.run.Aim;
import io.quaestor.shadow.run.ReplayPlan;
import io.quaestor.shadow.run.ReplayResult;
import io.quaestor.shadow.run.ShadowReplay;
import io.quaestor.shadow.run.report.ReplayCsv;
import io.quaestor.shadow.run.report.ReplayJson;
import io.quaestor.shadow.run.report.ReplayText;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a history of requests through the deciding, learning and budget code of a node. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Decides a history of requests again, one after the other, as a node would: learning from the"
          + " real result of each choice, holding and settling a budget. Sums up cost, quality and"
          + " learning by period.",
      "The profile says what the file's columns mean, which candidates there are and under which"
          + " policy is decided; what it joins with the file is looked for beside it. Nothing is"
          + " written, no server is needed. The same options give the same figures.",
      "Rates are over the calls that were served. With a positive class: missed = missed positives"
          + " / positives, precision = true positives / flagged. Without one: missed = 1 - success,"
          + " precision = of the calls above the cheapest candidate's tier those of which the"
          + " cheapest candidate would have scored less than the chosen one."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed within",
      "2:an option, the profile or the file cannot be used; the place is named"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final int MICROCENT_DECIMALS = 8;

  /** For the help. */
  static final class ProfileNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Profiles.names().iterator();
    }
  }

  @Parameters(
      paramLabel = "FILE",
      description = "The history: CSV or JSON lines, plain or gzip, as the profile says.")
  private Path file;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      required = true,
      completionCandidates = ProfileNames.class,
      description = "A file in HOCON, or one of: ${COMPLETION-CANDIDATES}.")
  private String profileName;

  @Option(
      names = "--period",
      paramLabel = "CALLS",
      description = "Calls of a period (default: a tenth of all).")
  private @Nullable Integer period;

  @Option(
      names = "--limit",
      paramLabel = "CALLS",
      description = "Only so many, the first ones in the order.")
  private @Nullable Integer limit;

  @Option(
      names = "--target",
      paramLabel = "BPS",
      description =
          "Success rate to aim at for every use case, also its floor on day one: 1 to 9999"
              + " (default: the profile's policy as it is).")
  private @Nullable Integer target;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "file or shuffled (default: the profile's).")
  private @Nullable String order;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the order and of all choices (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--budget",
      paramLabel = "USD",
      description = "What may be spent; calls beyond it are rejected (default: no limit).")
  private @Nullable BigDecimal budget;

  @ArgGroup private Format format = new Format();

  /** At most one of them. */
  static final class Format {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", description = "Print CSV, one line a period.")
    private boolean csv;
  }

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  public ReplayCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    BenchBar bar = BenchBar.on(err);
    try {
      Profile profile = Profiles.load(profileName);
      ReplayPlan plan = plan(profile);
      History history = Histories.read(profile, file, bar);
      ReplayResult result = new ShadowReplay(profile, history, plan).run(bar);
      bar.finish();
      print(result);
      return ExitStatus.OK;
    } catch (BadInput e) {
      bar.finish();
      err.println(e.getMessage());
      return ExitStatus.UNUSABLE;
    }
  }

  private ReplayPlan plan(Profile profile) {
    requireAtLeastOne("--period", period);
    requireAtLeastOne("--limit", limit);
    return new ReplayPlan(policy(profile), period, limit, order(profile), seed, microcents());
  }

  private Policy policy(Profile profile) {
    if (target == null) {
      return Aim.asItIs(profile.policy());
    }
    if (target < 1 || target > 9_999) {
      throw new BadInput("--target must be 1 to 9999 basis points, got %d.".formatted(target));
    }
    return Aim.at(profile.policy(), target);
  }

  private Order order(Profile profile) {
    return switch (order) {
      case null -> Order.valueOf(profile.source().order().name());
      case "file" -> Order.FILE;
      case "shuffled" -> Order.SHUFFLED;
      default ->
          throw new BadInput(
              "--order must be file or shuffled, got '%s'.".formatted(BadInput.shown(order)));
    };
  }

  private @Nullable Long microcents() {
    if (budget == null) {
      return null;
    }
    BigDecimal microcents = budget.scaleByPowerOfTen(MICROCENT_DECIMALS);
    if (budget.signum() < 0
        || microcents.compareTo(BigDecimal.valueOf(ReplayPlan.BUDGET_MAX_MICROCENTS)) > 0
        || microcents.stripTrailingZeros().scale() > 0) {
      throw new BadInput(
          "--budget must be an amount of USD from 0 to 10000000000 with at most 8 decimals, got"
              + " %s.".formatted(BadInput.shown(budget)));
    }
    return microcents.longValueExact();
  }

  private static void requireAtLeastOne(String option, @Nullable Integer calls) {
    if (calls != null && calls < 1) {
      throw new BadInput("%s must be at least 1, got %d.".formatted(option, calls));
    }
  }

  private void print(ReplayResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (format.json) {
      out.println(ReplayJson.of(result));
    } else if (format.csv) {
      out.print(ReplayCsv.of(result));
    } else {
      out.print(new ReplayText(Paint.ofStdout()).of(result));
    }
    out.flush();
  }
}
