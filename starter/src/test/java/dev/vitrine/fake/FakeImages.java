package dev.vitrine.fake;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Images in memory. Thread-safe. */
public final class FakeImages {

  private static final int DEFAULT_LIMIT = 25;

  private final Map<String, FakeImage> images = new LinkedHashMap<>();

  /** One image. */
  public static final class FakeImage {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, String> members = new LinkedHashMap<>();
    private final List<Map<String, Object>> history = new ArrayList<>();
    private byte[] data;

    String id() {
      return (String) fields.get("id");
    }

    /** A field by the API's name. */
    public synchronized Object field(String name) {
      return fields.get(name);
    }

    /** Sets a field by the API's name. */
    public synchronized void field(String name, Object value) {
      fields.put(name, value);
    }

    synchronized byte[] data() {
      return data;
    }

    synchronized String beginUpload() {
      if (!"queued".equals(fields.get("status"))) {
        return "Image status transition from %s to saving is not allowed"
            .formatted(fields.get("status"));
      }
      to("saving", "begin upload");
      return null;
    }

    synchronized void endUpload(byte[] all) {
      data = all;
      fields.put("size", all.length);
      fields.put("checksum", digest("MD5", all));
      fields.put("os_hash_algo", "sha512");
      fields.put("os_hash_value", digest("SHA-512", all));
      to("active", "upload succeeded");
    }

    private void to(String status, String event) {
      Map<String, Object> change = new LinkedHashMap<>();
      change.put("from", fields.get("status"));
      change.put("to", status);
      change.put("event", event);
      change.put("at", "2026-07-01T12:00:00Z");
      change.put("cause", "asked by anna");
      history.add(change);
      fields.put("status", status);
    }

    private static String digest(String algorithm, byte[] all) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(all));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Adds an image that has data. */
  public UUID addActive(String name, byte[] data) {
    FakeImage image = create(Map.of("name", name));
    image.beginUpload();
    image.endUpload(data);
    return UUID.fromString(image.id());
  }

  /** Adds an image without data. */
  public UUID addQueued(String name) {
    return UUID.fromString(create(Map.of("name", name)).id());
  }

  /** An image; null if there is none. */
  public synchronized FakeImage find(String id) {
    return images.get(id);
  }

  /** All of them. */
  public synchronized List<FakeImage> all() {
    return List.copyOf(images.values());
  }

  synchronized void remove(String id) {
    images.remove(id);
  }

  FakeAnswer route(String method, List<String> path, String query, byte[] body, String mediaType) {
    if (path.isEmpty()) {
      return method.equals("POST") ? created(FakeImageApi.object(body)) : list(query);
    }
    FakeImage image = find(path.get(0));
    if (image == null) {
      return FakeAnswer.refused(404, "No image found with ID " + path.get(0));
    }
    synchronized (image) {
      return path.size() == 1
          ? image(method, image, body, mediaType)
          : part(method, image, path.subList(1, path.size()), body);
    }
  }

  private FakeAnswer created(Map<String, Object> fields) {
    if (fields.containsKey("id") && find((String) fields.get("id")) != null) {
      return FakeAnswer.refused(409, "Image ID %s already exists!".formatted(fields.get("id")));
    }
    return new FakeAnswer(201, create(fields).fields);
  }

  private synchronized FakeImage create(Map<String, Object> given) {
    FakeImage image = new FakeImage();
    image.fields.put("id", UUID.randomUUID().toString());
    image.fields.put("name", null);
    image.fields.put("status", "queued");
    image.fields.put("size", null);
    image.fields.put("visibility", "shared");
    image.fields.put("owner", "blue");
    image.fields.put("protected", false);
    image.fields.put("os_hidden", false);
    image.fields.put("tags", List.of());
    image.fields.put("created_at", "2026-07-01T12:00:00Z");
    image.fields.putAll(given);
    images.put(image.id(), image);
    return image;
  }

  private synchronized FakeAnswer list(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] pair = one.split("=", 2);
      parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    int limit = Integer.parseInt(parameters.getOrDefault("limit", Integer.toString(DEFAULT_LIMIT)));
    String marker = parameters.get("marker");
    List<Map<String, Object>> found = new ArrayList<>();
    boolean begun = marker == null;
    String last = "";
    boolean more = false;
    for (FakeImage image : images.values()) {
      if (begun && matches(image, parameters)) {
        if (found.size() == limit) {
          more = true;
          break;
        }
        found.add(image.fields);
        last = image.id();
      }
      begun = begun || image.id().equals(marker);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("images", found);
    if (more) {
      page.put("next", "/v2/images?limit=%d&marker=%s".formatted(limit, last));
    }
    return FakeAnswer.ok(page);
  }

  private static boolean matches(FakeImage image, Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(one -> List.of("name", "status", "visibility").contains(one.getKey()))
        .allMatch(one -> Objects.equals(image.fields.get(one.getKey()), one.getValue()));
  }

  private FakeAnswer image(String method, FakeImage image, byte[] body, String mediaType) {
    return switch (method) {
      case "GET" -> FakeAnswer.ok(image.fields);
      case "DELETE" -> delete(image);
      case "PATCH" ->
          "application/openstack-images-v2.1-json-patch".equals(mediaType)
              ? patch(image, body)
              : FakeAnswer.refused(415, "Unsupported media type " + mediaType);
      default -> FakeAnswer.refused(405, "not allowed");
    };
  }

  private FakeAnswer delete(FakeImage image) {
    if (Boolean.TRUE.equals(image.fields.get("protected"))) {
      return FakeAnswer.refused(403, "Image %s is protected".formatted(image.id()));
    }
    remove(image.id());
    return FakeAnswer.DONE;
  }

