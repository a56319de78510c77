package dev.vitrine.image;

import dev.vitrine.image.FieldType.Flag;
import dev.vitrine.image.FieldType.Places;
import dev.vitrine.image.FieldType.Text;
import dev.vitrine.image.FieldType.Time;
import dev.vitrine.image.FieldType.Whole;
import dev.vitrine.image.FieldType.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fields of an image that have a meaning, and what holds of each: its name on the wire, who
 * gives it, what values it takes, where it is kept. Any other name is a free property, which takes
 * any text. Source: the reference's image schema and {@code api/v2/images.py}, class {@code
 * RequestDeserializer}.
 */
@SuppressWarnings("ImmutableEnumChecker") // Every type is a record of immutable values.
public enum ImageField {
  ID("id", Writer.CREATION, Kept.COLUMN, Text.matching(ImageField.UUID_PATTERN), "The image's id."),
  NAME(
      "name",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      Text.upTo(255).orNull(),
      "What people call the image."),
  STATUS(
      "status",
      Writer.SERVER,
      Kept.COLUMN,
      Text.oneOf(
          List.of(
              "queued",
              "saving",
              "active",
              "killed",
              "deleted",
              "uploading",
              "importing",
              "pending_delete",
              "deactivated")),
      "Where the image is in its life."),
  VISIBILITY(
      "visibility",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      Text.oneOf(List.of("community", "public", "private", "shared")),
      "Who may see the image."),
  PROTECTED(
      "protected",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      new Flag(),
      "Whether the image can't be deleted."),
  OS_HIDDEN(
      "os_hidden",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      new Flag(),
      "Whether lists leave the image out unless they are asked for hidden ones."),
  CHECKSUM(
      "checksum",
      Writer.SERVER,
      Kept.COLUMN,
      Text.upTo(32).orNull(),
      "The MD5 of the data, in hexadecimal."),
  OS_HASH_ALGO(
      "os_hash_algo",
      Writer.SERVER,
      Kept.COLUMN,
      Text.upTo(64).orNull(),
      "The algorithm of os_hash_value."),
  OS_HASH_VALUE(
      "os_hash_value",
      Writer.SERVER,
      Kept.COLUMN,
      Text.upTo(128).orNull(),
      "The digest of the data by os_hash_algo, in hexadecimal."),
  OWNER(
      "owner",
      Writer.CLIENT,
      Kept.COLUMN,
      Text.PROJECT.orNull(),
      "The project that owns the image."),
  SIZE("size", Writer.SERVER, Kept.COLUMN, new Whole(true, null), "Bytes of the data."),
  VIRTUAL_SIZE(
      "virtual_size",
      Writer.SERVER,
      Kept.COLUMN,
      new Whole(true, null),
      "Bytes of the disk that the data describes."),
  CONTAINER_FORMAT(
      "container_format",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      Text.oneOf(List.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed"))
          .orNull(),
      "What the data is packed in."),
  DISK_FORMAT(
      "disk_format",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      Text.oneOf(
              List.of(
                  "ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso",
                  "ploop"))
          .orNull(),
      "The form of the disk."),
  CREATED_AT(
      "created_at", Writer.SERVER, Kept.COLUMN, new Time(), "When the image was registered."),
  UPDATED_AT(
      "updated_at", Writer.SERVER, Kept.COLUMN, new Time(), "When the image was last changed."),
  TAGS("tags", Writer.CLIENT_OR_TASK, Kept.APART, new Words(), "Words to find the image by."),
  DIRECT_URL(
      "direct_url",
      Writer.SERVER,
      Kept.NOWHERE,
      Text.FREE,
      "Where the data is outside of the API, if the operator shows it."),
  MIN_RAM(
      "min_ram",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      new Whole(false, (long) Integer.MAX_VALUE),
      "MiB of memory that booting the image takes."),
  MIN_DISK(
      "min_disk",
      Writer.CLIENT_OR_TASK,
      Kept.COLUMN,
      new Whole(false, (long) Integer.MAX_VALUE),
      "GiB of disk that booting the image takes."),
  SELF("self", Writer.SERVER, Kept.NOWHERE, Text.FREE, "The path of the image."),
  FILE("file", Writer.SERVER, Kept.NOWHERE, Text.FREE, "The path of the image's data."),
  STORES(
      "stores",
      Writer.SERVER,
      Kept.APART,
      Text.FREE,
      "The names of the stores that have the data, sorted, separated by commas."),
  SCHEMA("schema", Writer.SERVER, Kept.NOWHERE, Text.FREE, "The path of this schema."),
  LOCATIONS(
      "locations",
      Writer.CLIENT,
      Kept.APART,
      new Places(),
      "Where the data is outside of the API, if the operator shows it."),
  KERNEL_ID(
      "kernel_id",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.matching(ImageField.UUID_PATTERN).orNull(),
      "The image that is the kernel of this one."),
  RAMDISK_ID(
      "ramdisk_id",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.matching(ImageField.UUID_PATTERN).orNull(),
      "The image that is the ramdisk of this one."),
  INSTANCE_UUID(
      "instance_uuid",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.FREE,
      "The instance that the image was made of."),
  ARCHITECTURE(
      "architecture",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.FREE,
      "The processor architecture that the image's system is for."),
  OS_DISTRO(
      "os_distro",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.FREE,
      "The common name of the distribution, in lower case."),
  OS_VERSION(
      "os_version",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.FREE,
      "The version of the operating system, as its maker writes it."),
  DESCRIPTION(
      "description",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.FREE,
      "What the image is, in words."),
  CINDER_ENCRYPTION_KEY_ID(
      "cinder_encryption_key_id",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.FREE,
      "The key that a volume made of the image is encrypted with."),
  CINDER_ENCRYPTION_KEY_DELETION_POLICY(
      "cinder_encryption_key_deletion_policy",
      Writer.CLIENT_OR_TASK,
      Kept.PROPERTY,
      Text.oneOf(List.of("on_image_deletion", "do_not_delete")),
      "What becomes of that key when the image is deleted.");

  /** Source: the reference's schema of an image, {@code id}. */
  public static final String UUID_PATTERN =
      "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$";

  /** What the name of a property may be, besides not a field's and not reserved. */
  public static final Text PROPERTY_NAME = Text.upTo(255).notEmpty();

  /** What one tag may be. */
  public static final Text TAG = Text.SEGMENT;

  /** The server's own notes would be called so. */
  public static final String RESERVED_PREFIX = "os_glance";

  /** Fields of the reference's first API, which its clients still tell from properties. */
  public static final Set<String> RESERVED = Set.of("location", "deleted", "deleted_at");

  private static final Map<String, ImageField> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ImageField::wireName, Function.identity()));

  /** Who gives a field its value. */
  public enum Writer {
    /** The server alone. */
    SERVER,
    /** A client, with the request that creates the image. */
    CREATION,
    /** A client, when it creates or changes the image, but not through a task. */
    CLIENT,
    /** A client and the input of a task. */
    CLIENT_OR_TASK
  }

  /** Where the registry keeps it. */
  public enum Kept {
    /** In a column of images that is called like the field. */
    COLUMN,
    /** In a table of its own. */
    APART,
    /** Nowhere: made for each answer. */
    NOWHERE,
    /** Among the free properties: an image need not have it. */
    PROPERTY
  }

  private final String wireName;
  private final Writer writer;
  private final Kept kept;
  private final FieldType type;
  private final String description;

  ImageField(String wireName, Writer writer, Kept kept, FieldType type, String description) {
    this.wireName = wireName;
    this.writer = writer;
    this.kept = kept;
    this.type = type;
    this.description = description;
  }

  public String wireName() {
    return wireName;
  }

  public FieldType type() {
    return type;
  }

  /** What it is, in a sentence for people. */
  public String description() {
    return description;
  }

  /** Whether every image has it, so that no property may be called like it. */
  public boolean isBase() {
    return kept != Kept.PROPERTY;
  }

  /** Whether only the server gives it. */
  public boolean isReadOnly() {
    return writer == Writer.SERVER;
  }

  /** Whether a client may change it after the creation. */
  public boolean isChangeable() {
    return writer == Writer.CLIENT || writer == Writer.CLIENT_OR_TASK;
  }

  /** Whether the input of a task may give it. */
  public boolean isForTasks() {
    return writer == Writer.CLIENT_OR_TASK;
  }

  /** Whether it has a column of images. */
  public boolean isColumn() {
    return kept == Kept.COLUMN;
  }

  /**
   * Its column of images.
   *
   * @throws IllegalStateException if it has none
   */
  public String column() {
    if (!isColumn()) {
      throw new IllegalStateException(wireName + " is no column");
    }
    return wireName;
  }

  /** The field of that name; empty for a property that is nothing but a name and a text. */
  public static Optional<ImageField> find(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }

  /** The field of that name that every image has; empty for a property. */
  public static Optional<ImageField> findBase(String wireName) {
    return find(wireName).filter(ImageField::isBase);
  }

  /** Whether no field and no property may be called that, because the server may need it. */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name) || name.startsWith(RESERVED_PREFIX);
  }

  /** What values a property of that name takes. */
  public static FieldType propertyType(String name) {
    return find(name).map(ImageField::type).orElse(Text.FREE);
  }

  /**
   * Whether a property may be shown: one that was written before a rule for it was made stays in
   * the registry, but must neither stand for a field of the image nor break the schema.
   */
  public static boolean isShown(String name, String value) {
    return findBase(name).isEmpty()
        && !isReserved(name)
        && PROPERTY_NAME.holds(name)
        && propertyType(name).holds(value);
  }
}
