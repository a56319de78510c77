package dev.vitrine.image;

import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the uploader declared of the data beforehand; null where nothing was declared.
 *
 * @param size bytes
 * @param checksum MD5, 32 lower-case hexadecimal digits
 * @param sha512 SHA-512, 128 lower-case hexadecimal digits
 */
@Wire
public record ExpectedData(
    @Nullable Long size, @Nullable String checksum, @Nullable String sha512) {

  /** Nothing was declared. */
  public static final ExpectedData NONE = new ExpectedData(null, null, null);

  public ExpectedData {
    if (size != null && size < 0) {
      throw new Invalid("declared size %d: give a number of bytes, 0 or more".formatted(size));
    }
    if (checksum != null && !checksum.matches("[0-9a-f]{32}")) {
      throw new Invalid(
          "declared checksum '%s': give 32 lower-case hex digits".formatted(checksum));
    }
    if (sha512 != null && !sha512.matches("[0-9a-f]{128}")) {
      throw new Invalid("declared sha512 '%s': give 128 lower-case hex digits".formatted(sha512));
    }
  }

  /** Everything is declared, so a copy of known data is checked against it. */
  public static ExpectedData exactly(ImageData data) {
    return new ExpectedData(data.size(), data.checksum(), data.sha512());
  }

  /**
   * Checks what arrived against what was declared.
   *
   * @throws DataMismatch naming both values
   */
  public void verify(Object imageId, ImageData actual) {
    if (size != null && size != actual.size()) {
      throw new DataMismatch(
          "image %s: expected %d bytes, got %d".formatted(imageId, size, actual.size()));
    }
    check(imageId, "checksum (MD5)", checksum, actual.checksum());
    check(imageId, "SHA-512", sha512, actual.sha512());
  }

  private static void check(Object imageId, String name, @Nullable String declared, String got) {
    if (declared != null && !Objects.equals(declared, got)) {
      throw new DataMismatch(
          "image %s: expected %s %s, got %s".formatted(imageId, name, declared, got));
    }
  }
}
