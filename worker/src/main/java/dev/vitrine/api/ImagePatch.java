package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Call;
import dev.vitrine.http.HttpProblem;
import dev.vitrine.http.Json;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of an image, as the reference takes it: a JSON patch on a flat object. Source: the
 * reference's {@code api/v2/images.py}, methods {@code update}, {@code _do_add}, {@code
 * _do_replace} and {@code _do_remove}.
 */
final class ImagePatch {

  static final String MEDIA_TYPE = "application/openstack-images-v2.1-json-patch";
  static final String OLD_MEDIA_TYPE = "application/openstack-images-v2.0-json-patch";

  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  /** Several for each property and tag that an image may have, by default. */
  private static final int MOST_OPERATIONS = 1_000;

  private static final String LOCATIONS = ImageField.LOCATIONS.wireName();

  private final List<PatchOperation> operations;

  private ImagePatch(List<PatchOperation> operations) {
    this.operations = List.copyOf(operations);
  }

  /**
   * The patch in a request.
   *
   * @throws Invalid if it is none, or a value is wrong
   * @throws Forbidden if a field is not the client's to change
   * @throws HttpProblem 415 if it is of another media type
   */
  static ImagePatch read(Call call) {
    String type = call.mediaType().orElse("none");
    boolean old = type.equals(OLD_MEDIA_TYPE);
    if (!old && !type.equals(MEDIA_TYPE)) {
      String accepted = OLD_MEDIA_TYPE + ", " + MEDIA_TYPE;
      throw new HttpProblem(
          UNSUPPORTED_MEDIA_TYPE,
          "the media type is %s: give one of %s".formatted(type, accepted),
          Map.of("Accept-Patch", accepted));
    }
    JsonNode document = Json.read(call.body());
    if (!document.isArray()) {
      throw new Invalid("the body is no JSON array: give a list of operations");
    }
    if (document.size() > MOST_OPERATIONS) {
      throw new Invalid(
          "a patch of %d operations: give at most %d, and the rest in another one"
              .formatted(document.size(), MOST_OPERATIONS));
    }
    List<PatchOperation> operations = new ArrayList<>();
    for (JsonNode object : document) {
      PatchOperation operation =
          old ? PatchOperation.ofDraft(object) : PatchOperation.ofObject(object);
      requirePossible(operation);
      operations.add(operation);
    }
    return new ImagePatch(operations);
  }

  private static void requirePossible(PatchOperation operation) {
    String field = operation.field();
    if (operation.verb() != PatchOperation.Verb.REMOVE) {
      ImageFields.requireChangeable(field);
    }
    if (operation.path().size() > 1 && !field.equals(LOCATIONS)) {
      throw new Invalid(
          "path '/%s': an image is flat; give the name of a field"
              .formatted(String.join("/", operation.path())));
    }
  }

  /** The operations on locations, in their order. */
  List<PatchOperation> onLocations() {
    return operations.stream().filter(ImagePatch::isOnLocations).toList();
  }

  /** All locations can't be removed, so that is of a property that once was called so. */
  private static boolean isOnLocations(PatchOperation operation) {
    boolean removesAll =
        operation.verb() == PatchOperation.Verb.REMOVE && operation.path().size() == 1;
    return operation.field().equals(LOCATIONS) && !removesAll;
  }

  /** Whether it has other operations. */
  boolean changesMetadata() {
    return operations.size() > onLocations().size();
  }

  /** The image's metadata as it is to be. */
  ImageMetadata apply(Image image, Requester by) {
    ImageMetadata.Builder builder = ImageMetadata.change(image);
    Set<String> properties = new HashSet<>(image.properties().keySet());
    for (PatchOperation operation : operations) {
      if (isOnLocations(operation)) {
        continue;
      }
      String field = operation.field();
      boolean removesProperty =
          operation.verb() == PatchOperation.Verb.REMOVE && properties.contains(field);
      if (!removesProperty) {
        ImageFields.requireChangeable(field);
      }
      if (ImageField.findBase(field).isPresent() && !removesProperty) {
        applyToBase(builder, operation, image, by);
      } else {
        applyToProperty(builder, operation, image, properties);
      }
    }
    return builder.build();
  }

  private static void applyToBase(
      ImageMetadata.Builder builder, PatchOperation operation, Image image, Requester by) {
    String field = operation.field();
    switch (operation.verb()) {
      case REMOVE ->
          throw new Forbidden(
              "image %s: '%s' can't be removed; replace its value".formatted(image.id(), field));
      case ADD -> {
        if (operation.strict()) {
          throw new Conflict(
              "image %s has '%s' already; replace its value".formatted(image.id(), field));
        }
        set(builder, operation, by);
      }
      case REPLACE -> set(builder, operation, by);
    }
  }

  /** An image without an owner is the requester's project's, as at its creation. */
  private static void set(ImageMetadata.Builder builder, PatchOperation operation, Requester by) {
    if (operation.field().equals(ImageField.OWNER.wireName()) && operation.value().isNull()) {
      builder.owner(by.project());
    } else {
      builder.set(operation.field(), Json.plain(operation.value()));
    }
  }

  private static void applyToProperty(
      ImageMetadata.Builder builder,
      PatchOperation operation,
      Image image,
      Set<String> properties) {
    String name = operation.field();
    boolean there = properties.contains(name);
    if (operation.verb() != PatchOperation.Verb.ADD && !there) {
      throw new Conflict("image %s has no property '%s'".formatted(image.id(), name));
    }
    if (operation.verb() == PatchOperation.Verb.ADD && there && operation.strict()) {
      throw new Conflict("image %s has the property '%s' already".formatted(image.id(), name));
    }
    if (operation.verb() == PatchOperation.Verb.REMOVE) {
      builder.withoutProperty(name);
      properties.remove(name);
    } else {
      builder.set(name, Json.plain(operation.value()));
      if (operation.value().isNull()) {
        properties.remove(name);
      } else {
        properties.add(name);
      }
    }
  }
}
