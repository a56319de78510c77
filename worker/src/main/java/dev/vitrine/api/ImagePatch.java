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
    if (field.equals("id")) {
      throw new Forbidden("'id' is read-only; leave it out");
    }
    ImageFields.requireWritable(field);
    if (operation.path().size() > 1 && !field.equals("locations")) {
      throw new Invalid(
          "path '/%s': an image is flat; give the name of a field"
              .formatted(String.join("/", operation.path())));
    }
  }

  /** The operations on locations, in their order. */
  List<PatchOperation> onLocations() {
    return operations.stream().filter(operation -> operation.field().equals("locations")).toList();
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
      String field = operation.field();
      if (field.equals("locations")) {
        continue;
      }
      if (ImageFields.BASE.contains(field)) {
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

  private static void set(ImageMetadata.Builder builder, PatchOperation operation, Requester by) {
    String field = operation.field();
    JsonNode value = operation.value();
    switch (field) {
      case "name" -> builder.name(ImageValues.textOrNull(field, value));
      case "disk_format" -> builder.diskFormat(ImageValues.oneOfOrNull(field, value, Formats.DISK));
      case "container_format" ->
          builder.containerFormat(ImageValues.oneOfOrNull(field, value, Formats.CONTAINER));
      case "min_disk" -> builder.minDisk(ImageValues.number(field, value));
      case "min_ram" -> builder.minRam(ImageValues.number(field, value));
      case "visibility" -> builder.visibility(ImageValues.visibility(value));
      case "protected" -> builder.isProtected(ImageValues.flag(field, value));
      case "os_hidden" -> builder.osHidden(ImageValues.flag(field, value));
      case "owner" -> builder.owner(owner(value, by));
      case "tags" -> builder.tags(ImageValues.tags(value));
      default -> throw new IllegalStateException("'%s' is read-only".formatted(field));
    }
  }

  /** An image without an owner is the requester's project's, as at its creation. */
  private static String owner(JsonNode value, Requester by) {
    String owner = ImageValues.textOrNull("owner", value);
    return owner == null ? by.project() : owner;
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
      builder.property(name, ImageValues.text(name, operation.value()));
      properties.add(name);
    }
  }
}
