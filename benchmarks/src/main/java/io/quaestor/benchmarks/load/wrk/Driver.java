package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.audit.Answer;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.Response;
import io.quaestor.benchmarks.load.client.SingleCalls;
import io.quaestor.benchmarks.load.node.Processors;
import io.quaestor.benchmarks.load.node.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Drives one server with wrk and measures both. */
final class Driver {

  static final String ROUTE = "/api/v1/route";

  private static final double NANOS_PER_MICRO = 1_000;

  private final Wrk wrk;
  private final ServerProcess server;

  Driver(Wrk wrk, ServerProcess server) {
    this.wrk = wrk;
    this.server = server;
  }

  Measured drive(Wrk.Target target, int seconds) throws IOException {
    Processors machineBefore = Processors.now();
    Duration before = server.processorTime();
    Wrk.Result result = wrk.run(target, seconds);
    Duration used = server.processorTime().minus(before);
    return new Measured(
        result,
        used.toNanos() / NANOS_PER_MICRO / Math.max(1, result.requests()),
        Processors.now().othersPercent(machineBefore, used));
  }

  /** Routes for tenants of their own, each of which has money to the end. */
  Measured route(int tenants, String prefix, int seconds) throws IOException {
    Measured measured = drive(new Wrk.Target(ROUTE, tenants, prefix), seconds);
    requireHeld(prefix + "-0");
    return measured;
  }

  /** A refusal is a 200 too, but a cheaper one: decisions that are measured have to hold money. */
  private void requireHeld(String tenant) throws IOException {
    InetSocketAddress address = server.address();
    RequestBytes bytes = new RequestBytes(address.getHostString() + ":" + address.getPort());
    byte[] body =
        "{\"input_tokens\":1000,\"metadata\":{\"tenant_id\":\"%s\"}}"
            .formatted(tenant)
            .getBytes(StandardCharsets.UTF_8);
    try (SingleCalls calls = new SingleCalls(address)) {
      Response response = calls.call(bytes.post(ROUTE, body, null));
      if (response.status() != 200 || Answer.decision(response.body()).rejected()) {
        throw new IOException(
            "tenant %s is refused: %d %s".formatted(tenant, response.status(), response.text()));
      }
    }
  }
}
