package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsReadBack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes to several places at once, as fast as the slowest of them takes it. A place that fails, or
 * hangs, is left alone from then on. Durable is what all of them have.
 */
class FanOutWriter implements StoreWriter {

  private final Places places;
  private long position;

  private FanOutWriter(Places places, long position) {
    this.places = places;
    this.position = position;
  }

  /** Begins, with what {@link Places#open} has been given to write with. */
  static FanOutWriter begin(Places places) {
    return new FanOutWriter(places, 0);
  }

  /** Goes on at that byte. */
  static FanOutWriter goOn(Places places, long offset) {
    return places.open().stream().anyMatch(each -> each.writer() instanceof SupportsReadBack)
        ? new ReadBack(places, offset)
        : new FanOutWriter(places, offset);
  }

  private static StoreWriter writer(Place place) {
    StoreWriter writer = place.writer();
    if (writer == null) {
      throw new IllegalStateException("nothing was opened");
    }
    return writer;
  }

  /** Another one as soon as a place was dropped: the next attempt leaves it alone, too. */
  @Override
  public @Nullable String token() {
    return places.token();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(ByteBuffer data) {
    places.each(places.open(), place -> writer(place).write(data.duplicate()));
    position += data.remaining();
    data.position(data.limit());
  }

  @Override
  public long sync() {
    AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    places.each(places.open(), place -> least.accumulateAndGet(writer(place).sync(), Math::min));
    return least.get() == Long.MAX_VALUE ? 0 : least.get();
  }

  @Override
  public void publish() {
    places.each(places.open(), place -> writer(place).publish());
  }

  @Override
  public void discard() {
    RuntimeException failure = null;
    for (Place place : places.all()) {
      try {
        place.close(StoreWriter::discard);
      } catch (RuntimeException e) {
        failure = place.isWanted() ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    places.all().forEach(place -> place.close(StoreWriter::close));
  }

  /** Where at least one place can tell what it has. */
  private static final class ReadBack extends FanOutWriter implements SupportsReadBack {

    private final Places places;

    private ReadBack(Places places, long position) {
      super(places, position);
      this.places = places;
    }

    @Override
    public int readBack(ByteBuffer into, long position) {
      int[] read = {0};
      List<Place> readable =
          places.open().stream()
              .filter(place -> place.writer() instanceof SupportsReadBack)
              .toList();
      boolean done =
          places.any(
              readable,
              place -> {
                if (place.writer() instanceof SupportsReadBack readBack) {
                  ByteBuffer view = into.duplicate();
                  read[0] = readBack.readBack(view, position);
                  into.position(view.position());
                }
              });
      if (!done) {
        throw new Unavailable(
            "no store could read again what it had; the next attempt begins anew");
      }
      return read[0];
    }
  }
}
