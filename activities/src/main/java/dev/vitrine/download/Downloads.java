package dev.vitrine.download;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.Locations;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.source.SourceConfig;
import dev.vitrine.source.WebSource;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.Stores;
import dev.vitrine.thread.DaemonThreads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens images' data for those who may read it, from the first of its locations that answers, the
 * heaviest store first. Safe for use by many threads; its own keeps no process alive.
 */
public final class Downloads {

  private static final Logger log = LoggerFactory.getLogger(Downloads.class);
  private static final String VERB = "download";

  private final Locations locations;
  private final GuardedData data;
  private final Stores stores;
  private final WebSource web;
  private final Duration readTimeout;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("vitrine-download"));

  /**
   * @param data asked whether the data may be read
   * @param stores those that locations may be in
   * @param config how web sources are read
   */
  public Downloads(Locations locations, GuardedData data, Stores stores, SourceConfig config) {
    this.locations = locations;
    this.data = data;
    this.stores = stores;
    this.web = new WebSource(config);
    this.readTimeout = config.readTimeout();
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Opens the data, or a part of it.
   *
   * @param image as the registry has it
   * @param offset where to begin; at most the image's size
   * @param length how many bytes; null for all the rest. Only where the image's size is known
   * @throws VitrineException the refusal: not found, forbidden (deactivated), conflict (no data
   *     yet); invalid if the part isn't in the data; unavailable if no location answers
   */
  public Download open(Image image, Requester by, long offset, @Nullable Long length) {
    data.require(image, by, VERB);
    requireInside(image, offset, length);
    List<Location> locations =
        this.locations.of(image.id()).stream()
            .filter(location -> location.status() == LocationStatus.ACTIVE)
            .sorted(Comparator.comparingInt(location -> -stores.weight(location.store())))
            .toList();
    if (locations.isEmpty() && image.size() != null && image.size() == 0) {
      return new Download(display(image), new Nothing(), 0, 0L, 0L);
    }
    Unavailable unreadable = new Unavailable("image %s: its data is nowhere".formatted(image.id()));
    for (Location location : locations) {
      try {
        return open(image, location, offset, length);
      } catch (VitrineException e) {
        log.warn("image {} can't be read: {}", image.id(), e.getMessage());
        unreadable =
            VitrineException.because(
                e,
                new Unavailable(
                    "image %s: its data can't be read at present: %s"
                        .formatted(image.id(), e.getMessage())));
      }
    }
    // It may have been deleted after it was looked up: then that is the reason.
    data.require(image.id(), by, VERB);
    throw unreadable;
  }

  private static void requireInside(Image image, long offset, @Nullable Long length) {
    Long size = image.size();
    boolean inside =
        size == null
            ? offset >= 0 && length == null
            : offset >= 0
                && offset <= size
                && (length == null || (length >= 0 && length <= size - offset));
    if (!inside) {
      throw new Invalid(
          "image %s: %s bytes from %d on are not within its size (%s)"
              .formatted(
                  image.id(),
                  length == null ? "the" : length,
                  offset,
                  size == null ? "not known" : size));
    }
  }

  private Download open(Image image, Location location, long offset, @Nullable Long length) {
    return location.store().equals(Location.EXTERNAL)
        ? external(image, new Source.Url(location.key()), offset, length)
        : stored(image, stores.require(location.store()), location.key(), offset, length);
  }

  private static Download stored(
      Image image, Store store, String key, long offset, @Nullable Long length) {
    StoreReader reader;
    try {
      reader = store.reader(key);
    } catch (NotFound e) {
      throw VitrineException.because(
          e, new Unavailable("%s is missing: %s".formatted(display(image), e.getMessage())));
    }
    try {
      String display = "%s in store '%s'".formatted(display(image), store.name());
      return download(display, image, reader.size(), new Stored(reader), offset, length);
    } catch (VitrineException e) {
      reader.close();
      throw e;
    }
  }

  private Download external(Image image, Source.Url url, long offset, @Nullable Long length) {
    OpenSource opened;
    try {
      // What is registered elsewhere is taken for the same at every read, as Glance does.
      ResumePoint from = new ResumePoint(offset, image.size(), null, true);
      opened = web.openOnce(url.url(), url.display(), from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("%s: the download was interrupted".formatted(display(image)));
    }
    WebBytes bytes = new WebBytes(opened, readTimeout, timer);
    try {
      bytes.skipTo(offset);
      return download(opened.display(), image, opened.size(), bytes, offset, length);
    } catch (VitrineException e) {
      bytes.close();
      throw e;
    }
  }

  private static Download download(
      String display,
      Image image,
      @Nullable Long found,
      Download.Bytes bytes,
      long offset,
      @Nullable Long length) {
    Long recorded = image.size();
    if (recorded != null && found != null && !recorded.equals(found)) {
      throw new Unavailable(
          "%s has %d bytes, but the image has %d".formatted(display, found, recorded));
    }
    Long size = recorded == null ? found : recorded;
    Long end = length == null ? size : Long.valueOf(offset + length);
    return new Download(display, bytes, offset, size, end);
  }

  private static String display(Image image) {
    return "the data of image " + image.id();
  }

  private record Stored(StoreReader reader) implements Download.Bytes {

    @Override
    public int read(ByteBuffer into, long position) {
      return reader.read(into, position);
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private record Nothing() implements Download.Bytes {

    @Override
    public int read(ByteBuffer into, long position) {
      return -1;
    }

    @Override
    public void close() {}
  }
}
