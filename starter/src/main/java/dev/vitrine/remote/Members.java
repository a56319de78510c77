package dev.vitrine.remote;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** With which projects {@code shared} images are shared. Thread-safe. */
public final class Members {

  private final Requests requests;

  Members(Requests requests) {
    this.requests = requests;
  }

  public List<RemoteMember> list(UUID imageId) {
    return Json.objects(
            requests.json(Call.get("members of image " + imageId, path(imageId))), "members")
        .stream()
        .map(RemoteMember::new)
        .toList();
  }

  /** Shares an image with a project; it is {@code pending} until that accepts it. */
  public RemoteMember add(UUID imageId, String project) {
    return new RemoteMember(
        requests.json(
            Call.json(what(imageId, project), "POST", path(imageId), Map.of("member", project))));
  }

  /**
   * Says what the project makes of it; only the project itself may.
   *
   * @param status {@code accepted}, {@code rejected} or {@code pending}
   */
  public RemoteMember set(UUID imageId, String project, String status) {
    return new RemoteMember(
        requests.json(
            Call.json(
                what(imageId, project),
                "PUT",
                path(imageId) + "/" + Call.encoded(project),
                Map.of("status", status))));
  }

  public void remove(UUID imageId, String project) {
    requests.done(
        Call.plain(what(imageId, project), "DELETE", path(imageId) + "/" + Call.encoded(project)));
  }

  private static String path(UUID imageId) {
    return Images.path(imageId) + "/members";
  }

  private static String what(UUID imageId, String project) {
    return "member %s of image %s".formatted(project, imageId);
  }
}
