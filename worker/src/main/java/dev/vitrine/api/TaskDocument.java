package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.http.Json;
import dev.vitrine.json.JsonMappers;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task as clients see it. A text that the schema wants is empty where there is none. */
record TaskDocument(Task task) {

  static final String SCHEMA = "/v2/schemas/task";

  /** What a list leaves out. Source: the reference's {@code _get_partial_task_schema}. */
  static final List<String> NOT_IN_LISTS = List.of("input", "result", "message");

  byte[] bytes() {
    return Json.write(this::write);
  }

  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    common(out);
    // The records' own form, so that an input reads as it was given.
    ObjectMapper records = JsonMappers.records();
    ObjectNode input = records.valueToTree(task.input());
    input.remove("type");
    if (task.input() instanceof TaskInput.Import in) {
      input.remove("query");
      input.put("import_from", in.shownSource());
    } else if (task.input() instanceof TaskInput.ImageImport in && in.via().name().isLocation()) {
      JsonNode said = input.at("/import_req/method/validation_data");
      input.removeAll();
      input.put("image_id", in.imageId().toString());
      input.put("loc_url", in.shownSource());
      input.set("validation_data", said.isObject() ? said : records.createObjectNode());
    } else if (task.input() instanceof TaskInput.ImageImport in) {
      ObjectNode method = input.withObject("/import_req/method");
      method.remove("query");
      if (in.via().uri() != null) {
        method.put("uri", in.shownSource());
      }
    }
    out.writeFieldName("input");
    records.writeTree(out, input);
    out.writeFieldName("result");
    records.writeTree(out, records.valueToTree(task.result()));
    out.writeStringField("message", message());
    text(out, "image_id", task.imageId());
    text(out, "retry_of", task.retryOf());
    out.writeStringField("request_id", task.requestId());
    out.writeStringField("user_id", task.userId());
    out.writeEndObject();
  }

  /** What a list says of it. */
  void writeStub(JsonGenerator out) throws IOException {
    out.writeStartObject();
    common(out);
    out.writeEndObject();
  }

  private void common(JsonGenerator out) throws IOException {
    out.writeStringField("id", task.id().toString());
    out.writeStringField("type", task.type().wireName());
    out.writeStringField("status", task.status().wireName());
    out.writeStringField("owner", task.owner());
    out.writeStringField(
        "expires_at", task.expiresAt() == null ? null : Timestamps.of(task.expiresAt()));
    out.writeStringField("created_at", Timestamps.of(task.createdAt()));
    out.writeStringField("updated_at", Timestamps.of(task.updatedAt()));
    out.writeStringField("self", "/v2/tasks/" + task.id());
    out.writeStringField("schema", SCHEMA);
  }

  /** As in the reference: the error, or how far it is in words. */
  private String message() {
    Progress progress = task.progress();
    if (task.message() != null) {
      return task.message();
    }
    if (task.status() != TaskStatus.PROCESSING || progress == null) {
      return "";
    }
    Integer percent = progress.percent();
    return "%s: %d bytes%s"
        .formatted(
            progress.step(), progress.bytes(), percent == null ? "" : " (" + percent + " %)");
  }

  private static void text(JsonGenerator out, String name, @Nullable UUID value)
      throws IOException {
    out.writeStringField(name, value == null ? null : value.toString());
  }
}
