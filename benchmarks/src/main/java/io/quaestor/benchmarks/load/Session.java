package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.AnswerBook;
import io.quaestor.benchmarks.load.audit.ChainAudit;
import io.quaestor.benchmarks.load.audit.Faults;
import io.quaestor.benchmarks.load.client.ClientLoop;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.SingleCalls;
import io.quaestor.benchmarks.load.figure.Progress;
import io.quaestor.benchmarks.load.node.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run with its audit: load, then compare with the server, its chain, and its memory. */
final class Session {

  private static final long ANSWER_MILLIS_MAX = 30_000;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final Duration TTL = Duration.ofDays(1);

  /** A timer fires when it is due, never before; so long later it has. */
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(5);

  /**
   * @param expireAfter how long reservations live; null when they have to outlive the run, because
   *     an expiry is in no answer and sums could not be compared in the middle of them
   */
  record Plan(
      long requests,
      int tenants,
      int connections,
      double outcomePercent,
      long seed,
      @Nullable Duration expireAfter) {}

  private final Plan plan;
  private final PrintWriter out;
  private final Faults faults;
  private final AnswerBook book;
  private List<Exchange> remembered = List.of();

  Session(Plan plan, PrintWriter out, Faults faults) {
    this.plan = plan;
    this.out = out;
    this.faults = faults;
    this.book = new AnswerBook(faults);
  }

  // ---- load ------------------------------------------------------------------------------------

  /**
   * Loads the server, then compares what it says of each tenant with what it answered.
   *
   * @param prefix of the tenants' names
   * @param own the server's process when it was started for this run
   */
  void run(InetSocketAddress address, String prefix, @Nullable ServerProcess own)
      throws IOException {
    RequestBytes bytes = bytes(address);
    Fleet fleet = Fleet.of(prefix, plan.tenants(), plan.requests(), plan.seed());
    Offer offer;
    try (SingleCalls calls = new SingleCalls(address)) {
      ServerSetup setup = new ServerSetup(calls, bytes);
      offer = setup.offer();
      if (own != null) {
        setup.keepReservations(plan.expireAfter() == null ? TTL : plan.expireAfter());
      }
      setup.define(fleet, book);
    }
    out.printf(
        "load:    %,d requests, %,d tenants, %d connections, %s %% outcomes, seed %d%n",
        plan.requests(), plan.tenants(), plan.connections(), plan.outcomePercent(), plan.seed());
    load(address, new Workload(plan.seed(), fleet, offer, Sizes.load(), Prompts.load()), own);
    if (plan.expireAfter() != null) {
      awaitExpiry();
    }
    try (SingleCalls calls = new SingleCalls(address)) {
      new ServerSetup(calls, bytes).compare(book);
    }
    Instant first = book.firstExpiry();
    faults.require(
        plan.expireAfter() != null || first == null || Instant.now().isBefore(first),
        () ->
            "the run took longer than reservations live, so sums cannot be compared; send fewer"
                + " requests");
    out.printf(
        "budgets: asked of the server for %,d tenants, after %,d decisions%n",
        book.accounts().size(), book.decisions());
  }

  private void load(InetSocketAddress address, Workload workload, @Nullable ServerProcess own)
      throws IOException {
    RequestBytes bytes = bytes(address);
    Tally tally = new Tally();
    Agenda agenda = new Agenda();
    Fates fates = new Fates(plan.seed(), plan.outcomePercent(), plan.expireAfter() != null);
    Bookings bookings = new Bookings(book, fates, agenda, bytes, tally, faults);
    Progress progress = Progress.of(out, plan.requests(), "requests");
    LoadRun run =
        new LoadRun(workload, agenda, bookings, bytes, plan.requests(), tally, faults, progress);
    Duration server = own == null ? Duration.ZERO : own.processorTime();
    Duration driver = processorTime();
    new ClientLoop<>(address, run, ANSWER_MILLIS_MAX).run(plan.connections());
    double seconds = progress.seconds();
    progress.finish(tally.requests());
    tally.print(out, seconds);
    if (own != null) {
      out.printf(
          "processor time for each request: server %.1f us, driver %.1f us%n",
          micros(own.processorTime().minus(server)) / tally.requests(),
          micros(processorTime().minus(driver)) / tally.requests());
    }
    remembered = run.remembered();
  }

  private void awaitExpiry() throws IOException {
    Instant last = book.lastExpiry();
    if (last != null) {
      Duration wait = Duration.between(Instant.now(), last.plus(EXPIRY_MARGIN));
      out.printf("expiry:  waiting %d s for the last reservation%n", wait.toSeconds());
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    book.expireOpen();
  }

  // ---- audit -----------------------------------------------------------------------------------

  /** Verifies the stopped server's chain, folds it, and compares it with the answers. */
  void readChain(Path directory) throws IOException {
    int status = ServerProcess.verify(directory, line -> out.printf("verify:  %s%n", line));
    faults.require(status == 0, () -> "verify ended with status %d".formatted(status));
    ChainAudit audit = new ChainAudit(book, faults);
    int exported = ServerProcess.run(audit::read, "export", directory.toString());
    faults.require(exported == 0, () -> "export ended with status %d".formatted(exported));
    out.printf(
        "chain:   %,d records folded; %,d of %,d sealed answers found in it%n",
        audit.records(), audit.found(), book.told().size());
  }

  /** After a restart the same is remembered: budgets, reservations, keys. */
  void askAgain(InetSocketAddress address) throws IOException {
    try (SingleCalls calls = new SingleCalls(address)) {
      ServerSetup setup = new ServerSetup(calls, bytes(address));
      setup.compare(book);
      setup.repeat(remembered, faults);
    }
    out.printf(
        "restart: asked again for %,d tenants, repeated %,d calls under their keys%n",
        book.accounts().size(), remembered.size());
  }

  private static RequestBytes bytes(InetSocketAddress address) {
    return new RequestBytes(address.getHostString() + ":" + address.getPort());
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double micros(Duration time) {
    return time.toNanos() / NANOS_PER_MICRO;
  }
}
