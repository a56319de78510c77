package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may be changed of an image besides its status and its data: all of it, as it is to be. The
 * fields and their rules are those of {@link ImageField}; {@link #requireValidAfter} asks for them.
 *
 * @param tags in their order, each once
 */
public record ImageMetadata(
    UUID id,
    @Nullable String name,
    @Nullable String diskFormat,
    @Nullable String containerFormat,
    int minDisk,
    int minRam,
    Visibility visibility,
    boolean isProtected,
    boolean osHidden,
    String owner,
    Map<String, String> properties,
    List<String> tags)
    implements DescribedImage {

  public ImageMetadata {
    properties = Map.copyOf(properties);
    tags = List.copyOf(new LinkedHashSet<>(tags));
  }

  /**
   * Requires that the image may become this.
   *
   * @param before what it is; what doesn't differ from it is not asked
   * @throws Invalid naming the field, its value and what is accepted
   */
  public void requireValidAfter(ImageMetadata before) {
    new MetadataRules(id).check(before, this);
  }

  /** As it is at present. */
  public static ImageMetadata of(Image image) {
    return new Builder(image).build();
  }

  /** To change the image's metadata from what it is at present. */
  public static Builder change(Image image) {
    return new Builder(image);
  }

  /** To describe a new image, from the defaults. */
  public static Builder describe(UUID id, String owner) {
    return new Builder(id, owner);
  }

  /** Collects changes; not safe for use by several threads. */
  public static final class Builder {
    private final UUID id;
    private @Nullable String name;
    private @Nullable String diskFormat;
    private @Nullable String containerFormat;
    private int minDisk;
    private int minRam;
    private Visibility visibility;
    private boolean isProtected;
    private boolean osHidden;
    private String owner;
    private Map<String, String> properties;
    private List<String> tags;

    private Builder(UUID id, String owner) {
      this.id = id;
      this.owner = owner;
      visibility = Visibility.SHARED;
      properties = new LinkedHashMap<>();
      tags = new ArrayList<>();
    }

    private Builder(Image image) {
      this(image.id(), image.owner());
      for (ImageField field : MetadataFields.all()) {
        MetadataFields.set(field, this, MetadataFields.get(field, image));
      }
      properties.putAll(image.properties());
    }

    /**
     * Sets a field or a property by its name, from the form that JSON has the value in. A property
     * that is null is one that the image has not. Who may give it is asked before.
     *
     * @throws Invalid naming the field, its value and what is accepted
     */
    public Builder set(String wireName, @Nullable Object value) {
      ImageField base = ImageField.findBase(wireName).orElse(null);
      if (base != null) {
        MetadataFields.set(base, this, base.type().read(wireName, value));
        return this;
      }
      Object unused = ImageField.PROPERTY_NAME.read("property", wireName);
      Object text = ImageField.propertyType(wireName).read(wireName, value);
      if (text == null) {
        properties.remove(wireName);
        return this;
      }
      return property(wireName, text.toString());
    }

    public Builder name(@Nullable String value) {
      name = value;
      return this;
    }

    public Builder diskFormat(@Nullable String value) {
      diskFormat = value;
      return this;
    }

    public Builder containerFormat(@Nullable String value) {
      containerFormat = value;
      return this;
    }

    public Builder minDisk(int gibibytes) {
      minDisk = gibibytes;
      return this;
    }

    public Builder minRam(int mebibytes) {
      minRam = mebibytes;
      return this;
    }

    public Builder visibility(Visibility value) {
      visibility = value;
      return this;
    }

    public Builder isProtected(boolean value) {
      isProtected = value;
      return this;
    }

    public Builder osHidden(boolean value) {
      osHidden = value;
      return this;
    }

    public Builder owner(String project) {
      owner = project;
      return this;
    }

    /** Adds the property, or replaces its value. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /**
     * Removes the property.
     *
     * @throws NotFound if there is none
     */
    public Builder withoutProperty(String key) {
      if (properties.remove(key) == null) {
        throw new NotFound("image %s has no property '%s'".formatted(id, key));
      }
      return this;
    }

    /** Replaces all properties. */
    public Builder properties(Map<String, String> value) {
      properties = new LinkedHashMap<>(value);
      return this;
    }

    /** Adds the tag at the end; without effect if the image has it. */
    public Builder tag(String tag) {
      tags.add(tag);
      return this;
    }

    /**
     * Removes the tag.
     *
     * @throws NotFound if there is none
     */
    public Builder withoutTag(String tag) {
      if (!tags.remove(tag)) {
        throw new NotFound("image %s has no tag '%s'".formatted(id, tag));
      }
      return this;
    }

    /** Replaces all tags. */
    public Builder tags(List<String> value) {
      tags = new ArrayList<>(value);
      return this;
    }

    /** The metadata as collected; {@link #requireValidAfter} asks its rules. */
    public ImageMetadata build() {
      return new ImageMetadata(
          id,
          name,
          diskFormat,
          containerFormat,
          minDisk,
          minRam,
          visibility,
          isProtected,
          osHidden,
          owner,
          properties,
          tags);
    }
  }
}
