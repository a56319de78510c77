package dev.vitrine.store.s3;

import dev.vitrine.store.StoreKeys;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsCopy;
import dev.vitrine.store.SupportsListing;
import dev.vitrine.store.SupportsResume;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store in a bucket: published data is an object at {@code <prefix><key>}, unfinished data an
 * upload in parts for that name. Safe for use by many threads and many processes.
 *
 * <p>S3 has no locks: of two writers of one key each has an upload of its own, the later one gives
 * up the earlier one's, and an object is only made where there is none. Data that is known to fit
 * into one part is stored by one request, so that S3 has nothing of it before; a {@link #delete}
 * that comes before that request does not stop it, and whoever publishes has to look afterwards
 * whether the data is still wanted.
 *
 * <p>Memory: two parts for each writer at most, one if they are larger than 64 MiB; 64 KiB for each
 * reader.
 */
public final class S3Store implements SupportsResume, SupportsCopy, SupportsListing, AutoCloseable {

  private final S3StoreConfig config;
  private final String owner;
  private final S3Client client;
  private final S3Objects objects;
  private final S3Uploads uploads;
  private final S3Copies copies;
  private final S3Listing listing;
  private final Uninterrupted requests = new Uninterrupted();

  /**
   * Asks nothing yet: see {@link #requireBucket}.
   *
   * @throws dev.vitrine.error.VitrineException {@code Invalid} if no client can be made of it
   */
  public S3Store(S3StoreConfig config) {
    this(config, S3Clients.of(config));
  }

  S3Store(S3StoreConfig config, S3Client client) {
    this(config, client, S3Copies.MOST_AT_ONCE);
  }

  /**
   * @param copiedAtOnce bytes of the largest object that is copied by one request
   */
  S3Store(S3StoreConfig config, S3Client client, long copiedAtOnce) {
    this.config = config;
    this.owner = "store '%s'".formatted(config.name());
    this.client = client;
    S3Requests all = new S3Requests(client, config);
    this.objects = new S3Objects(all);
    this.uploads = new S3Uploads(all, objects);
    this.listing = new S3Listing(all);
    this.copies = new S3Copies(all, objects, uploads, copiedAtOnce);
  }

  /**
   * Requires that the bucket is there and may be used.
   *
   * @throws dev.vitrine.error.VitrineException {@code Invalid} if S3 refuses, which takes another
   *     configuration; {@code Unavailable} if it does not answer
   */
  public void requireBucket() {
    requests.run(objects::requireBucket);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public OptionalLong size(String key) {
    StoreKeys.require(owner, key);
    return requests
        .call(() -> objects.find(key))
        .map(object -> OptionalLong.of(object.size()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public InputStream open(String key, long offset) {
    StoreKeys.require(owner, key);
    ResponseInputStream<?> answer = objects.open(key, offset, null);
    return answer == null ? InputStream.nullInputStream() : new S3Stream(answer);
  }

  @Override
  public StoreReader reader(String key) {
    StoreKeys.require(owner, key);
    StoredObject object =
        requests.call(() -> objects.find(key)).orElseThrow(() -> objects.nothingUnder(key));
    return new S3Reader(objects, owner, key, object);
  }

  @Override
  public StoreWriter create(String key, @Nullable Long size) {
    StoreKeys.require(owner, key);
    PartPlan plan = PartPlan.of(config.partSize(), size);
    boolean small = size != null && size <= plan.first();
    return requests.call(
        () -> {
          if (objects.find(key).isPresent()) {
            throw objects.published(key);
          }
          Upload upload = null;
          if (small) {
            uploads.abortAll(key);
          } else {
            upload = uploads.begin(key, plan);
          }
          return new S3Writer(objects, uploads, requests, key, plan, upload, List.of());
        });
  }

  @Override
  public long unfinished(String key, @Nullable String token) {
    StoreKeys.require(owner, key);
    return requests.call(() -> uploads.unfinished(key, token));
  }

  @Override
  public StoreWriter resume(String key, @Nullable String token, long offset) {
    StoreKeys.require(owner, key);
    Upload upload = S3Uploads.require(owner, key, token);
    List<StoredPart> kept = requests.call(() -> uploads.partsTo(offset, owner, upload));
    return new S3Writer(objects, uploads, requests, key, upload.plan(), upload, kept);
  }

  @Override
  public boolean confirm(String key) {
    return size(key).isPresent();
  }

  /** As data that fits into one part: a deletion that comes before it is done does not stop it. */
  @Override
  public boolean copy(String from, String to) {
    StoreKeys.require(owner, from);
    StoreKeys.require(owner, to);
    return requests.call(() -> copies.copy(from, to));
  }

  @Override
  public Page list(@Nullable String after, int most) {
    return requests.call(() -> listing.objects(after, most));
  }

  @Override
  public Page listUnfinished(@Nullable String after) {
    return requests.call(() -> listing.uploads(after));
  }

  /** Uploads first: one that is completed meanwhile leaves an object for the second step. */
  @Override
  public void delete(String key) {
    StoreKeys.require(owner, key);
    requests.run(
        () -> {
          uploads.abortAll(key);
          objects.remove(key);
        });
  }

  /** Gives up all connections; nothing works afterwards. */
  @Override
  public void close() {
    client.close();
  }
}
