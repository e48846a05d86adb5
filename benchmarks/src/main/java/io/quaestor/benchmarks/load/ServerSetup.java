package io.quaestor.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.benchmarks.load.audit.Answer;
import io.quaestor.benchmarks.load.audit.AnswerBook;
import io.quaestor.benchmarks.load.audit.Faults;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.Response;
import io.quaestor.benchmarks.load.client.SingleCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is asked of the server, and told to it, before and after a run. */
final class ServerSetup {

  private static final String CATALOG = "builtin";
  private static final String POLICY = "default";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SingleCalls calls;
  private final RequestBytes bytes;

  ServerSetup(SingleCalls calls, RequestBytes bytes) {
    this.calls = calls;
    this.bytes = bytes;
  }

  /** The names that the catalog offers; only models with a price can be asked for. */
  Offer offer() throws IOException {
    JsonNode catalog = JSON.readTree(ok(bytes.get("/api/v1/catalogs/" + CATALOG)).body());
    List<String> models = new ArrayList<>();
    Set<String> providers = new TreeSet<>();
    Set<String> regions = new TreeSet<>();
    Set<String> capabilities = new TreeSet<>();
    for (JsonNode model : catalog.path("models")) {
      if (model.hasNonNull("input_usd_per_million")) {
        models.add(model.path("id").asText());
        providers.add(model.path("provider").asText());
        model.path("regions").forEach(region -> regions.add(region.asText()));
        model.path("capabilities").forEach(capability -> capabilities.add(capability.asText()));
      }
    }
    return new Offer(
        models, List.copyOf(providers), List.copyOf(regions), List.copyOf(capabilities));
  }

  /** Puts a policy in force under which reservations live so long. */
  void keepReservations(Duration ttl) throws IOException {
    ObjectNode policy =
        (ObjectNode) JSON.readTree(ok(bytes.get("/api/v1/policies/" + POLICY)).body());
    policy.remove(List.of("version", "digest"));
    policy.put("reservation_ttl_millis", ttl.toMillis());
    ok(bytes.put("/api/v1/policies/" + POLICY, JSON.writeValueAsBytes(policy)));
  }

  /** Defines all tenants but those that are to be met by their first call. */
  void define(Fleet fleet, AnswerBook book) throws IOException {
    for (Fleet.Tenant tenant : fleet.all()) {
      Long initial = tenant.initialMicrocents();
      if (initial != null) {
        byte[] body =
            Workload.json(
                out -> {
                  out.writeStartObject();
                  out.writeObjectFieldStart("budget");
                  out.writeNumberField("initial_microcents", initial);
                  if (tenant.reservedMaxMicrocents() != null) {
                    out.writeNumberField("reserved_max_microcents", tenant.reservedMaxMicrocents());
                  }
                  out.writeEndObject();
                  out.writeEndObject();
                });
        book.defined(Answer.tenant(ok(bytes.put("/api/v1/tenants/" + tenant.name(), body)).body()));
      }
    }
  }

  /** Compares what the server says of each tenant with what it answered. */
  void compare(AnswerBook book) throws IOException {
    for (String tenant : List.copyOf(book.accounts().keySet())) {
      book.compare(Answer.tenant(ok(bytes.get("/api/v1/tenants/" + tenant)).body()));
    }
  }

  /** Repeats calls under their keys; each has to have the answer that it got before. */
  void repeat(List<Exchange> remembered, Faults faults) throws IOException {
    for (Exchange exchange : remembered) {
      Exchange.Repeated repeated = exchange.repeated();
      byte[] known = repeated == null ? null : repeated.known();
      byte[] answer = ok(exchange.request()).body();
      faults.require(
          Arrays.equals(known, answer),
          () ->
              "a call to %s that was repeated after a restart got another answer"
                  .formatted(exchange.kind().label()));
    }
  }

  private Response ok(byte[] request) throws IOException {
    Response response = calls.call(request);
    if (response.status() != 200) {
      throw new IOException("status %d: %s".formatted(response.status(), response.text()));
    }
    return response;
  }
}
