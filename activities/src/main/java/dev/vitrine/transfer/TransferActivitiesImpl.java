package dev.vitrine.transfer;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.StoresTransferRequest;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedData;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.HiddenQueries;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Locations;
import dev.vitrine.registry.SourceQueries;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.source.FileSource;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.source.ImageSource;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.source.Waiting;
import dev.vitrine.source.WebSource;
import dev.vitrine.store.Stores;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.transfer.AttemptRunner.Subject;
import dev.vitrine.transfer.HeartbeatDetails.Route;
import dev.vitrine.transfer.TransferAttempt.Opener;
import io.temporal.activity.Activity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The moving of data. Safe for use by many threads; its own threads keep no process alive. */
public final class TransferActivitiesImpl implements TransferActivities {

  private static final Logger log = LoggerFactory.getLogger(TransferActivitiesImpl.class);

  private static final long KEPT_SECONDS = 10;

  /** The container format of data that is to stay compressed. */
  private static final String COMPRESSED = "compressed";

  private final Map<UUID, OpenSource> kept = new ConcurrentHashMap<>();
  private final ImageLookup lookup;
  private final Locations locations;
  private final TransferNotes notes;
  private final SourceQueries queries;
  private final Stores stores;
  private final TransferConfig config;
  private final HeldStreams streams;
  private final WebSource web;
  private final FileSource files;
  private final ImageSource images;
  private final ExecutorService executor =
      Executors.newCachedThreadPool(DaemonThreads.named("vitrine-transfer"));
  private final AttemptRunner attempts;

  /**
   * @param lookup asked for the formats that images were declared to have
   * @param notes is told of what was moved
   * @param queries asked for the parts of URLs that workflows do not carry
   * @param guarded asked whether an image's data may be read
   */
  public TransferActivitiesImpl(
      ImageLookup lookup,
      Locations locations,
      TransferNotes notes,
      SourceQueries queries,
      GuardedData guarded,
      Stores stores,
      TransferConfig config,
      HeldStreams streams) {
    this.lookup = lookup;
    this.locations = locations;
    this.notes = notes;
    this.queries = queries;
    this.stores = stores;
    this.config = config;
    this.streams = streams;
    this.web = new WebSource(config.sources());
    this.files = new FileSource(config.sources());
    this.images = new ImageSource(locations, guarded, stores, web);
    this.attempts = new AttemptRunner(notes, config, streams, executor);
  }

  /** The worker is about to stop: its transfers shall notice within a moment. */
  public void hurry() {
    attempts.hurry();
  }

  @Override
  public Transferred transfer(TransferRequest request) {
    ActivityAttempt activity = ActivityAttempt.ofActivity();
    return Transferred.of(transfer(request, activity), activity.attempt());
  }

  ImageData transfer(TransferRequest request, ActivityAttempt activity) {
    return transfer(request, activity, null, StoreTarget::record);
  }

  /**
   * @param opened the source, if somebody has opened it already
   * @param recorder notes what was measured; not called where a transfer that runs already does
   */
  ImageData transfer(
      TransferRequest request,
      ActivityAttempt activity,
      @Nullable OpenSource opened,
      BiConsumer<StoreTarget, ImageData> recorder) {
    String handle = request.source() instanceof Source.HeldStream held ? held.handle() : null;
    return attempts.run(
        new Subject(
            request.location().id(),
            request.taskId(),
            handle,
            new Route(
                request.source().display(), "store '%s'".formatted(request.location().store()))),
        activity,
        attempt -> {
          Location location = request.location();
          StoreTarget target =
              new StoreTarget(
                  lookup, locations, notes, stores.requireWritable(location.store()), location);
          ImageData data = deliver(request, target, attempt, opened).run();
          recorder.accept(target, data);
          return data;
        });
  }

  private TransferAttempt deliver(
      TransferRequest request,
      Target target,
      AttemptProgress attempt,
      @Nullable OpenSource opened) {
    Source source = request.source();
    List<ExpectedData> expected = List.of(request.expected());
    Opener opener;
    if (source instanceof Source.OfImage copied) {
      Image image = images.require(copied.imageId(), request.by(), "copy");
      expected = List.of(request.expected(), ImageSource.recorded(image));
      opener = from -> images.open(image, from, attempt.watchdog());
    } else if (source instanceof Source.HeldStream held) {
      opener = from -> held(held);
    } else if (source instanceof Source.OfLocation copy) {
      expected = List.of(request.expected(), images.measured(copy));
      opener = from -> images.open(copy, from);
    } else if (opened != null) {
      opener = from -> opened;
    } else {
      Source.Url url = (Source.Url) source;
      opener =
          from -> {
            OpenSource kept = opened(request.imageId(), from);
            if (kept != null) {
              return kept;
            }
            return url.isWeb()
                ? web.open(complete(url), url.display(), from, attempt.watchdog())
                : files.open(url.url(), url.display(), from);
          };
    }
    Decompression decompression = config.decompression();
    if (decompression != null && mayBeCompressed(request)) {
      expected = List.of(ofDecompressed(request));
      opener = new DecompressingOpener(opener, decompression, attempt.watchdog());
    }
    boolean resumable = !(source instanceof Source.HeldStream);
    return new TransferAttempt(
        request.imageId(), target, expected, opener, resumable, attempt, config, executor);
  }

  /** Of what is imported: fetched, or staged; as in the reference, no container that says it is. */
  private boolean mayBeCompressed(TransferRequest request) {
    Optional<Image> image = lookup.find(request.imageId());
    boolean imported =
        request.source() instanceof Source.Url
            || image.map(Image::status).equals(Optional.of(ImageStatus.UPLOADING));
    return imported && image.filter(each -> COMPRESSED.equals(each.containerFormat())).isEmpty();
  }

