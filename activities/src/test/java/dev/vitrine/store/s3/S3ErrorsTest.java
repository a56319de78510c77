package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.error.ErrorKind;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
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

  @Test
  void saysWhereCredentialsMayBeGiven() {
    AwsCredentialsProviderChain nowhere =
        AwsCredentialsProviderChain.of(
            () -> {
              throw SdkClientException.create("none here");
            });

    assertThatThrownBy(nowhere::resolveCredentials)
        .isInstanceOfSatisfying(
            SdkException.class,
            e ->
                assertThat(S3Errors.of(OWNER, "use the bucket", e))
                    .hasMessageStartingWith(
                        OWNER + " can't use the bucket: there are no credentials")
                    .hasMessageContaining("AWS_ACCESS_KEY_ID"));
  }

  @Test
  void saysThatNoRegionIsKnown() {
    S3StoreConfig config =
        new S3StoreConfig("cold", "images", "", null, null, false, 8L << 20, "no-such-profile");
    System.setProperty("aws.disableEc2Metadata", "true");
    try {
      assumeThat(System.getenv("AWS_REGION")).isNull();
      assertThatThrownBy(() -> S3Clients.of(config))
          .isInstanceOf(Invalid.class)
          .hasMessage(
              "store 'cold' (bucket images): nothing says in which region it is; give the store a"
                  + " region, or AWS_REGION");
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
    }
  }

  private static SdkException answer(int status, String code, String message) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
