package dev.vitrine.store.s3;

import dev.vitrine.store.StoreKeys;
import dev.vitrine.store.SupportsListing.Listed;
import dev.vitrine.store.SupportsListing.Page;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What one bucket has, by a store's keys. Safe for use by many threads. */
final class S3Listing {

  private final S3Requests requests;

  S3Listing(S3Requests requests) {
    this.requests = requests;
  }

  /** As {@link dev.vitrine.store.SupportsListing#list}. */
  Page objects(@Nullable String after, int most) {
    ListObjectsV2Response page =
        requests.ask(
            "list its keys",
            () ->
                requests
                    .client()
                    .listObjectsV2(
                        request ->
                            request
                                .bucket(requests.bucket())
                                .prefix(requests.name(""))
                                .startAfter(after == null ? null : requests.name(after))
                                .maxKeys(most)));
    List<S3Object> objects = page.contents();
    List<Listed> keys =
        objects.stream()
            .filter(object -> StoreKeys.isKey(key(object.key())))
            .map(object -> new Listed(key(object.key()), object.size(), object.lastModified()))
            .toList();
    boolean more = Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty();
    return new Page(keys, more ? key(objects.get(objects.size() - 1).key()) : null);
  }

  /**
   * As {@link dev.vitrine.store.SupportsListing#listUnfinished}. How many uploads make a page is
   * left to S3, which takes a thousand; not every server can be told.
   */
  Page uploads(@Nullable String after) {
    ListMultipartUploadsResponse page =
        requests.ask(
            "list its uploads",
            () ->
                requests
                    .client()
                    .listMultipartUploads(
                        request ->
                            request
                                .bucket(requests.bucket())
                                .prefix(requests.name(""))
                                .keyMarker(after == null ? null : requests.name(after))));
    TreeMap<String, Listed> keys = new TreeMap<>();
    for (MultipartUpload upload : page.uploads()) {
      String key = key(upload.key());
      if (StoreKeys.isKey(key)) {
        keys.merge(key, new Listed(key, 0, since(upload)), S3Listing::later);
      }
    }
    boolean more = Boolean.TRUE.equals(page.isTruncated()) && page.nextKeyMarker() != null;
    return new Page(List.copyOf(keys.values()), more ? key(page.nextKeyMarker()) : null);
  }

  /** As young as may be, where a server does not say. */
  private static Instant since(MultipartUpload upload) {
    Instant initiated = upload.initiated();
    return initiated == null ? Instant.now() : initiated;
  }

  private static Listed later(Listed one, Listed other) {
    return one.since().isBefore(other.since()) ? other : one;
  }

  /** The end of a name, which begins with the prefix as all do that are listed. */
  private String key(String name) {
    return name.substring(Math.min(name.length(), requests.name("").length()));
  }
}
