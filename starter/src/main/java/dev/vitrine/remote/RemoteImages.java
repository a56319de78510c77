package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.NotFound;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images of a server: what is said of them, not their data. Thread-safe. */
public final class RemoteImages {

  private static final String ALL = "/v2/images";

  private final ApiRequests requests;

  RemoteImages(ApiRequests requests) {
    this.requests = requests;
  }

  /**
   * Creates an image; it is {@code queued}.
   *
   * @param fields by the API's names; every name that it does not know becomes a property
   */
  public RemoteImage create(Map<String, ?> fields) {
    return new RemoteImage(requests.json(ApiCall.json("create image", "POST", ALL, fields)));
  }

  public RemoteImage show(UUID id) {
    return new RemoteImage(requests.json(ApiCall.get("image " + id, path(id))));
  }

  /**
   * Lists images; pages are fetched as they are needed, so errors come from the stream.
   *
   * @param pageSize how many are asked for at once; a server may give fewer
   */
  public Stream<RemoteImage> list(RemoteImageFilter filter, int pageSize) {
    return new PageIterator<>(
            requests,
            ALL,
            filter.with("limit", Integer.toString(pageSize)).query(),
            "images",
            RemoteImage::new)
        .stream();
  }

  /** Makes all of the changes or, if one is refused, none. */
  public RemoteImage change(UUID id, ImageChanges patch) {
    return new RemoteImage(
        requests.json(
            ApiCall.json(
                "change of image " + id,
                "PATCH",
                path(id),
                ImageChanges.MEDIA_TYPE,
                patch.operations())));
  }

  public void delete(UUID id) {
    requests.done(ApiCall.plain("deletion of image " + id, "DELETE", path(id)));
  }

  /** Denies access to the data to everyone but an admin. */
  public void deactivate(UUID id) {
    act(id, "deactivate");
  }

  /** Allows access to the data again. */
  public void reactivate(UUID id) {
    act(id, "reactivate");
  }

  /**
   * Registers data that lies elsewhere; a {@code queued} image becomes {@code active}, at once or
   * soon. Needs version 2.17 of the API, and an operator who allows it.
   */
  public void addLocation(UUID id, String url) {
    requests.done(
        ApiCall.json(
            "location of image " + id, "POST", path(id) + "/locations", Map.of("url", url)));
  }

  public void addTag(UUID id, String tag) {
    requests.done(ApiCall.plain("tag of image " + id, "PUT", tagPath(id, tag)));
  }

  public void removeTag(UUID id, String tag) {
    requests.done(ApiCall.plain("tag of image " + id, "DELETE", tagPath(id, tag)));
  }

  /**
   * The changes of an image's status, oldest first. Vitrine's own addition.
   *
   * @throws NotFound if there is no such image, or this server does not have it
   */
  public List<StatusChange> history(UUID id) {
    Map<String, @Nullable Object> answer =
        addition("history", id, ApiCall.get("history of image " + id, path(id) + "/history"));
    return JsonMaps.objects(answer, "history").stream().map(StatusChange::new).toList();
  }

  /**
   * How far an image's upload is. Vitrine's own addition.
   *
   * @throws NotFound if there is no such image, or this server does not have it
   */
  public RemoteProgress progress(UUID id) {
    return RemoteProgress.of(
        addition("progress", id, ApiCall.get("progress of image " + id, path(id) + "/progress")));
  }

  /** Tells an image that is missing from a server that has no such thing. */
  private Map<String, @Nullable Object> addition(String name, UUID id, ApiCall call) {
    try {
      return requests.json(call);
    } catch (NotFound e) {
      RemoteImage unused = show(id);
      throw new NotFound(
          "this server does not have the %s of images: it is Vitrine's own, and the server at %s is"
                  .formatted(name, requests.endpoint())
              + " none, or an older one");
    }
  }

  private void act(UUID id, String action) {
    requests.done(ApiCall.plain(action + " image " + id, "POST", path(id) + "/actions/" + action));
  }

  static String path(UUID id) {
    return ALL + "/" + id;
  }

  private static String tagPath(UUID id, String tag) {
    return path(id) + "/tags/" + ApiCall.encoded(tag);
  }
}