  /** A client says how much it sends, and anybody else how much is to be stored. */
  private static ExpectedData ofDecompressed(TransferRequest request) {
    ExpectedData expected = request.expected();
    return request.source() instanceof Source.HeldStream
        ? new ExpectedData(null, expected.checksum(), expected.sha512())
        : expected;
  }

  /**
   * How much data a source has that is there to be read, or null if it is not known.
   *
   * @throws VitrineException if it can't be read by whoever asks
   */
  @Nullable Long sizeHere(Source.OfImage source, Requester by) {
    return images.require(source.imageId(), by, "copy").size();
  }

  /** Whether this process holds the stream. */
  boolean holds(Source.HeldStream source) {
    return streams.holds(source.handle());
  }

  /** Tells whoever holds the stream, if it is one, how it stands. */
  void tell(Source source, boolean stored) {
    if (source instanceof Source.HeldStream held) {
      streams.tell(held.handle(), stored);
    }
  }

  /**
   * Keeps a source that was opened for an image's transfer that is about to begin, so that it is
   * asked once. What nobody takes within some seconds, because another process does it, is closed.
   */
  void keep(UUID imageId, OpenSource opened) {
    OpenSource before = kept.put(imageId, opened);
    if (before != null) {
      TransferAttempt.close(before);
    }
    CompletableFuture.delayedExecutor(KEPT_SECONDS, TimeUnit.SECONDS, executor)
        .execute(
            () -> {
              if (kept.remove(imageId, opened)) {
                TransferAttempt.close(opened);
              }
            });
  }

  private @Nullable OpenSource opened(UUID imageId, ResumePoint from) {
    OpenSource opened = kept.remove(imageId);
    if (opened != null && from.offset() > 0) {
      TransferAttempt.close(opened);
      return null;
    }
    return opened;
  }

  /**
   * Opens a source from its start, with one try.
   *
   * @param waiting ends the waiting
   */
  OpenSource open(Source.Url url, Waiting waiting) throws InterruptedException {
    return url.isWeb()
        ? web.openOnce(complete(url), url.display(), ResumePoint.START, waiting)
        : files.open(url.url(), url.display(), ResumePoint.START);
  }

  /** With its query string, which nobody else gets to see. */
  private String complete(Source.Url url) {
    return url.query() == null
        ? url.url()
        : url.url()
            + "?"
            + new HiddenQueries(queries, config.sources().key()).reveal(url.url(), url.query());
  }

  /** Named for the client that sends it, which doesn't know this process. */
  private OpenSource held(Source.HeldStream source) {
    HeldStreams.Held held = streams.take(source.handle());
    return new OpenSource("the uploaded stream", held.stream(), 0, held.size(), null, false);
  }

  @Override
  public StoresTransferred transferToStores(StoresTransferRequest request) {
    throw Failures.toTemporal(notYet("transfer into several stores"));
  }

  private static Invalid notYet(String what) {
    return new Invalid("%s: this worker can't do that".formatted(what));
  }

  @Override
  public Transferred exportImage(ExportRequest request) {
    ActivityAttempt activity = ActivityAttempt.ofActivity();
    return Transferred.of(exportImage(request, activity), activity.attempt());
  }

  ImageData exportImage(ExportRequest request, ActivityAttempt activity) {
    return attempts.run(
        new Subject(
            request.taskId(),
            request.taskId(),
            null,
            new Route(
                "image " + request.imageId(), HiddenQuery.shown(request.destination(), null))),
        activity,
        attempt -> {
          Image image = images.require(request.imageId(), request.by(), "export");
          ExportTarget target =
              new ExportTarget(
                  request.taskId(),
                  request.destination(),
                  config,
                  () -> images.require(request.imageId(), request.by(), "export"));
          ImageData data =
              new TransferAttempt(
                      request.imageId(),
                      target,
                      List.of(ImageSource.recorded(image)),
                      from -> images.open(image, from, attempt.watchdog()),
                      true,
                      attempt,
                      config.withoutSizeLimit(),
                      executor)
                  .run();
          notes.recordExported(request.taskId());
          return data;
        });
  }

  @Override
  public void discardExport(UUID taskId, String destination) {
    try {
      new ExportTarget(taskId, destination, config, () -> {}).discard();
    } catch (Forbidden | Invalid e) {
      log.debug("Nothing to discard of task {}: {}", taskId, e.getMessage());
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
  }

  @Override
  public Integer removeLocation(UUID imageId, UUID locationId) {
    remove(imageId, locationId);
    return Math.max(1, Activity.getExecutionContext().getInfo().getAttempt());
  }

  void remove(UUID imageId, UUID locationId) {
    try {
      Optional<Location> found = locations.find(locationId);
      if (found.isEmpty()) {
        return;
      }
      Location location = found.get();
      if (!location.imageId().equals(imageId)) {
        throw new Invalid(
            "location %s belongs to image %s, not %s"
                .formatted(locationId, location.imageId(), imageId));
      }
      if (location.status() == LocationStatus.ACTIVE) {
        throw new Conflict(
            "location %s of image %s is active: only what is given up is removed"
                .formatted(locationId, imageId));
      }
      remove(location);
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
  }

  /** Of a location that the registry has given up. */
  void remove(Location location) {
    if (!location.store().equals(Location.EXTERNAL)) {
      stores.requireWritable(location.store()).delete(location.key());
    }
    locations.forget(location.id());
  }
}
