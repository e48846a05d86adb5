package io.quaestor.http.cli;

import io.quaestor.http.api.CatalogDocument;
import io.quaestor.http.api.PolicyDocument;
import io.quaestor.http.server.Json;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The catalog and the policy that a new node begins with. */
final class BuiltIn {

  private static final String CATALOG = "/quaestor/catalog.json";
  private static final String POLICY = "/quaestor/policy.json";

  private BuiltIn() {}

  static Catalog catalog() {
    return Json.read(resource(CATALOG), CatalogDocument.class).catalog(null);
  }

  static Policy policy() {
    return Json.read(resource(POLICY), PolicyDocument.class).policy(null);
  }

  private static byte[] resource(String path) {
    try (InputStream in = Objects.requireNonNull(BuiltIn.class.getResourceAsStream(path), path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
