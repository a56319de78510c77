package dev.vitrine.tracing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.interceptors.Header;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The span that a workflow or activity belongs to, in Temporal's headers, where Temporal's own
 * interceptors for other languages have it: an object of JSON by the name of {@value #NAME}. Of
 * what others write there only {@code traceparent} is read.
 */
final class TraceHeader {

  static final String NAME = "_tracer-data";

  private static final String FIELD = "traceparent";

  /** More has been put there by somebody who has something else in mind. */
  private static final int LARGEST = 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private TraceHeader() {}

  /** What a header says; null if that is nothing that can be read. */
  static @Nullable TraceParent read(@Nullable Header header) {
    Payload payload = header == null ? null : header.getValues().get(NAME);
    if (payload == null || payload.getData().size() > LARGEST) {
      return null;
    }
    try {
      String text = JSON.readTree(payload.getData().toByteArray()).path(FIELD).textValue();
      return TraceParent.read(text).orElse(null);
    } catch (IOException notJson) {
      return null;
    }
  }

  /** The same header, and the span in it. */
  static Header with(Header header, TraceParent span) {
    Map<String, Payload> values = new HashMap<>(header.getValues());
    values.put(
        NAME,
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("{\"%s\":\"%s\"}".formatted(FIELD, span.text())))
            .build());
    return new Header(values);
  }
}
