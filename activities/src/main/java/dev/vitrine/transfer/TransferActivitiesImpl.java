package dev.vitrine.transfer;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.StoresTransferRequest;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedData;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Locations;
import dev.vitrine.registry.SourceQueries;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.source.ImageSource;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.RegionSource;
import dev.vitrine.source.Waiting;
import dev.vitrine.source.WebSource;
import dev.vitrine.store.Stores;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.transfer.AttemptRunner.Subject;
import dev.vitrine.transfer.HeartbeatDetails.Route;
import dev.vitrine.transfer.Origins.Origin;
import io.temporal.activity.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The moving of data. Safe for use by many threads; its own threads keep no process alive. */
public final class TransferActivitiesImpl implements TransferActivities {

  private static final Logger log = LoggerFactory.getLogger(TransferActivitiesImpl.class);

  private final ImageLookup lookup;
  private final Locations locations;
  private final TransferNotes notes;
  private final Stores stores;
  private final TransferConfig config;
  private final HeldStreams streams;
  private final ImageSource images;
  private final Origins origins;
  private final ExportTargets exports;
  private final StoreOwnCopies copies;
  private final Removals removals;
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
    this.stores = stores;
    this.config = config;
    this.streams = streams;
    WebSource web = new WebSource(config.sources());
    this.images = new ImageSource(locations, guarded, stores, web);
    this.origins = new Origins(lookup, images, web, queries, config, streams, executor);
    this.exports = new ExportTargets(config);
    this.removals = new Removals(locations, stores);
    this.copies = new StoreOwnCopies(images, lookup, config);
    this.attempts = new AttemptRunner(notes, config, streams, executor);
  }

  /** The worker is about to stop: its transfers shall notice within a moment. */
  public void hurry() {
    attempts.hurry();
  }

  @Override
  public Transferred transfer(TransferRequest request) {
    ActivityAttempt activity = ActivityAttempt.ofActivity();
    AtomicReference<@Nullable String> within = new AtomicReference<>();
    ImageData data =
        transfer(
            request,
            activity,
            null,
            (target, written) -> {
              target.record(written);
              within.set(target.copiedWithin());
            });
    return Transferred.of(data, activity.attempt()).copiedWithin(within.get());
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
          StoreTarget target = target(request.location());
          Optional<ImageData> copied =
              opened == null ? copies.copy(request, target, attempt) : Optional.empty();
          if (copied.isPresent()) {
            recorder.accept(target, copied.get());
            return copied.get();
          }
          Origin origin = origins.of(request, attempt, opened);
          // A copy may be into a store that a pass had to leave out because it hangs.
          Target bounded =
              request.source() instanceof Source.OfLocation
                  ? all(List.of(target), attempt)
                  : target;
          ImageData data = attempt(request.imageId(), origin, bounded, attempt).run();
          recorder.accept(target, data);
          return data;
        });
  }

  private FanOutTarget all(List<StoreTarget> targets, AttemptProgress attempt) {
    return new FanOutTarget(targets, attempt.token(), executor, config.tuning().storePatience());
  }

  private TransferAttempt attempt(
      UUID imageId, Origin origin, Target target, AttemptProgress attempt) {
    return new TransferAttempt(
        imageId,
        target,
        origin.expected(),
        origin.opener(),
        origin.resumable(),
        attempt,
        config,
        executor);
  }

  private StoreTarget target(Location location) {
    return new StoreTarget(
        lookup, locations, notes, stores.requireWritable(location.store()), location);
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

  /** {@link Origins#keep}. */
  void keep(UUID imageId, OpenSource opened) {
    origins.keep(imageId, opened);
  }

  /**
   * Opens a source from its start, with one try.
   *
   * @param waiting ends the waiting
   */
  OpenSource open(Source.Url url, Waiting waiting) throws InterruptedException {
    return origins.open(url, waiting);
  }

  @Override
  public StoresTransferred transferToStores(StoresTransferRequest request) {
    return transferToStores(request, ActivityAttempt.ofActivity());
  }

  StoresTransferred transferToStores(StoresTransferRequest request, ActivityAttempt activity) {
    List<Location> targets = request.targets();
    Map<String, String> dropped = new TreeMap<>();
    String names =
        targets.stream().map(each -> "'" + each.store() + "'").collect(Collectors.joining(", "));
    ImageData data =
        attempts.run(
            new Subject(
                targets.get(0).id(),
                request.taskId(),
                null,
                new Route(request.source().display(), "stores " + names)),
            activity,
            attempt -> {
              FanOutTarget target = all(targets.stream().map(this::target).toList(), attempt);
              Origin origin = origins.of(into(targets.get(0), request), attempt, null);
              ImageData moved =
                  attempt(request.imageId(), origin.orFrom(target), target, attempt).run();
              target.record(moved);
              dropped.putAll(target.dropped());
              return moved;
            });
    return result(targets, data, dropped, activity.attempt());
  }

  @Override
  public Transferred measureLocation(TransferRequest request) {
    ActivityAttempt activity = ActivityAttempt.ofActivity();
    return Transferred.of(measureLocation(request, activity), activity.attempt());
  }

  ImageData measureLocation(TransferRequest request, ActivityAttempt activity) {
    return attempts.run(
        new Subject(
            request.location().id(),
            request.taskId(),
            null,
            new Route(request.source().display(), "its digests")),
        activity,
        attempt -> {
          ElsewhereTarget target =
              new ElsewhereTarget(lookup, locations, notes, request.location());
          attempt.measures();
          Origin origin = origins.asItIs(request, attempt);
          ImageData data = attempt(request.imageId(), origin, target, attempt).run();
          target.record(data);
          return data;
        });
  }

  @Override
  public ExpectedData describeFromRegion(UUID taskId, UUID imageId, Source.OfRegion source) {
    try {
      RegionSource.Described described = origins.describe(source);
      notes.describeImported(taskId, imageId, described.image());
      return described.data();
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(e);
    }
  }

  private static TransferRequest into(Location target, StoresTransferRequest request) {
    return new TransferRequest(
        request.imageId(),
        request.source(),
        target,
        request.expected(),
        request.by(),
        request.taskId());
  }

  /** By what the registry was told, also where an attempt that nobody waited for did it. */
  private StoresTransferred result(
      List<Location> targets, ImageData data, Map<String, String> causes, int attempt) {
    List<UUID> stored = new ArrayList<>();
    Map<String, String> dropped = new TreeMap<>();
    try {
      for (Location target : targets) {
        if (locations.measured(target.id()).isPresent()) {
          stored.add(target.id());
        } else {
          dropped.put(target.store(), causes.getOrDefault(target.store(), "it was not written"));
        }
      }
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
    return new StoresTransferred(
        data.size(), data.checksum(), data.sha512(), data.virtualSize(), attempt, stored, dropped);
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
              exports.of(
                  request.taskId(),
                  request.destination(),
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
      exports.of(taskId, destination, () -> {}).discard();
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
      removals.remove(imageId, locationId);
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
  }

  /** Of a location that the registry has given up. */
  void remove(Location location) {
    removals.remove(location);
  }
}
