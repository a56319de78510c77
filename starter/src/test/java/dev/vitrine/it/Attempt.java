package dev.vitrine.it;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

/** What somebody may try to do to an image, or beside one. */
enum Attempt {
  SHOW("GET", ""),
  DOWNLOAD("GET", "/file"),
  UPLOAD("PUT", "/file", "application/octet-stream", "data"),
  RENAME("PATCH", "", Attempt.PATCH, replace("name", "renamed")),
  PUBLICIZE("PATCH", "", Attempt.PATCH, replace("visibility", "public")),
  COMMUNITIZE("PATCH", "", Attempt.PATCH, replace("visibility", "community")),
  GIVE_AWAY("PATCH", "", Attempt.PATCH, replace("owner", "GREEN")),
  TAG("PUT", "/tags/stable"),
  DELETE("DELETE", ""),
  DEACTIVATE("POST", "/actions/deactivate"),
  REACTIVATE("POST", "/actions/reactivate"),
  LIST_MEMBERS("GET", "/members"),
  SHOW_MEMBER("GET", "/members/GREEN"),
  ADD_MEMBER("POST", "/members", Attempt.JSON, "{\"member\": \"NEW\"}"),
  REMOVE_MEMBER("DELETE", "/members/GREEN"),
  ACCEPT("PUT", "/members/GREEN", Attempt.JSON, "{\"status\": \"accepted\"}"),
  LIST_TASKS_OF_IMAGE("GET", "/tasks"),

  CREATE("POST", "/v2/images", Attempt.JSON, "{}"),
  CREATE_FOR_BLUE("POST", "/v2/images", Attempt.JSON, "{\"owner\": \"BLUE\"}"),
  CREATE_PUBLIC("POST", "/v2/images", Attempt.JSON, "{\"visibility\": \"public\"}"),
  LIST("GET", "/v2/images"),
  LIST_TASKS("GET", "/v2/tasks"),
  CREATE_TASK(
      "POST",
      "/v2/tasks",
      Attempt.JSON,
      """
      {"type": "import", "input": {"import_from": "http://127.0.0.1:9/", "import_from_format": "raw",
       "image_properties": {"container_format": "bare"}}}
      """);

  private static final String JSON = "application/json";
  private static final String PATCH = "application/openstack-images-v2.1-json-patch";

  private final String method;
  private final String path;
  private final String mediaType;
  private final String body;

  Attempt(String method, String path) {
    this(method, path, "", "");
  }

  /** A path that is not the API's continues the image's. BLUE, GREEN and NEW are projects' ids. */
  Attempt(String method, String path, String mediaType, String body) {
    this.method = method;
    this.path = path;
    this.mediaType = mediaType;
    this.body = body;
  }

  private static String replace(String field, String value) {
    return "[{\"op\": \"replace\", \"path\": \"/%s\", \"value\": \"%s\"}]".formatted(field, value);
  }

  HttpResponse<String> make(ApiCaller caller, String imageId, Map<String, String> projectIds) {
    String whole = path.startsWith("/v2/") ? path : "/v2/images/" + imageId + path;
    return caller.send(method, ids(whole, projectIds), mediaType, ids(body, projectIds));
  }

  private static String ids(String text, Map<String, String> projectIds) {
    return text.replace("BLUE", projectIds.get("blue"))
        .replace("GREEN", projectIds.get("green"))
        .replace("NEW", UUID.randomUUID().toString());
  }
}
