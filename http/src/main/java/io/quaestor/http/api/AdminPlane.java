package io.quaestor.http.api;

import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;
import static org.apache.pekko.http.javadsl.model.HttpMethods.POST;
import static org.apache.pekko.http.javadsl.model.HttpMethods.PUT;

import io.quaestor.actors.NodeActors;
import io.quaestor.actors.registry.RegistryMessage;
import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.Json;
import io.quaestor.http.server.Responses;
import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.learning.Quality;
import io.quaestor.kernel.tenant.TenantCommand;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The calls of an operator: tenants, catalogs, policies. */
public final class AdminPlane {

  private static final String NAME = "name";

  private final NodeActors node;
  private final InstantSource clock;

  public AdminPlane(NodeActors node, InstantSource clock) {
    this.node = node;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(PUT, "/api/v1/tenants/{id}", this::putTenant),
        new Endpoint(GET, "/api/v1/tenants/{id}", this::getTenant),
        new Endpoint(GET, "/api/v1/tenants/{id}/quality", this::getQuality),
        new Endpoint(POST, "/api/v1/tenants/{id}/top-up", this::topUp),
        new Endpoint(PUT, "/api/v1/catalogs", call -> putCatalog(call, null)),
        new Endpoint(PUT, "/api/v1/catalogs/{name}", call -> putCatalog(call, name(call))),
        new Endpoint(GET, "/api/v1/catalogs", this::listCatalogs),
        new Endpoint(GET, "/api/v1/catalogs/{name}", this::getCatalog),
        new Endpoint(PUT, "/api/v1/policies", call -> putPolicy(call, null)),
        new Endpoint(PUT, "/api/v1/policies/{name}", call -> putPolicy(call, name(call))),
        new Endpoint(GET, "/api/v1/policies", this::listPolicies),
        new Endpoint(GET, "/api/v1/policies/{name}", this::getPolicy));
  }

  private static String name(Call call) {
    return Checks.name(NAME, call.path(NAME));
  }

  // ---- tenants ---------------------------------------------------------------------------------

  private CompletionStage<HttpResponse> putTenant(Call call) {
    String tenant = Checks.name("id", call.path("id"));
    TenantCommand command = Json.read(call.body(), Requests.Tenant.class).command(Edge.key(call));
    return node.tenants().call(tenant, command).thenApply(AdminPlane::respond);
  }

  private CompletionStage<HttpResponse> getTenant(Call call) {
    return node.tenants().read(Checks.name("id", call.path("id"))).thenApply(AdminPlane::respond);
  }

  private CompletionStage<HttpResponse> getQuality(Call call) {
    Predicate<Quality> wanted =
        call.query("use_case")
            .map(name -> Checks.name("use_case", name))
            .<Predicate<Quality>>map(name -> quality -> quality.useCase().equals(name))
            .orElse(quality -> true);
    return node.tenants()
        .read(Checks.name("id", call.path("id")))
        .thenApply(
            reply ->
                reply instanceof TenantReply.View view && view.defined()
                    ? Responses.ok(
                        QualityAnswer.of(
                            view.tenant(), quality(view).stream().filter(wanted).toList()))
                    : Responses.error(Refusals.error(reply)));
  }

  /** A policy that does not learn any more has no targets; then the usual ones are shown. */
  private List<Quality> quality(TenantReply.View view) {
    VersionedPolicy policy = node.policyInForce();
    Learning settings = policy == null ? null : policy.policy().learning();
    return Quality.of(
        view.learning(),
        node.registry()::catalog,
        Objects.requireNonNullElse(settings, Learning.USUAL));
  }

  private CompletionStage<HttpResponse> topUp(Call call) {
    String tenant = Checks.name("id", call.path("id"));
    TenantCommand command = Json.read(call.body(), Requests.TopUp.class).command(Edge.key(call));
    return node.tenants().call(tenant, command).thenApply(AdminPlane::respond);
  }

  private static HttpResponse respond(TenantReply reply) {
    return Refusals.respond(reply, Answers::respond);
  }

  // ---- catalogs --------------------------------------------------------------------------------

  private CompletionStage<HttpResponse> putCatalog(Call call, @Nullable String named) {
    CatalogDocument document = Json.read(call.body(), CatalogDocument.class);
    return node.put(document.catalog(named), clock.instant().truncatedTo(ChronoUnit.MICROS))
        .thenApply(AdminPlane::put);
  }

  private CompletionStage<HttpResponse> listCatalogs(Call call) {
    Map<String, Version> versions = new TreeMap<>();
    node.registry().catalogs().forEach((name, catalog) -> versions.put(name, catalog.version()));
    return done(list("catalogs", versions));
  }

  private CompletionStage<HttpResponse> getCatalog(Call call) {
    CompiledCatalog catalog = node.registry().catalog(name(call));
    if (catalog == null) {
      throw ApiError.notFound(
              "unknown_catalog", NAME, "There is no catalog '%s'.".formatted(name(call)))
          .thrown();
    }
    return done(
        Responses.ok(
            out -> {
              out.writeStartObject();
              CatalogDocument.write(out, catalog);
              out.writeNumberField("version", catalog.version().version());
              out.writeStringField("digest", catalog.version().digest());
              out.writeEndObject();
            }));
  }

  // ---- policies --------------------------------------------------------------------------------

  private CompletionStage<HttpResponse> putPolicy(Call call, @Nullable String named) {
    PolicyDocument document = Json.read(call.body(), PolicyDocument.class);
    return node.put(document.policy(named), clock.instant().truncatedTo(ChronoUnit.MICROS))
        .thenApply(AdminPlane::put);
  }

  private CompletionStage<HttpResponse> listPolicies(Call call) {
    Map<String, Version> versions = new TreeMap<>();
    node.registry().policies().forEach((name, policy) -> versions.put(name, policy.version()));
    return done(list("policies", versions));
  }

  private CompletionStage<HttpResponse> getPolicy(Call call) {
    VersionedPolicy policy = node.registry().policy(name(call));
    if (policy == null) {
      throw ApiError.notFound(
              "unknown_policy", NAME, "There is no policy '%s'.".formatted(name(call)))
          .thrown();
    }
    return done(
        Responses.ok(
            out -> {
              out.writeStartObject();
              PolicyDocument.write(out, policy.policy());
              out.writeNumberField("version", policy.version().version());
              out.writeStringField("digest", policy.version().digest());
              out.writeEndObject();
            }));
  }

  // ---- shared ----------------------------------------------------------------------------------

  private static HttpResponse put(RegistryMessage.Reply reply) {
    return switch (reply) {
      case RegistryMessage.InForce inForce ->
          Responses.ok(
              out -> {
                out.writeStartObject();
                out.writeStringField(NAME, inForce.version().name());
                out.writeNumberField("version", inForce.version().version());
                out.writeStringField("digest", inForce.version().digest());
                out.writeBooleanField("changed", inForce.changed());
                out.writeEndObject();
              });
      case RegistryMessage.TooMany tooMany ->
          Responses.error(
              ApiError.conflict(
                  "too_many_names",
                  NAME,
                  "At most %d names can be in force.".formatted(tooMany.namesMax())));
      case RegistryMessage.NoRoom noRoom -> Responses.error(Refusals.noRoom());
      case RegistryMessage.Recovered recovered ->
          throw new IllegalStateException("not the answer to a put");
    };
  }

  private static HttpResponse list(String member, Map<String, Version> versions) {
    return Responses.ok(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart(member);
          for (Version version : versions.values()) {
            out.writePOJO(version);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
