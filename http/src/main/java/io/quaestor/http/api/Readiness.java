package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What a starting node is at. */
public sealed interface Readiness {

  /** The chain is being verified; nothing is decided before that is done. */
  record Verifying(long bytesDone, long bytesTotal, long records) implements Readiness {}

  /** The chain is sound; tenants and registry are being started. */
  record Starting() implements Readiness {}

  record Ready() implements Readiness {}

  record Stopping() implements Readiness {}

  default String status() {
    return switch (this) {
      case Verifying verifying -> "verifying";
      case Starting starting -> "starting";
      case Ready ready -> "ready";
      case Stopping stopping -> "stopping";
    };
  }

  default void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("status", status());
    if (this instanceof Verifying verifying) {
      out.writeObjectFieldStart("progress");
      out.writeNumberField("bytes_done", verifying.bytesDone());
      out.writeNumberField("bytes_total", verifying.bytesTotal());
      out.writeNumberField("records", verifying.records());
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
