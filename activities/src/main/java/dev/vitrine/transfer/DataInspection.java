package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.image.ImageData;
import dev.vitrine.inspect.FormatInspection;
import dev.vitrine.inspect.Verdict;
import dev.vitrine.inspect.Verdict.Accepted;
import dev.vitrine.inspect.Verdict.Refused;
import dev.vitrine.transfer.Buffers.Buffer;
import org.jspecify.annotations.Nullable;

/** What a pass has inspected on the way, or nothing where that isn't wanted. For one thread. */
final class DataInspection {

  private final Object subject;
  private final @Nullable FormatInspection inspection;

  /**
   * @param subject what the data belongs to, for messages
   * @param declared the disk format; null for no inspection
   */
  DataInspection(Object subject, @Nullable String declared) {
    this.subject = subject;
    this.inspection = declared == null ? null : new FormatInspection(declared);
  }

  /**
   * Takes in what comes next.
   *
   * @throws FormatRefused if that shows that the data is not what it was declared to be
   */
  void take(Buffer buffer) {
    Refused refused = inspection == null ? null : inspection.take(buffer.bytes, 0, buffer.length);
    if (refused != null) {
      throw refusal(refused);
    }
  }

  /**
   * After all of the data.
   *
   * @return what was measured, and what the inspection tells of it
   * @throws FormatRefused if the whole is not what it was declared to be
   */
  ImageData finish(ImageData measured) {
    if (inspection == null) {
      return measured;
    }
    Verdict verdict = inspection.finish();
    if (verdict instanceof Refused refused) {
      throw refusal(refused);
    }
    return measured.describing(((Accepted) verdict).virtualSize());
  }

  private FormatRefused refusal(Refused refused) {
    return new FormatRefused("image %s: %s".formatted(subject, refused.reason()));
  }
}
