package io.quaestor.http.cli;

import com.typesafe.config.Config;
import io.quaestor.actors.NodeActors;
import io.quaestor.http.api.AdminPlane;
import io.quaestor.http.api.AuditPlane;
import io.quaestor.http.api.DataPlane;
import io.quaestor.http.api.Evidence;
import io.quaestor.http.api.OperationsPlane;
import io.quaestor.http.api.Readiness;
import io.quaestor.http.api.TilePlane;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.HttpServer;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.OpenReport;
import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.checkpoint.Anchor;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a node's process: listen, verify the chain, start the actors, serve, and on SIGTERM
 * drain, seal the stop and end with status 0.
 */
final class NodeProcess {

  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final ApiError NOT_READY =
      ApiError.unavailable(
          "not_ready",
          "The node is verifying its chain and starting; nothing was done. See /health/ready.",
          1);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final long FOLDED_PER_SECOND_MIN = 5_000;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private static final Pattern CLASS_NAME = Pattern.compile("(?:[\\w$]+\\.)+[\\w$]+: ");

  private final Config config;
  private final PrintWriter out;
  private final PrintWriter err;
  private final ActorSystem<Void> system;
  private final AtomicReference<Readiness> readiness =
      new AtomicReference<>(new Readiness.Verifying(0, 0, 0));
  private final CountDownLatch stopped = new CountDownLatch(1);

  private NodeProcess(Config config, PrintWriter out, PrintWriter err) {
    this.config = config;
    this.out = out;
    this.err = err;
    this.system = ActorSystem.create(Behaviors.empty(), "quaestor", config);
  }

  /** Runs a node; returns only when it could not start. */
  static int run(Config config, PrintWriter out, PrintWriter err) {
    requireLoopback(config.getString("quaestor.http.host"));
    NodeProcess process = new NodeProcess(config, out, err);
    try {
      process.start();
    } catch (StartFailed e) {
      err.println(e.getMessage());
      process.abandon();
      return ExitStatus.FAILED;
    } catch (RuntimeException e) {
      process.abandon();
      throw e;
    }
    process.awaitStop();
    return ExitStatus.OK;
  }

  /** Something outside of the chain kept the node from starting. */
  private static final class StartFailed extends Exception {
    private static final long serialVersionUID = 1;

    StartFailed(String message) {
      super(message);
    }
  }

