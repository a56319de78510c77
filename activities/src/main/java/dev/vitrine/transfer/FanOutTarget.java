package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageData;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.Busy;
import dev.vitrine.store.StoreWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several locations that the registry gave out together, written to in one pass. A store that fails
 * is dropped as long as another one is left, in this attempt and in those that follow. For the
 * thread of an attempt.
 */
final class FanOutTarget implements Target {

  private final Places places;

  /**
   * @param token that the last attempt's writer gave; null if there was none
   * @param executor with a free thread for each place
   * @param patience how long each step of a place may take
   */
  FanOutTarget(
      List<StoreTarget> targets, @Nullable String token, Executor executor, Duration patience) {
    this.places = new Places(targets, token, executor, patience);
  }

  /** They were given out together, and are given up together. */
  @Override
  public void requireWanted() {
    places.wanted().forEach(place -> place.target().requireWanted());
  }

  @Override
  public void reserve(long bytes) {
    places.wanted().forEach(place -> place.target().reserve(bytes));
  }

  @Override
  public @Nullable String inspectedAs() {
    return places.all().get(0).target().inspectedAs();
  }

  @Override
  public void converted(String diskFormat) {
    places.wanted().forEach(place -> place.target().converted(diskFormat));
  }

  @Override
  public Map<String, String> signedAs() {
    return places.all().get(0).target().signedAs();
  }

  /** Only if all have it; where some have, it is read from there for the others. */
  @Override
  public Optional<OpenSource> published() {
    places.each(
        places.open(),
        place -> {
          if (place.target().isPublished()) {
            place.published();
          }
        });
    return places.open().isEmpty() ? places.published().map(this::read) : Optional.empty();
  }

  private OpenSource read(Place place) {
    return place.target().read(0);
  }

  /**
   * Where data was published before the process died, and other stores had it not yet: what they
   * still need is read from there. Asked for after {@link #published}.
   */
  Optional<OpenSource> readFrom(long offset) {
    return places.published().map(place -> place.target().read(offset));
  }

  /** What all of them have. */
  @Override
  public long unfinished(@Nullable String token) {
    AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    places.each(
        places.open(),
        place -> least.accumulateAndGet(place.target().unfinished(places.token(place)), Math::min));
    return least.get() == Long.MAX_VALUE ? 0 : least.get();
  }

  @Override
  public StoreWriter create(@Nullable Long size) {
    open(place -> place.target().create(size));
    return FanOutWriter.begin(places);
  }

  @Override
  public StoreWriter resume(@Nullable String token, long offset) {
    open(place -> place.target().resume(places.token(place), offset));
    return FanOutWriter.goOn(places, offset);
  }

  /** All or none, where another attempt still writes to one of them. */
  private void open(Function<Place, StoreWriter> opening) {
    try {
      places.each(places.open(), Busy::isCauseOf, place -> place.writesWith(opening.apply(place)));
    } catch (VitrineException e) {
      FanOutWriter.begin(places).close();
      throw e;
    }
  }

  /** Notes what was measured, as {@link StoreTarget#record(ImageData)}, of each that has it. */
  void record(ImageData data) {
    places.each(
        places.wanted(),
        failure -> failure instanceof NotFound || failure instanceof Conflict,
        place -> place.target().record(data));
  }

  /** The locations that have the data now. */
  List<UUID> stored() {
    return places.wanted().stream().map(place -> place.target().locationId()).toList();
  }

  /** The stores that have it not, and why. */
  Map<String, String> dropped() {
    Map<String, String> dropped = new TreeMap<>();
    for (Place place : places.all()) {
      String cause = place.dropped();
      if (cause != null) {
        dropped.put(place.target().store(), cause);
      }
    }
    return dropped;
  }
}
