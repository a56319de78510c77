package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.StoreWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The places of one pass, which are written to side by side. One that fails, or does not answer for
 * too long, is dropped as long as another one is left; what the last one fails with is the pass's
 * failure. Safe for two threads.
 */
final class Places {

  /** As long as what is kept of all places in a heartbeat may be; more is not kept. */
  static final int LONGEST_TOKEN = 16_000;

  private static final String BETWEEN = "&";
  private static final char DROPPED = '-';
  private static final char WRITES = '+';

  private final List<Place> all;
  private final Executor executor;
  private final Duration patience;

  /** What the last attempt's writers told, in the order of the places; null for nothing. */
  private final List<@Nullable String> tokens;

  /**
   * @param token of the last attempt: places that it dropped stay so, if it is of the same places
   * @param executor with a free thread for each place
   * @param patience how long each step of a place may take
   */
  Places(List<StoreTarget> targets, @Nullable String token, Executor executor, Duration patience) {
    this.executor = executor;
    this.patience = patience;
    this.all = targets.stream().map(Place::new).toList();
    this.tokens = new ArrayList<>(Collections.nCopies(all.size(), null));
    List<String> told = token == null ? List.of() : Arrays.asList(token.split(BETWEEN, -1));
    if (told.size() == all.size()) {
      for (int i = 0; i < told.size(); i++) {
        recall(i, told.get(i));
      }
    }
  }

  private void recall(int place, String told) {
    if (told.isEmpty()) {
      return;
    }
    String text = URLDecoder.decode(told.substring(1), StandardCharsets.UTF_8);
    if (told.charAt(0) == DROPPED) {
      all.get(place).drop(text);
    } else {
      tokens.set(place, text);
    }
  }

  /** What another attempt needs to go on with all of them; null for nothing, or for too much. */
  @Nullable String token() {
    StringBuilder token = new StringBuilder();
    boolean something = false;
    for (Place place : all) {
      if (place != all.get(0)) {
        token.append(BETWEEN);
      }
      String cause = place.dropped();
      StoreWriter writer = place.writer();
      String own = cause == null && writer != null ? writer.token() : cause;
      if (own != null) {
        something = true;
        token
            .append(cause == null ? WRITES : DROPPED)
            .append(URLEncoder.encode(own, StandardCharsets.UTF_8));
      }
    }
    return something && token.length() <= LONGEST_TOKEN ? token.toString() : null;
  }

  /** What the writer of that place told when it wrote last. */
  @Nullable String token(Place place) {
    return tokens.get(all.indexOf(place));
  }

  List<Place> all() {
    return all;
  }

  /** Those that the data goes to, or is at. */
  List<Place> wanted() {
    return all.stream().filter(Place::isWanted).toList();
  }

  /** Those that are still to be written to. */
  List<Place> open() {
    return all.stream().filter(Place::isOpen).toList();
  }

  /** One that had the data when the attempt began. */
  Optional<Place> published() {
    return wanted().stream().filter(Place::isPublished).findFirst();
  }

  /**
   * Does something with each of them; one that can't is dropped.
   *
   * @param ofAll whether a failure is one of the whole
   */
  void each(List<Place> places, Predicate<VitrineException> ofAll, Consumer<Place> step) {
    List<CompletableFuture<Void>> steps =
        places.stream()
            .map(place -> CompletableFuture.runAsync(() -> step.accept(place), executor))
            .toList();
    long deadline = System.nanoTime() + patience.toNanos();
    VitrineException ofTheWhole = null;
    for (int i = 0; i < steps.size(); i++) {
      VitrineException failure = failure(places.get(i), steps.get(i), deadline);
      if (failure != null && ofAll.test(failure)) {
        ofTheWhole = failure;
      } else if (failure != null) {
        drop(places.get(i), failure);
      }
    }
    if (ofTheWhole != null) {
      throw ofTheWhole;
    }
  }

  /** One after the other, until one has done it. */
  boolean any(List<Place> places, Consumer<Place> step) {
    for (Place place : places) {
      each(List.of(place), step);
      if (place.isOpen()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable VitrineException failure(
      Place place, CompletableFuture<Void> step, long deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          step.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
          return null;
        } catch (InterruptedException e) {
          // As the writers themselves: what was written is to be made durable all the same.
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      place.hangsUntil(step);
      return VitrineException.because(
          e,
          new Unavailable(
              "store '%s' has not answered for %s".formatted(place.target().store(), patience)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VitrineException failure) {
        return failure;
      }
      throw e.getCause() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException("a store failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #each}, where no failure is one of the whole. */
  void each(List<Place> places, Consumer<Place> step) {
    each(places, failure -> false, step);
  }

  private synchronized void drop(Place place, VitrineException cause) {
    if (wanted().equals(List.of(place))) {
      throw cause;
    }
    place.drop(cause);
  }
}
