package io.quaestor.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Answers: JSON, plain text and bytes. */
public final class Responses {

  private Responses() {}

  public static HttpResponse json(int status, Json.Writer writer) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(status))
        .withEntity(ContentTypes.APPLICATION_JSON, Json.bytes(writer));
  }

  public static HttpResponse ok(Json.Writer writer) {
    return HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, Json.bytes(writer));
  }

  public static HttpResponse text(String text) {
    return HttpResponse.create().withEntity(ContentTypes.TEXT_PLAIN_UTF8, text);
  }

  /** Says to caches that another client may be sent another media type from this path. */
  public static HttpResponse negotiated(HttpResponse response) {
    return response.addHeader(RawHeader.create("Vary", "Accept"));
  }

  public static HttpResponse bytes(byte[] bytes) {
    return HttpResponse.create().withEntity(ContentTypes.APPLICATION_OCTET_STREAM, bytes);
  }

  /**
   * @param contentType a media type that may be none of the registered ones
   */
  public static HttpResponse bytes(int status, String contentType, byte[] bytes) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(status))
        .withEntity(ContentTypes.parse(contentType), bytes);
  }

  public static HttpResponse error(ApiError error) {
    HttpResponse response =
        json(
            error.status(),
            out -> {
              out.writeStartObject();
              writeError(out, error);
              out.writeEndObject();
            });
    return error.retryAfterSeconds() == null
        ? response
        : response.addHeader(
            RawHeader.create("Retry-After", Integer.toString(error.retryAfterSeconds())));
  }

  /** The member {@code error} of an envelope. */
  public static void writeError(JsonGenerator out, ApiError error) throws IOException {
    out.writeObjectFieldStart("error");
    out.writeStringField("message", error.message());
    out.writeStringField("type", error.type());
    out.writeStringField("param", error.param());
    out.writeStringField("code", error.code());
    if (!error.metadata().isEmpty()) {
      out.writePOJOField("metadata", error.metadata());
    }
    out.writeEndObject();
  }
}
