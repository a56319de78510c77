package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.conversion.Conversion;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.GaveUp;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.store.StoreWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt knows of those before it, and tells those after it and the people who watch. For
 * one thread.
 *
 * <p>An attempt counts as one without progress from its start until it has made more durable than
 * was before, so that one that takes its process with it has been counted, too.
 */
final class AttemptProgress {

  /** What fits beside the rest into a heartbeat and a task's message. */
  static final int CAUSE_BYTES = 1000;

  private static final String COPY = "copy within the store";

  private final Watchdog watchdog;
  private final @Nullable TransferHeartbeat last;
  private final int number;
  private final ProgressNotes notes;
  private final KeptDigests.Place keptDigests;
  private @Nullable Long total;
  private @Nullable String validator;
  private @Nullable StoreWriter writer;
  private String step = "transfer";
  private boolean measuring;

  /**
   * @param last what the last attempt heartbeat; null on the first
   * @param notes take how far it is, often
   * @param keptDigests what the last attempt left, and what this one leaves
   */
  AttemptProgress(
      Watchdog watchdog,
      @Nullable TransferHeartbeat last,
      int number,
      ProgressNotes notes,
      KeptDigests.Place keptDigests) {
    this.watchdog = watchdog;
    this.last = last;
    this.number = number;
    this.notes = notes;
    this.keptDigests = keptDigests;
    watchdog.watch(() -> notes.watch(watchdog.current().progress()));
  }

  /** What an attempt heartbeats first: what the last one did, counted once more. */
  static TransferHeartbeat first(@Nullable TransferHeartbeat last, int number) {
    return last == null
        ? new TransferHeartbeat("transfer", 0, null, 0, number, null, 1)
        : new TransferHeartbeat(
                "transfer",
                last.bytes(),
                last.total(),
                0,
                number,
                last.validator(),
                last.attemptsWithoutProgress() + 1)
            .withToken(last.token());
  }

  KeptDigests.Place keptDigests() {
    return keptDigests;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /**
   * Where to go on.
   *
   * @param unfinished bytes the target has; if that is less than was reported durable, it isn't
   *     what was reported, and all begins anew
   * @param verified whether a declared digest will be checked
   */
  ResumePoint from(long unfinished, boolean verified) {
    return last == null
            || last.bytes() == 0
            || unfinished < last.bytes()
            || Decompression.isOfDecompressed(last.validator())
            || Conversion.formatOf(last.validator()) != null
        ? ResumePoint.START
        : new ResumePoint(last.bytes(), last.total(), last.validator(), verified);
  }

  /** What the store needs to go on with what the last attempt has left; null for nothing. */
  @Nullable String token() {
    return last == null ? null : last.token();
  }

  /** The source is open, and so is what takes its data. */
  void begins(OpenSource opened, StoreWriter writing) {
    writer = writing;
    watchdog.details().opened(opened.offset());
    total = opened.size();
    validator = opened.validator();
    step =
        Decompression.isOfDecompressed(validator) ? "decompress" : measuring ? "read" : "transfer";
    report(step, opened.offset());
  }

  /** Nothing of it is written: no attempt goes on from where this one gets, so all count. */
  void measures() {
    measuring = true;
  }

  /** The data is published and read again. */
  void verifying(OpenSource published) {
    long size = published.size() == null ? 0 : published.size();
    watchdog.details().opened(0);
    total = published.size();
    report("verify", size);
  }

  /** The store copies the data itself, all of it at once. */
  void copying(long size) {
    watchdog.details().opened(0);
    total = size;
    waitFor("the store copies its own data; no bytes are moved");
    report(COPY, 0);
  }

  /** The store has done so, or could not. */
  void copied(boolean done) {
    waitFor(null);
    if (done && total != null) {
      report(COPY, total);
    }
  }

  /** So many bytes of the whole are durable; on any thread. */
  void durable(long bytes) {
    report(step, bytes);
  }

  private synchronized void report(String step, long bytes) {
    long before = last == null ? 0 : last.bytes();
    int without = bytes > before && !measuring ? 0 : first(last, number).attemptsWithoutProgress();
    String token = writer == null ? null : writer.token();
    watchdog.update(
        new TransferHeartbeat(step, bytes, total, 0, number, validator, without).withToken(token));
    notes.accept(watchdog.current().progress());
  }

  /** The worker stops, which is none of the transfer's failures: the attempt isn't counted. */
  void handedOver() {
    TransferHeartbeat now = watchdog.current();
    int without = now.attemptsWithoutProgress();
    if (without > 0) {
      watchdog.update(
          new TransferHeartbeat(
                  now.step(),
                  now.bytes(),
                  now.total(),
                  now.bytesPerSecond(),
                  now.attempt(),
                  now.validator(),
                  without - 1)
              .withToken(now.token()));
    }
  }

  /** What it waits for beside the source; null for nothing more. */
  void waitFor(@Nullable String what) {
    watchdog.details().waitFor(what);
  }

  /** The error that ends the attempt: the last of too many ends the transfer. */
  VitrineException failure(VitrineException error, int max) {
    int without = watchdog.current().attemptsWithoutProgress();
    return error.isTransient() && without >= max ? gaveUp(without, error.getMessage()) : error;
  }

  /** Says why it failed and when the next attempt is, to all who watch, before it ends. */
  void failing(@Nullable String cause, Duration retryIn) {
    waitFor(
        "attempt %d failed: %s; next attempt about %s"
            .formatted(
                number,
                Excerpt.of(String.valueOf(cause), CAUSE_BYTES),
                HeartbeatDetails.time(Instant.now().plus(retryIn))));
    notes.note(watchdog.current().progress());
  }

  static GaveUp gaveUp(int attempts, @Nullable String cause) {
    return new GaveUp(
        "gave up after %d attempts without progress; last cause: %s".formatted(attempts, cause));
  }
}
