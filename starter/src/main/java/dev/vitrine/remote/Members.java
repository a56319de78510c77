package dev.vitrine.remote;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** With which projects {@code shared} images are shared. Thread-safe. */
public final class Members {

  private final ApiRequests requests;

  Members(ApiRequests requests) {
    this.requests = requests;
  }

  public List<RemoteMember> list(UUID imageId) {
    return JsonMaps.objects(
            requests.json(ApiCall.get("members of image " + imageId, path(imageId))), "members")
        .stream()
        .map(RemoteMember::new)
        .toList();
  }

  /** Shares an image with a project; it is {@code pending} until that accepts it. */
  public RemoteMember add(UUID imageId, String project) {
    return new RemoteMember(
        requests.json(
            ApiCall.json(
                what(imageId, project), "POST", path(imageId), Map.of("member", project))));
  }

  /**
   * Says what the project makes of it; only the project itself may.
   *
   * @param status {@code accepted}, {@code rejected} or {@code pending}
   */
  public RemoteMember set(UUID imageId, String project, String status) {
    return new RemoteMember(
        requests.json(
            ApiCall.json(
                what(imageId, project),
                "PUT",
                path(imageId) + "/" + ApiCall.encoded(project),
                Map.of("status", status))));
  }

  public void remove(UUID imageId, String project) {
    requests.done(
        ApiCall.plain(
            what(imageId, project), "DELETE", path(imageId) + "/" + ApiCall.encoded(project)));
  }

  private static String path(UUID imageId) {
    return RemoteImages.path(imageId) + "/members";
  }

  private static String what(UUID imageId, String project) {
    return "member %s of image %s".formatted(project, imageId);
  }
}