  private static FakeAnswer patch(FakeImage image, byte[] body) {
    Map<String, Object> changed = new LinkedHashMap<>(image.fields);
    for (Map<String, Object> operation : operations(body)) {
      String field =
          ((String) operation.get("path")).substring(1).replace("~1", "/").replace("~0", "~");
      boolean remove = operation.get("op").equals("remove");
      if (remove && changed.remove(field) == null) {
        return FakeAnswer.refused(409, "Property %s does not exist.".formatted(field));
      }
      if (field.startsWith("os_glance")) {
        return FakeAnswer.refused(403, "Attribute '%s' is reserved.".formatted(field));
      }
      if (!remove) {
        changed.put(field, operation.get("value"));
      }
    }
    image.fields.clear();
    image.fields.putAll(changed);
    return FakeAnswer.ok(image.fields);
  }

  /** One of each, or nothing. */
  FakeAnswer reconciliation(boolean some) {
    return FakeAnswer.ok(
        Map.of(
            "old_dead_letters",
            some ? 4 : 0,
            "forgotten_webhooks",
            some ? 1 : 0,
            "findings",
            some
                ? List.of(Map.of("kind", "abandoned_upload", "detail", "image 1 is saving"))
                : List.of(),
            "expired_tasks",
            some ? List.of("t1") : List.of(),
            "purged_images",
            some ? List.of("i1") : List.of(),
            "expired_keys",
            some ? 3 : 0,
            "unneeded_queries",
            0,
            "unanswered",
            some ? 2 : 0,
            "more",
            some));
  }

  /** One, which did not take an event. */
  FakeAnswer webhooks(String method, String path) {
    if (method.equals("POST")) {
      return new FakeAnswer(202, "{\"sending\": " + (path.endsWith("/7/resend") ? 1 : 3) + "}");
    }
    return path.endsWith("/dead-letters")
        ? FakeAnswer.ok(
            Map.of(
                "dead_letters",
                List.of(
                    Map.of(
                        "event",
                        7,
                        "error",
                        "it answered 422",
                        "buried_at",
                        "2026-07-01T12:00:00Z"))))
        : FakeAnswer.ok(
            Map.of("webhooks", List.of(Map.of("name", "hook", "told", 9, "dead_letters", 1))));
  }

  /** Two pages: the second is what follows the marker 8. */
  FakeAnswer audit(String query) {
    boolean second = query.contains("marker=8");
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", second ? 7 : 8);
    entry.put(second ? "task_id" : "image_id", "00000000-0000-0000-0000-000000000001");
    entry.put("user", second ? null : "anna");
    entry.put("project", second ? null : "red");
    entry.put("to", second ? "pending" : "active");
    entry.put("event", second ? "create" : "upload succeeded");
    entry.put("at", "2026-07-01T12:00:00Z");
    return FakeAnswer.ok(
        second
            ? Map.of("audit", List.of(entry))
            : Map.of("audit", List.of(entry), "next", "/v2/audit?limit=100&marker=8"));
  }

  private static List<Map<String, Object>> operations(byte[] body) {
    try {
      return new ObjectMapper().readValue(body, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FakeAnswer part(String method, FakeImage image, List<String> path, byte[] body) {
    return switch (path.get(0)) {
      case "history" -> FakeAnswer.ok(Map.of("history", image.history));
      case "progress" ->
          FakeAnswer.ok(
              Map.of(
                  "status", image.fields.get("status"),
                  "step", "transfer",
                  "bytes", 1024,
                  "total", 2048,
                  "bytes_per_second", 512,
                  "attempt", 1));
      case "actions" -> {
        image.fields.put("status", path.get(1).equals("deactivate") ? "deactivated" : "active");
        yield FakeAnswer.DONE;
      }
      case "locations" -> {
        image.to("active", "add first location");
        yield new FakeAnswer(202, "");
      }
      case "tasks" -> FakeAnswer.ok(Map.of("tasks", List.of()));
      case "tags" -> {
        List<Object> tags = new ArrayList<>((List<?>) image.fields.get("tags"));
        tags.remove(path.get(1));
        if (method.equals("PUT")) {
          tags.add(path.get(1));
        }
        image.fields.put("tags", tags);
        yield FakeAnswer.DONE;
      }
      case "members" -> members(method, image, path, body);
      default -> FakeAnswer.refused(404, "no such path");
    };
  }

  private static FakeAnswer members(
      String method, FakeImage image, List<String> path, byte[] body) {
    if (path.size() == 1 && method.equals("GET")) {
      return FakeAnswer.ok(
          Map.of(
              "members",
              image.members.entrySet().stream()
                  .map(one -> member(one.getKey(), one.getValue()))
                  .toList()));
    }
    if (path.size() == 1) {
      String project = (String) FakeImageApi.object(body).get("member");
      image.members.put(project, "pending");
      return FakeAnswer.ok(member(project, "pending"));
    }
    String project = path.get(1);
    if (!image.members.containsKey(project)) {
      return FakeAnswer.refused(404, "%s not found in the member list".formatted(project));
    }
    if (method.equals("DELETE")) {
      image.members.remove(project);
      return FakeAnswer.DONE;
    }
    String status = (String) FakeImageApi.object(body).get("status");
    image.members.put(project, status);
    return FakeAnswer.ok(member(project, status));
  }

  private static Map<String, Object> member(String project, String status) {
    return Map.of("member_id", project, "status", status);
  }
}
