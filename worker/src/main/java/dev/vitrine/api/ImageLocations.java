package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.RequestBody;
import dev.vitrine.http.Route;
import dev.vitrine.image.ExternalUrl;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.LocationChanges;
import dev.vitrine.registry.Locations;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.ImportVia;
import dev.vitrine.task.ValidationData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where images' data is, for clients that the operator lets see and say so. */
final class ImageLocations {

  private static final String PATH = "/v2/images/{id}/locations";
  private static final int ACCEPTED = 202;
  private static final int MOST_AT_ONCE = 100;

  private final GuardedImages images;
  private final Locations locations;
  private final LocationChanges changes;
  private final List<String> stores;
  private final ImageImports imports;
  private final boolean allowed;
  private final boolean hashed;

  /**
   * @param stores the names of all
   * @param imports reads what lies elsewhere, where that is asked for
   * @param allowed whether the operator lets clients see and change locations
   * @param hashed whether data of which nothing was said is read, for its digests
   */
  ImageLocations(
      GuardedImages images,
      Locations locations,
      LocationChanges changes,
      List<String> stores,
      ImageImports imports,
      boolean allowed,
      boolean hashed) {
    this.images = images;
    this.locations = locations;
    this.changes = changes;
    this.stores = stores;
    this.imports = imports;
    this.allowed = allowed;
    this.hashed = hashed;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PATH, this::list),
        Route.of("POST", PATH, this::add).taking(RequestBody.SMALL),
        Route.of("DELETE", "/v2/stores/{store}/{id}", this::removeFromStore));
  }

  private Answer list(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    images.require(ImageOperation.LIST_LOCATIONS, id, call.requester());
    requireAllowed();
    List<Map<String, Object>> locations =
        active(id).stream()
            .map(
                location ->
                    Map.<String, Object>of(
                        "url", ImageDocuments.url(location), "metadata", Map.of()))
            .toList();
    return Answer.json(200, Json.write(locations));
  }

  /** The first one, of a queued image. */
  private Answer add(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    JsonNode body = Json.read(call.body());
    String url = url(body);
    ValidationData said = validationData(body);
    Image image = images.require(ImageOperation.ADD_LOCATION, id, call.requester());
    requireAllowed();
    requireStatus(image, ImageStatus.QUEUED);
    if (said == null && !hashed) {
      Image after =
          images.addLocation(RequestOperation.of(call, "add-location"), id, url, call.requester());
      return accepted(after);
    }
    ExternalUrl.require(id, url);
    UUID taskId = imports.begin(call, id, ImportVia.location(url, said));
    return accepted(images.require(ImageOperation.ADD_LOCATION, id, call.requester()))
        .with(ImageImports.TASK, taskId.toString());
  }

  private static Answer accepted(Image image) {
    List<String> stores =
        image.status() == ImageStatus.ACTIVE ? List.of(Location.EXTERNAL) : List.of();
    return Answer.json(ACCEPTED, new ImageDocument(image, stores, null).bytes());
  }

  /** What is said of the data; null if nothing. */
  private static @Nullable ValidationData validationData(JsonNode location) {
    JsonNode said = location.path("validation_data");
    if (said.isMissingNode() || said.isNull() || (said.isObject() && said.isEmpty())) {
      return null;
    }
    for (String field : List.of("os_hash_algo", "os_hash_value")) {
      if (!said.path(field).isTextual()) {
        throw new Invalid(
            "validation_data has no text as '%s': give 'os_hash_algo' and 'os_hash_value'"
                .formatted(field));
      }
    }
    JsonNode checksum = said.path("checksum");
    if (!checksum.isMissingNode() && !checksum.isNull() && !checksum.isTextual()) {
      throw new Invalid("validation_data: checksum is no text; give an MD5, or leave it out");
    }
    return new ValidationData(
        said.get("os_hash_algo").textValue(),
        said.get("os_hash_value").textValue(),
        checksum.textValue());
  }

  /** By a patch, the image is active at once: what is said of the data is not to be trusted. */
  private static String urlAlone(JsonNode location) {
    String url = url(location);
    if (!location.path("validation_data").isEmpty()) {
      throw new Invalid(
          "location '%s': a patch reads no data, so 'validation_data' can't be checked; leave it"
                  .formatted(HiddenQuery.shown(url, null))
              + " out, or give it to POST /v2/images/{id}/locations");
    }
    return url;
  }

  private Answer removeFromStore(Call call) {
    String store = call.parameter("store");
    UUID id = Ids.inPath("image", call.parameter("id"));
    Image image = images.require(ImageOperation.DELETE_FROM_STORE, id, call.requester());
    if (!stores.contains(store) && !store.equals(Location.EXTERNAL)) {
      throw new Conflict(
          "there is no store '%s': give one of %s".formatted(store, String.join(", ", stores)));
    }
    requireStatus(image, ImageStatus.ACTIVE);
    Location location =
        active(id).stream()
            .filter(there -> there.store().equals(store))
            .findFirst()
            .orElseThrow(() -> new NotFound("image %s is not in store '%s'".formatted(id, store)));
    changes.remove(id, location.id());
    return Answer.noContent();
  }

  /** Does what a patch says of locations: {@code /locations/-}, {@code /locations/0}, or all. */
  void apply(Call call, UUID id, List<PatchOperation> operations) {
    if (operations.isEmpty()) {
      return;
    }
    requireFew("operations on locations", operations.size());
    for (PatchOperation operation : operations) {
      switch (operation.verb()) {
        case ADD -> add(call, id, requireIndexed(operation));
        case REMOVE -> remove(call, id, requireIndexed(operation));
        case REPLACE -> replace(call, id, operation);
      }
    }
  }

  private void add(Call call, UUID id, PatchOperation operation) {
    Image image = images.require(ImageOperation.SET_LOCATIONS, id, call.requester());
    requireAllowed();
    // A new one always comes last: data is read from the first that answers.
    if (!operation.path().get(1).equals("-")) {
      index(operation, active(id).size());
    }
    addUrl(call, image, urlAlone(operation.value()));
  }

  private void addUrl(Call call, Image image, String url) {
    var unused =
        image.status() == ImageStatus.QUEUED
            ? changes.addFirst(RequestOperation.of(call, "add-location"), image.id(), url)
            : changes.addFurther(
                RequestOperation.of(call, "add-location/" + UUID.randomUUID()), image.id(), url);
  }

  private void remove(Call call, UUID id, PatchOperation operation) {
    images.require(ImageOperation.REMOVE_LOCATION, id, call.requester());
    requireAllowed();
    List<Location> present = active(id);
    changes.remove(id, present.get(index(operation, present.size() - 1)).id());
  }

  /** What is missing is added before what is too much is removed, so that data is never out. */
  private void replace(Call call, UUID id, PatchOperation operation) {
    Image image = images.require(ImageOperation.SET_LOCATIONS, id, call.requester());
    requireAllowed();
    if (operation.path().size() > 1 || !operation.value().isArray()) {
      throw new Invalid("'replace' takes the path '/locations' and the list of all of them");
    }
    requireFew("locations", operation.value().size());
    List<String> wanted = new ArrayList<>();
    operation.value().forEach(location -> wanted.add(urlAlone(location)));
    if (wanted.isEmpty()) {
      throw new Forbidden(
          "image %s: its locations can't be replaced by none; delete the image instead"
              .formatted(id));
    }
    List<Location> present = active(id);
    List<Location> unwanted =
        present.stream()
            .filter(location -> !wanted.contains(ImageDocuments.url(location)))
            .toList();
    if (!unwanted.isEmpty()) {
      images.require(ImageOperation.REMOVE_LOCATION, id, call.requester());
    }
    Image now = image;
    for (String url : wanted) {
      if (present.stream().noneMatch(there -> ImageDocuments.url(there).equals(url))) {
        addUrl(call, now, url);
        now = images.require(id, call.requester());
      }
    }
    unwanted.forEach(location -> changes.remove(id, location.id()));
  }

  /** Each is a transaction of its own. */
  private static void requireFew(String what, int count) {
    if (count > MOST_AT_ONCE) {
      throw new Invalid("%d %s: give at most %d in one patch".formatted(count, what, MOST_AT_ONCE));
    }
  }

  private List<Location> active(UUID id) {
    return locations.of(id).stream()
        .filter(location -> location.status() == LocationStatus.ACTIVE)
        .toList();
  }

  /** Asked after the image: one that is deleted is not found, whatever the operator allows. */
  private void requireAllowed() {
    if (!allowed) {
      throw new Forbidden(
          "locations are neither shown nor taken here; the operator can change that");
    }
  }

  private static void requireStatus(Image image, ImageStatus wanted) {
    if (image.status() != wanted) {
      throw new Conflict(
          "image %s is %s: this takes one that is %s"
              .formatted(image.id(), image.status(), wanted));
    }
  }

  private static PatchOperation requireIndexed(PatchOperation operation) {
    if (operation.path().size() != 2) {
      throw new Invalid(
          "path '/%s': give '/locations/' and a number, or '-' to add one"
              .formatted(String.join("/", operation.path())));
    }
    return operation;
  }

  private static int index(PatchOperation operation, int last) {
    String text = operation.path().get(1);
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > last) {
      throw new Invalid("path '/locations/%s': give a number from 0 to %d".formatted(text, last));
    }
    return Integer.parseInt(text);
  }

  /** Clients send the other parts of a location empty where nothing was given. */
  private static String url(JsonNode location) {
    if (!location.path("url").isTextual()) {
      throw new Invalid("a location has no text as 'url': " + location);
    }
    String url = location.get("url").textValue();
    if (!location.path("metadata").isEmpty()) {
      throw new Invalid(
          "location '%s': nothing but its URL is kept; leave 'metadata' empty".formatted(url));
    }
    return url;
  }
}
