package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.ErrorKind;
import dev.vitrine.error.VitrineException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class S3ErrorsTest {

  private static final String OWNER = "store 'cold' (bucket images)";

  @ParameterizedTest
  @CsvSource({
    "500, InternalError, UNAVAILABLE, it answered 500 InternalError",
    "503, SlowDown, UNAVAILABLE, it answered 503 SlowDown",
    "429, TooManyRequests, UNAVAILABLE, it answered 429",
    "403, AccessDenied, UNAVAILABLE, check the credentials",
    "403, SignatureDoesNotMatch, UNAVAILABLE, check the credentials",
    "404, NoSuchBucket, UNAVAILABLE, make the bucket",
    "301, PermanentRedirect, UNAVAILABLE, correct the store's region",
    "400, BadDigest, UNAVAILABLE, it answered 400 BadDigest",
    "507, InsufficientStorage, STORAGE_FULL, free or add space",
    "507, XMinioStorageFull, STORAGE_FULL, free or add space",
    "403, QuotaExceeded, STORAGE_FULL, free or add space",
  })
  void saysWhatAnAnswerMeans(int status, String code, ErrorKind kind, String words) {
    VitrineException error = S3Errors.of(OWNER, "store KEY", answer(status, code, "Said so."));

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error)
        .hasMessageStartingWith(
            "store 'cold' (bucket images) can't store KEY: it answered " + status)
        .hasMessageContaining("(Said so.)")
        .hasMessageContaining(words);
  }

  @Test
  void takesAnAnswerWithoutABody() {
    SdkException bare = S3Exception.builder().statusCode(503).build();

    assertThat(S3Errors.of(OWNER, "look for KEY", bare))
        .hasMessage("store 'cold' (bucket images) can't look for KEY: it answered 503");
  }

  @Test
  void namesTheInnermostReasonWhereThereIsNoAnswer() {
    SdkException silent =
        SdkClientException.create("Unable to execute", new ConnectException("Connection refused"));

    VitrineException error = S3Errors.of(OWNER, "store KEY", silent);

    assertThat(error.isTransient()).isTrue();
    assertThat(error)
        .hasMessage(
            "store 'cold' (bucket images) does not answer, or could not be asked, to store KEY:"
                + " ConnectException: Connection refused");
  }

  private static SdkException answer(int status, String code, String message) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
