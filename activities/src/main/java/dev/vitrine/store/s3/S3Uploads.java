package dev.vitrine.store.s3;

import static dev.vitrine.store.s3.S3Requests.text;

import dev.vitrine.error.VitrineException.Unavailable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The uploads in parts to one bucket, by a store's keys. Safe for use by many threads. */
final class S3Uploads {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Requests requests;
  private final S3Objects objects;

  S3Uploads(S3Requests requests, S3Objects objects) {
    this.requests = requests;
    this.objects = objects;
  }

  /** Bytes in whole parts that the writer which gave that token has left; none without one. */
  long unfinished(String key, @Nullable String token) {
    return find(key, token).map(upload -> total(parts(upload))).orElse(0L);
  }

  private static Optional<Upload> find(String key, @Nullable String token) {
    return token == null ? Optional.empty() : Upload.of(key, token);
  }

  private static long total(List<StoredPart> parts) {
    return parts.stream().mapToLong(StoredPart::size).sum();
  }

  /**
   * The upload that the writer which gave that token has left.
   *
   * @param owner whose it is, for the message
   * @throws Unavailable if the token is none
   */
  static Upload require(String owner, String key, @Nullable String token) {
    return find(key, token)
        .orElseThrow(
            () ->
                new Unavailable(
                    "%s: nothing is known of an upload of %s to go on with".formatted(owner, key)));
  }

  /**
   * Its parts up to a byte that one of them ends at.
   *
   * @param owner whose it is, for the message
   * @throws Unavailable if none does
   */
  List<StoredPart> partsTo(long offset, String owner, Upload upload) {
    List<StoredPart> there = parts(upload);
    int kept = 0;
    long bytes = 0;
    while (bytes < offset && kept < there.size()) {
      bytes += there.get(kept).size();
      kept++;
    }
    if (bytes != offset) {
      throw new Unavailable(
          "%s: %s has %d bytes in whole parts, and none of these ends at the %d to go on from"
              .formatted(owner, upload.key(), total(there), offset));
    }
    return there.subList(0, kept);
  }

  /** Begins one, and gives up those that were begun for the key before. */
  Upload begin(String key, PartPlan plan) {
    abortAll(key);
    String id =
        requests.ask(
            "begin the upload of " + key,
            () ->
                requests
                    .client()
                    .createMultipartUpload(
                        request ->
                            request
                                .bucket(requests.bucket())
                                .key(requests.name(key))
                                .metadata(requests.metadata()))
                    .uploadId());
    return new Upload(key, plan, id);
  }

  /** Sends a part; it is durable when this returns. */
  StoredPart send(Upload upload, int number, PartBuffer data) {
    String key = upload.key();
    byte[] md5 = data.md5();
    String what = "store part %d of %s".formatted(number, key);
    try {
      UploadPartResponse stored =
          requests
              .client()
              .uploadPart(
                  request ->
                      request
                          .bucket(requests.bucket())
                          .key(requests.name(key))
                          .uploadId(upload.id())
                          .partNumber(number)
                          .contentMD5(Base64.getEncoder().encodeToString(md5))
                          .overrideConfiguration(
                              override ->
                                  override.apiCallAttemptTimeout(
                                      S3Requests.timeToSend(data.size()))),
                  S3Requests.body(data));
      String etag = text(stored.eTag());
      if (Etag.denies(etag, stored.serverSideEncryption(), md5)) {
        throw new Unavailable(
            "%s stored other bytes as part %d of %s than were sent (its tag is %s)"
                .formatted(requests.owner(), number, key, etag));
      }
      return new StoredPart(number, data.size(), etag);
    } catch (NoSuchUploadException e) {
      throw gone(key);
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), what, e);
    }
  }

  private Unavailable gone(String key) {
    return new Unavailable(
        "%s: %s was removed while it was written".formatted(requests.owner(), key));
  }

  /** The parts from the first on to where one is missing; none if there is no such upload. */
  List<StoredPart> parts(Upload upload) {
    String key = upload.key();
    List<StoredPart> parts = new ArrayList<>();
    try {
      requests
          .client()
          .listPartsPaginator(
              request ->
                  request.bucket(requests.bucket()).key(requests.name(key)).uploadId(upload.id()))
          .parts()
          .forEach(
              part -> parts.add(new StoredPart(part.partNumber(), part.size(), text(part.eTag()))));
    } catch (AwsServiceException e) {
      if (e.statusCode() == NOT_FOUND) {
        return List.of();
      }
      throw S3Errors.of(requests.owner(), "list the parts of " + key, e);
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), "list the parts of " + key, e);
    }
    parts.sort(Comparator.comparingInt(StoredPart::number));
    int whole = 0;
    while (whole < parts.size() && parts.get(whole).number() == whole + 1) {
      whole++;
    }
    return parts.subList(0, whole);
  }

  /**
   * Makes an object of the parts, if each is still what its tag says and there is no object.
   *
   * @throws Unavailable if the upload was given up meanwhile
   */
  void complete(Upload upload, List<StoredPart> parts) {
    String key = upload.key();
    String what = "put together the %d parts of %s".formatted(parts.size(), key);
    try {
      CompleteMultipartUploadResponse stored =
          requests.ifNothingThere(condition -> complete(upload, parts, condition));
      if (Etag.denies(text(stored.eTag()), stored.serverSideEncryption(), parts)) {
        throw objects.otherBytes(key, text(stored.eTag()));
      }
    } catch (AwsServiceException e) {
      boolean there = e.statusCode() == PRECONDITION_FAILED;
      if (!there && !(e instanceof NoSuchUploadException)) {
        throw S3Errors.of(requests.owner(), what, e);
      }
      // Perhaps it is ours: S3 had put it together, and we were not told and asked once more.
      Optional<StoredObject> found = objects.find(key);
      if (found.isEmpty()) {
        throw gone(key);
      }
      long size = parts.stream().mapToLong(StoredPart::size).sum();
      StoredObject object = found.get();
      if (object.size() != size || Etag.denies(object.etag(), object.encryption(), parts)) {
        throw objects.published(key);
      }
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), what, e);
    }
  }

  private CompleteMultipartUploadResponse complete(
      Upload upload, List<StoredPart> parts, @Nullable String condition) {
    List<CompletedPart> completed =
        parts.stream()
            .map(
                part -> CompletedPart.builder().partNumber(part.number()).eTag(part.etag()).build())
            .toList();
    return requests
        .client()
        .completeMultipartUpload(
            request ->
                request
                    .bucket(requests.bucket())
                    .key(requests.name(upload.key()))
                    .uploadId(upload.id())
                    .ifNoneMatch(condition)
                    .multipartUpload(all -> all.parts(completed)));
  }

  /** Gives an upload up with all its parts; nothing if it is over. */
  void abort(String key, String id) {
    try {
      requests
          .client()
          .abortMultipartUpload(
              request -> request.bucket(requests.bucket()).key(requests.name(key)).uploadId(id));
    } catch (NoSuchUploadException e) {
      // It was given up already, or has become an object.
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), "give up the upload of " + key, e);
    }
  }

  /** Gives up all that were begun for the key, by whomever. */
  void abortAll(String key) {
    String name = requests.name(key);
    List<MultipartUpload> begun =
        requests.ask(
            "list the uploads of " + key,
            () ->
                requests
                    .client()
                    .listMultipartUploadsPaginator(
                        request -> request.bucket(requests.bucket()).prefix(name))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.key().equals(name))
                    .toList());
    begun.forEach(upload -> abort(key, upload.uploadId()));
  }
}