  private static void requireLoopback(String host) {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw new NodeConfig.Invalid(
            "Without keys, only a loopback address may be listened on; '%s' is none. Use --host"
                    .formatted(host)
                + " 127.0.0.1.");
      }
    } catch (UnknownHostException e) {
      throw new NodeConfig.Invalid("Unknown host '%s' in quaestor.http.host.".formatted(host));
    }
  }

  // ---- start -----------------------------------------------------------------------------------

  private void start() throws StartFailed {
    HttpServer server = listen();
    NodeSigning signs = new NodeSigning(config.getConfig("quaestor"), out);
    NodeChain chain = openChain(signs.anchors());
    chain.onFailure(this::storageFailed);
    NodeChains.get(system).provide(chain);
    // A witness that cannot be one is known before anything is recorded.
    List<Endpoint> witness = signs.witnessEndpoints(reading());
    Optional<Checkpointer> signing = startSigning(chain, signs);
    chain.appendNode(
        new Event.NodeStarted(Main.Version.number(), chain.opened().verification().records()));
    readiness.set(new Readiness.Starting());
    NodeActors node =
        await(
            NodeActors.start(
                system, chain, InstantSource.system(), BuiltIn.catalog(), BuiltIn.policy()),
            startTimeout(chain),
            "The node's actors did not start");
    requireInForce("catalog", node.registry().catalogs().keySet());
    requireInForce("policy", node.registry().policies().keySet());
    server.offer(endpoints(node, Evidence.of(chain, signing), witness));
    readiness.set(new Readiness.Ready());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "seal-the-stop",
            () -> {
              sealTheStop(chain);
              signing.ifPresent(Checkpointer::close);
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    out.printf(
        "Listening on http://%s:%d, data in %s, keys off. Stop with Ctrl-C.%n",
        server.address().getHostString(),
        server.address().getPort(),
        Path.of(config.getString("quaestor.data-dir")).toAbsolutePath().normalize());
    out.flush();
  }

  /** Without a snapshot of the regimes a start folds the whole chain, which takes its time. */
  private static Duration startTimeout(NodeChain chain) {
    return START_TIMEOUT.plusSeconds(chain.head().seq() / FOLDED_PER_SECOND_MIN);
  }

  /** A node that could answer no request should say so now. */
  private void requireInForce(String what, Set<String> inForce) {
    String path = "quaestor." + what;
    String name = config.getString(path);
    if (!inForce.contains(name)) {
      throw new NodeConfig.Invalid(
          "Setting '%s' (variable %s) names '%s', which was never put; in force are: %s."
              .formatted(path, NodeConfig.variable(path), name, String.join(", ", inForce)));
    }
  }

  private HttpServer listen() throws StartFailed {
    Config http = config.getConfig("quaestor.http");
    HttpServer.Settings settings =
        new HttpServer.Settings(
            http.getString("host"),
            http.getInt("port"),
            http.getLong("body-bytes-max"),
            http.getDuration("body-timeout"));
    return await(
        HttpServer.bind(
            system, settings, new OperationsPlane(readiness::get).endpoints(), NOT_READY),
        "Cannot listen on %s:%d; choose another --port or stop what uses it"
            .formatted(settings.host(), settings.port()));
  }

  private NodeChain openChain(List<Anchor> anchors) {
    out.printf("Quaestor %s, node %s.%n", Main.Version.number(), config.getString("quaestor.node"));
    out.flush();
    ProgressBar bar = ProgressBar.on(err);
    NodeChain chain;
    try {
      chain =
          NodeChain.open(
              Path.of(config.getString("quaestor.data-dir")),
              NodeChains.settings(config.getConfig("quaestor")),
              anchors,
              (step, bytesDone, bytesTotal, records) -> {
                readiness.set(new Readiness.Verifying(bytesDone, bytesTotal, records));
                bar.at(step, bytesDone, bytesTotal, records);
              });
    } finally {
      bar.finish();
    }
    report(chain.opened());
    return chain;
  }

  private Optional<Checkpointer> startSigning(NodeChain chain, NodeSigning signing)
      throws StartFailed {
    try {
      return signing.start(chain);
    } catch (IOException e) {
      throw new StartFailed("The first checkpoint cannot be kept: %s.".formatted(Reason.of(e)));
    }
  }

  private void report(OpenReport opened) {
    Verification verified = opened.verification();
    out.printf(
        Locale.ROOT,
        "Verified %,d records in %d segments in %.1f s: sound%s.%n",
        verified.records(),
        verified.segments(),
        verified.took().toMillis() / 1_000.0,
        agreeing(opened.checkpoints().size()));
    opened
        .repaired()
        .ifPresent(
            torn ->
                out.printf(
                    Locale.ROOT,
                    "The end of %s was torn: %,d bytes moved to %s%s.%n",
                    torn.segment(),
                    torn.bytes(),
                    torn.movedTo(),
                    opened.repairedMayBeAcknowledged()
                        ? " (the index had seen them, so they may have been acknowledged)"
                        : ", never acknowledged"));
    out.flush();
  }

  private static String agreeing(int checkpoints) {
    return checkpoints == 0
        ? ""
        : ", as %d checkpoint%s".formatted(checkpoints, checkpoints == 1 ? " says" : "s say");
  }

  private List<Endpoint> endpoints(NodeActors node, Evidence evidence, List<Endpoint> witness) {
    Executor reading = reading();
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new DataPlane(node.tenants(), evidence.chain().reader()).endpoints());
    all.addAll(new AuditPlane(evidence, reading).endpoints());
    all.addAll(new TilePlane(evidence, reading).endpoints());
    all.addAll(witness);
    all.addAll(new AdminPlane(node, InstantSource.system()).endpoints());
    all.addAll(new OperationsPlane(readiness::get).endpoints());
    if (config.getBoolean("quaestor.http.echo")) {
      all.add(OperationsPlane.echo());
    }
    return all;
  }

  private Executor reading() {
    return system.dispatchers().lookup(DispatcherSelector.blocking());
  }

  // ---- stop ------------------------------------------------------------------------------------

  /** A failed sync is never retried: what is on disk is unknown until a restart verifies it. */
  private void storageFailed(Throwable failure) {
    err.println(
        "Storage failed, the node stops at once: "
            + failure.getMessage()
            + ". Check the disk,"
            + " then start the node again; it will verify the chain.");
    err.flush();
    Runtime.getRuntime().halt(ExitStatus.STORAGE_FAILED);
  }

  private void sealTheStop(NodeChain chain) {
    try {
      chain.appendNode(new Event.NodeStopped("signal"));
    } catch (ChainFull e) {
      err.println("Every answer is sealed, but the stop itself is not sealed: " + e.getMessage());
      err.flush();
    }
  }

  private void stop(HttpServer server) {
    int status = ExitStatus.OK;
    try {
      readiness.set(new Readiness.Stopping());
      server
          .drain(config.getDuration("quaestor.http.drain-timeout"))
          .toCompletableFuture()
          .get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      shutdown();
      out.println("Stopped; everything is sealed.");
      out.flush();
    } catch (Exception e) {
      LOG.error("the node did not stop in order; its chain is safe", e);
      status = ExitStatus.FAILED;
    }
    // A JVM that ends by a signal reports 128 + the signal's number unless it is halted.
    Runtime.getRuntime().halt(status);
  }

  private void abandon() {
    try {
      shutdown();
    } catch (Exception e) {
      LOG.error("the actor system did not stop", e);
    }
  }

  private void shutdown() throws ExecutionException, InterruptedException, TimeoutException {
    CompletionStage<Done> done =
        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
    done.toCompletableFuture().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    stopped.countDown();
  }

  private void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The words behind the last class name of a chain of messages. */
  private static String reason(ExecutionException failure) {
    String message = String.valueOf(failure.getCause());
    Matcher named = CLASS_NAME.matcher(message);
    int behind = 0;
    while (named.find()) {
      behind = named.end();
    }
    return message.substring(behind);
  }

  private static <T> T await(CompletionStage<T> stage, String failure) throws StartFailed {
    return await(stage, START_TIMEOUT, failure);
  }

  private static <T> T await(CompletionStage<T> stage, Duration timeout, String failure)
      throws StartFailed {
    try {
      return stage.toCompletableFuture().get(timeout.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StartFailed("%s: %s.".formatted(failure, reason(e)));
    } catch (TimeoutException e) {
      throw new StartFailed("%s within %s.".formatted(failure, timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed(failure + ": interrupted.");
    }
  }
}
