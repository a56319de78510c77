package dev.vitrine.store.s3;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an answer of S3 that isn't the wanted one means.
 *
 * <p>Nothing of it is the fault of whoever sends or reads an image, so that all is transient but
 * the lack of room: an operator mends it, and what waits goes on. Codes are those of Amazon's list
 * of error responses, and of servers that count quotas.
 */
final class S3Errors {

  private static final Set<String> FULL =
      Set.of(
          "InsufficientStorage",
          "QuotaExceeded",
          "XMinioStorageFull",
          "XMinioAdminBucketQuotaExceeded");

  /** How the client begins a list of all the places where it has looked. */
  private static final String NO_CREDENTIALS = "Unable to load credentials from any of";

  private static final int INSUFFICIENT_STORAGE = 507;

  /** Of a long answer enough for a message. */
  private static final int WORDS = 400;

  private S3Errors() {}

  /**
   * The error of our own.
   *
   * @param owner which store, for the message
   * @param what was to be done, for the message: {@code read KEY}
   */
  static VitrineException of(String owner, String what, SdkException e) {
    return VitrineException.because(e, meant(owner, what, e));
  }

  private static VitrineException meant(String owner, String what, SdkException e) {
    if (e instanceof AwsServiceException answered) {
      int status = answered.statusCode();
      String code = code(answered);
      String message =
          "%s can't %s: it answered %d%s"
              .formatted(owner, what, status, words(code, answered.awsErrorDetails()));
      if (status == INSUFFICIENT_STORAGE || FULL.contains(code)) {
        return new StorageFull(message + "; free or add space");
      }
      return new Unavailable(message + advice(status, code));
    }
    if (String.valueOf(e.getMessage()).startsWith(NO_CREDENTIALS)) {
      return new Unavailable(
          "%s can't %s: there are no credentials; give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                  .formatted(owner, what)
              + " a profile in ~/.aws, or the machine a role");
    }
    return new Unavailable(
        "%s does not answer, or could not be asked, to %s: %s"
            .formatted(owner, what, Excerpt.of(reason(e), WORDS)));
  }

  /** The answer's code, such as {@code NoSuchUpload}; empty if it had no body. */
  static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String words(String code, @Nullable AwsErrorDetails details) {
    String message = details == null ? null : details.errorMessage();
    String said = message == null || message.isBlank() ? "" : " (" + message + ")";
    return (code.isEmpty() ? "" : " " + code) + Excerpt.of(said, WORDS);
  }

  private static String advice(int status, String code) {
    if (code.equals("NoSuchBucket")) {
      return "; make the bucket, or correct its name";
    }
    return switch (status) {
      case 301 -> "; the bucket is in another region: correct the store's region";
      case 401, 403 -> "; check the credentials, and what they may do with the bucket";
      default -> "";
    };
  }

  /** The innermost cause says more than what wraps it. */
  private static String reason(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = String.valueOf(innermost.getMessage());
    return innermost == e ? message : innermost.getClass().getSimpleName() + ": " + message;
  }
}
