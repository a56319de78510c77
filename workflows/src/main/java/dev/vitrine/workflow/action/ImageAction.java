package dev.vitrine.workflow.action;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.NewImage;
import dev.vitrine.json.Wire;
import java.util.UUID;

/** A change of an image that moves no data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ImageAction.Register.class, name = "register"),
  @JsonSubTypes.Type(value = ImageAction.AddLocation.class, name = "add-location"),
  @JsonSubTypes.Type(value = ImageAction.Deactivate.class, name = "deactivate"),
  @JsonSubTypes.Type(value = ImageAction.Reactivate.class, name = "reactivate")
})
public sealed interface ImageAction {

  /** The image it is about. */
  UUID imageId();

  /** On whose behalf. */
  Requester by();

  /** Reserves an id; {@code active} at once if the size is declared to be zero. */
  @Wire
  record Register(NewImage image, Requester by) implements ImageAction {
    @Override
    public UUID imageId() {
      return image.id();
    }

    @Override
    public String verb() {
      return "register";
    }
  }

  /**
   * Registers data that lies elsewhere.
   *
   * @param url an {@code http} or {@code https} URL, without user information
   */
  @Wire
  record AddLocation(UUID imageId, String url, Requester by) implements ImageAction {

    public AddLocation {
      if (!new Source.Url(url).isWeb()) {
        throw new Invalid(
            "location '%s' of image %s: give an http or https URL".formatted(url, imageId));
      }
    }

    @Override
    public String verb() {
      return "add-location";
    }
  }

  /** Denies access to the data to every non-admin. Takes an admin. */
  @Wire
  record Deactivate(UUID imageId, Requester by) implements ImageAction {
    @Override
    public String verb() {
      return "deactivate";
    }
  }

  /** Allows access again. Takes an admin. */
  @Wire
  record Reactivate(UUID imageId, Requester by) implements ImageAction {
    @Override
    public String verb() {
      return "reactivate";
    }
  }

  /** The action in a word, as it stands in the workflow's id. */
  String verb();
}
