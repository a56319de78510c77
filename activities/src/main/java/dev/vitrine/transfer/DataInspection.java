package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ImageData;
import dev.vitrine.inspect.FormatInspection;
import dev.vitrine.inspect.Verdict;
import dev.vitrine.inspect.Verdict.Accepted;
import dev.vitrine.inspect.Verdict.Refused;
import dev.vitrine.signature.SignatureCheck;
import dev.vitrine.transfer.Buffers.Buffer;
import org.jspecify.annotations.Nullable;

/** What a pass has inspected on the way, or nothing where that isn't wanted. For one thread. */
final class DataInspection {

  private final Object subject;
  private final @Nullable FormatInspection inspection;
  private final @Nullable SignatureCheck signature;

  /**
   * @param subject what the data belongs to, for messages
   * @param declared the disk format; null for no inspection
   * @param signature that the data is compared with; null for none
   */
  DataInspection(Object subject, @Nullable String declared, @Nullable SignatureCheck signature) {
    this.subject = subject;
    this.signature = signature;
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
    if (signature != null) {
      signature.take(buffer.bytes, 0, buffer.length);
    }
  }

  /**
   * After all of the data.
   *
   * @return what was measured, and what the inspection tells of it
   * @throws FormatRefused if the whole is not what it was declared to be
   * @throws Invalid if it is not what was signed
   */
  ImageData finish(ImageData measured) {
    if (signature != null) {
      try {
        signature.finish();
      } catch (Invalid e) {
        throw refusal(subject, e);
      }
    }
    if (inspection == null) {
      return measured;
    }
    Verdict verdict = inspection.finish();
    if (verdict instanceof Refused refused) {
      throw refusal(refused);
    }
    return measured.describing(((Accepted) verdict).virtualSize());
  }

  static Invalid refusal(Object subject, Invalid ofSignature) {
    return new Invalid("image %s: %s".formatted(subject, ofSignature.getMessage()));
  }

  private FormatRefused refusal(Refused refused) {
    return new FormatRefused("image %s: %s".formatted(subject, refused.reason()));
  }
}
