package dev.vitrine.store.s3;

import static dev.vitrine.store.s3.S3Requests.text;

import dev.vitrine.error.VitrineException.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Copies that S3 makes itself, within one bucket. Safe for use by many threads. */
final class S3Copies {

  /**
   * Bytes that one request copies. S3 takes 5 GiB; but it says nothing until all is copied, some
   * servers move the bytes to do so, and the client takes a minute's silence for the end.
   */
  static final long MOST_AT_ONCE = 1L << 30;

  private static final int NOT_IMPLEMENTED = 501;

  private final S3Requests requests;
  private final S3Objects objects;
  private final S3Uploads uploads;
  private final long atOnce;

  /**
   * @param atOnce bytes that one request copies at most
   */
  S3Copies(S3Requests requests, S3Objects objects, S3Uploads uploads, long atOnce) {
    this.requests = requests;
    this.objects = objects;
    this.uploads = uploads;
    this.atOnce = atOnce;
  }

  /** As {@link dev.vitrine.store.SupportsCopy#copy}. */
  boolean copy(String from, String to) {
    StoredObject source = objects.find(from).orElseThrow(() -> objects.nothingUnder(from));
    if (objects.find(to).isPresent()) {
      throw objects.published(to);
    }
    if (source.size() / atOnce >= PartPlan.MOST_PARTS) {
      return false;
    }
    try {
      if (source.size() <= atOnce) {
        uploads.abortAll(to);
        whole(from, source, to);
      } else {
        inParts(from, source, to);
      }
    } catch (AwsServiceException e) {
      if (e.statusCode() == NOT_IMPLEMENTED) {
        return false;
      }
      throw S3Errors.of(requests.owner(), "copy %s to %s".formatted(from, to), e);
    } catch (SdkException e) {
      throw S3Errors.of(requests.owner(), "copy %s to %s".formatted(from, to), e);
    }
    Optional<StoredObject> copied = objects.find(to);
    if (copied.isEmpty() || copied.get().size() != source.size()) {
      throw otherSize(to, source, copied.map(StoredObject::size).orElse(null));
    }
    return true;
  }

  private Unavailable otherSize(String to, StoredObject source, @Nullable Long size) {
    if (size != null) {
      objects.remove(to);
    }
    return new Unavailable(
        "%s: the copy at %s of %d bytes has %s"
            .formatted(
                requests.owner(), to, source.size(), size == null ? "vanished" : size + " bytes"));
  }

  private void whole(String from, StoredObject source, String to) {
    client()
        .copyObject(
            request ->
                request
                    .sourceBucket(requests.bucket())
                    .sourceKey(requests.name(from))
                    .copySourceIfMatch(condition(source))
                    .destinationBucket(requests.bucket())
                    .destinationKey(requests.name(to)));
  }

  private void inParts(String from, StoredObject source, String to) {
    Upload upload = uploads.begin(to, new PartPlan(atOnce, PartPlan.MOST_PARTS));
    boolean complete = false;
    try {
      List<StoredPart> parts = new ArrayList<>();
      for (long start = 0; start < source.size(); start += atOnce) {
        long end = Math.min(start + atOnce, source.size());
        parts.add(part(upload, parts.size() + 1, from, source, start, end));
      }
      uploads.complete(upload, parts);
      complete = true;
    } finally {
      if (!complete) {
        uploads.abort(to, upload.id());
      }
    }
  }

  private StoredPart part(
      Upload upload, int number, String from, StoredObject source, long start, long end) {
    String etag =
        client()
            .uploadPartCopy(
                request ->
                    request
                        .sourceBucket(requests.bucket())
                        .sourceKey(requests.name(from))
                        .copySourceIfMatch(condition(source))
                        .copySourceRange("bytes=%d-%d".formatted(start, end - 1))
                        .destinationBucket(requests.bucket())
                        .destinationKey(requests.name(upload.key()))
                        .uploadId(upload.id())
                        .partNumber(number))
            .copyPartResult()
            .eTag();
    return new StoredPart(number, end - start, text(etag));
  }

  private static @Nullable String condition(StoredObject source) {
    return source.etag().isEmpty() ? null : source.etag();
  }

  private S3Client client() {
    return requests.client();
  }
}
