package dev.vitrine.store.s3;

import static dev.vitrine.store.s3.S3Requests.text;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The objects of one bucket, by a store's keys. Safe for use by many threads. */
final class S3Objects {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int THEIR_FAULT = 500;

  private final S3Requests requests;

  S3Objects(S3Requests requests) {
    this.requests = requests;
  }

  /**
   * Requires that the bucket answers.
   *
   * @throws Invalid if it says that it isn't there, or not for us
   * @throws Unavailable if it does not answer
   */
  void requireBucket() {
    String what = "use the bucket";
    try {
      requests.client().headBucket(request -> request.bucket(requests.bucket()));
    } catch (AwsServiceException e) {
      if (e.statusCode() == NOT_FOUND) {
        throw new Invalid(
            "%s: there is no such bucket; make it, or correct its name"
                .formatted(requests.owner()));
      }
      VitrineException error = S3Errors.of(requests.owner(), what, e);
      throw e.statusCode() < THEIR_FAULT ? new Invalid(String.valueOf(error.getMessage())) : error;
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), what, e);
    }
  }

  /** What is published under the key. */
  Optional<StoredObject> find(String key) {
    String what = "look for " + key;
    try {
      HeadObjectResponse head =
          requests
              .client()
              .headObject(request -> request.bucket(requests.bucket()).key(requests.name(key)));
      return Optional.of(
          new StoredObject(
              head.contentLength(),
              text(head.eTag()),
              head.serverSideEncryption(),
              head.hasMetadata() ? head.metadata() : Map.of()));
    } catch (AwsServiceException e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw S3Errors.of(requests.owner(), what, e);
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), what, e);
    }
  }

  /**
   * Opens the object from that byte on; null if it has no more.
   *
   * @param etag that it must have; null for any
   * @throws NotFound if there is none
   */
  @Nullable ResponseInputStream<GetObjectResponse> open(
      String key, long offset, @Nullable String etag) {
    String what = "read " + key;
    try {
      return requests
          .client()
          .getObject(
              request ->
                  request
                      .bucket(requests.bucket())
                      .key(requests.name(key))
                      .range(offset == 0 ? null : "bytes=%d-".formatted(offset))
                      .ifMatch(etag));
    } catch (NoSuchKeyException e) {
      throw nothingUnder(key);
    } catch (AwsServiceException e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return null;
      }
      throw S3Errors.of(requests.owner(), what, e);
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), what, e);
    }
  }

  NotFound nothingUnder(String key) {
    return new NotFound("store '%s' has nothing under %s".formatted(requests.store(), key));
  }

  /**
   * Stores an object in one request, if there is none.
   *
   * @throws Conflict if there is another one
   */
  void put(String key, PartBuffer data) {
    byte[] md5 = data.md5();
    String what = "store " + key;
    try {
      PutObjectResponse stored =
          requests.ifNothingThere(
              condition ->
                  requests
                      .client()
                      .putObject(
                          request ->
                              request
                                  .bucket(requests.bucket())
                                  .key(requests.name(key))
                                  .ifNoneMatch(condition)
                                  .metadata(requests.metadata())
                                  .contentMD5(Base64.getEncoder().encodeToString(md5))
                                  .overrideConfiguration(
                                      override ->
                                          override.apiCallAttemptTimeout(
                                              S3Requests.timeToSend(data.size()))),
                          S3Requests.body(data)));
      if (Etag.denies(text(stored.eTag()), stored.serverSideEncryption(), md5)) {
        throw otherBytes(key, text(stored.eTag()));
      }
    } catch (AwsServiceException e) {
      if (e.statusCode() != PRECONDITION_FAILED) {
        throw S3Errors.of(requests.owner(), what, e);
      }
      // Perhaps it is ours: S3 had stored it, and we were not told and asked once more.
      Optional<StoredObject> there = find(key);
      if (there.isEmpty()
          || there.get().size() != data.size()
          || Etag.denies(there.get().etag(), there.get().encryption(), md5)) {
        throw published(key);
      }
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), what, e);
    }
  }

  Conflict published(String key) {
    return new Conflict("store '%s': %s is published already".formatted(requests.store(), key));
  }

  /** Removes what was stored otherwise than it was sent, and says so. */
  Unavailable otherBytes(String key, String etag) {
    remove(key);
    return new Unavailable(
        "%s stored other bytes under %s than were sent (its tag is %s); they were removed"
            .formatted(requests.owner(), key, etag));
  }

  /** Idempotent. */
  void remove(String key) {
    requests.ask(
        "remove " + key,
        () ->
            requests
                .client()
                .deleteObject(
                    request -> request.bucket(requests.bucket()).key(requests.name(key))));
  }
}
