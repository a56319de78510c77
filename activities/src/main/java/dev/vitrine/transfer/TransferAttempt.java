package dev.vitrine.transfer;

import dev.vitrine.conversion.Conversion;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.signature.DataSignature;
import dev.vitrine.signature.SignatureCheck;
import dev.vitrine.signature.TrustStore;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.store.Busy;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsReadBack;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to bring data from a source to a target: verify what is published already, or go on
 * from what is durable, or begin. For one thread.
 *
 * @param subject the image, for messages
 * @param expected all that was declared of the data, by anyone
 * @param resumable whether the source can be read from the middle
 */
record TransferAttempt(
    UUID subject,
    Target target,
    List<ExpectedData> expected,
    Opener source,
    boolean resumable,
    AttemptProgress attempt,
    TransferConfig config,
    Executor executor) {

  private static final long LOOK_AGAIN_MILLIS = 100;

  /** Opens the source where the attempt goes on, or at its start. */
  interface Opener {
    OpenSource open(ResumePoint from) throws InterruptedException;
  }

  ImageData run() throws InterruptedException {
    requireFits("its declaration", declaredSize());
    target.requireWanted();
    Optional<OpenSource> published = target.published();
    if (published.isPresent()) {
      return verify(published.get());
    }
    boolean verified = expected.stream().anyMatch(e -> e.checksum() != null || e.sha512() != null);
    ResumePoint from =
        resumable ? attempt.from(target.unfinished(attempt.token()), verified) : ResumePoint.START;
    return from.offset() > 0 ? goOn(from) : begin(source.open(ResumePoint.START));
  }

  private ImageData verify(OpenSource published) throws InterruptedException {
    attempt.verifying(published);
    try (CopyPass pass = pass(published.size())) {
      ImageData data = pass.verify(published);
      requireExpected(data);
      return data;
    } finally {
      close(published);
    }
  }

  private ImageData goOn(ResumePoint from) throws InterruptedException {
    OpenSource opened;
    try (StoreWriter writer = alone(() -> target.resume(attempt.token(), from.offset()));
        CopyPass pass = pass(from.total())) {
      CopyPass.State taken = attempt.keptDigests().take(from);
      if (taken != null) {
        pass.restore(taken);
      } else if (writer instanceof SupportsReadBack unfinished) {
        // Before the source is opened, for no source waits as long as this may take.
        attempt.waitFor("what is durable already is read again, for the digests");
        pass.rehash(unfinished, from.offset());
        attempt.waitFor(null);
      } else {
        opened = source.open(ResumePoint.START);
        writer.discard();
        return begin(opened);
      }
      opened = open(from, pass);
      if (opened.offset() == from.offset()) {
        return deliver(opened, writer, pass);
      }
    }
    return begin(opened);
  }

  private OpenSource open(ResumePoint from, CopyPass pass) throws InterruptedException {
    boolean complete = from.total() != null && from.total() == from.offset();
    try {
      return complete ? nothingMore(from) : source.open(from);
    } catch (VitrineException e) {
      keepTaken(pass, from.validator(), e);
      throw e;
    }
  }

  /** For the next attempt, if there may be one. */
  private void keepTaken(CopyPass pass, @Nullable String validator, VitrineException reason)
      throws InterruptedException {
    if (reason.isTransient()) {
      CopyPass.State taken = pass.taken();
      if (taken != null) {
        attempt.keptDigests().keep(taken, validator);
      }
    }
  }

  /** All was durable; only the publishing was missing. */
  private static OpenSource nothingMore(ResumePoint from) {
    return new OpenSource(
        "the source",
        InputStream.nullInputStream(),
        from.offset(),
        from.total(),
        from.validator(),
        true);
  }

  private ImageData begin(OpenSource opened) throws InterruptedException {
    String converted = Conversion.formatOf(opened.validator());
    if (converted != null) {
      target.converted(converted);
    }
    try (CopyPass pass = pass(opened.size())) {
      requireFits(opened.display(), opened.size());
      try (StoreWriter writer = alone(() -> target.create(size(opened)))) {
        return deliver(opened, writer, pass);
      }
    } catch (VitrineException e) {
      throw opened.replayable() || !e.isTransient()
          ? e
          : new SourceUnusable(e.getMessage() + "; a stream can't be read again, so upload again");
    } finally {
      close(opened);
    }
  }

  private ImageData deliver(OpenSource opened, StoreWriter writer, CopyPass pass)
      throws InterruptedException {
    try {
      requireFits(opened.display(), opened.size());
      // Again, now that there is something to remove: a removal that came before this look is
      // seen by it, and one that comes after it finds what we write.
      target.requireWanted();
      attempt.begins(opened, writer);
      ImageData data = pass.copy(opened, writer, declaredSize());
      requireExpected(data);
      target.requireWanted();
      writer.publish();
      return data;
    } catch (VitrineException e) {
      if (!e.isTransient() || !opened.replayable()) {
        discard(writer, e);
      } else {
        keepTaken(pass, opened.validator(), e);
      }
      throw e;
    } finally {
      close(opened);
    }
  }

  /**
   * Opens a writer. An attempt that the server wrote off while it did not answer may still write,
   * here or in another process, and ends within a known time: waiting for it is no failure.
   */
  private <W extends StoreWriter> W alone(Supplier<W> open) throws InterruptedException {
    long since = System.nanoTime();
    long patience = config.tuning().takeOver().multipliedBy(2).toNanos();
    while (true) {
      try {
        return open.get();
      } catch (Unavailable e) {
        if (!Busy.isCauseOf(e) || System.nanoTime() - since > patience) {
          throw e;
        }
      }
      attempt.waitFor("another attempt still writes the data; this one begins when that has ended");
      attempt.watchdog().check();
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private @Nullable Long size(OpenSource opened) {
    return opened.size() == null ? declaredSize() : opened.size();
  }

  private @Nullable Long declaredSize() {
    for (ExpectedData declared : expected) {
      if (declared.size() != null) {
        return declared.size();
      }
    }
    return null;
  }

  private void requireExpected(ImageData data) {
    for (ExpectedData declared : expected) {
      declared.verify(subject, data);
    }
  }

  /** Refuses at once what could only be refused at the end otherwise. */
  private void requireFits(String who, @Nullable Long size) {
    if (size == null) {
      return;
    }
    for (ExpectedData declared : expected) {
      if (declared.size() != null && !declared.size().equals(size)) {
        throw new DataMismatch(
            "image %s: expected %d bytes, but %s has %d"
                .formatted(subject, declared.size(), who, size));
      }
    }
    if (size > config.maxImageSize()) {
      throw CopyPass.tooLarge(subject, size, config.maxImageSize());
    }
  }

  private CopyPass pass(@Nullable Long size) {
    // Small data gets small buffers; the one byte more tells the end from a full buffer.
    int most = config.tuning().bufferSize();
    int capacity = size == null || size >= most ? most : (int) (size + 1);
    Buffers buffers = new Buffers(capacity, config.tuning().buffers());
    Reservation room = new Reservation(target::reserve);
    DataInspection inspection =
        new DataInspection(
            subject, config.inspectFormats() ? target.inspectedAs() : null, signatureCheck());
    return new CopyPass(
        subject, config, buffers, executor, attempt.watchdog(), attempt::durable, room, inspection);
  }

  private @Nullable SignatureCheck signatureCheck() {
    TrustStore trusted = config.signatures();
    if (trusted == null) {
      return null;
    }
    try {
      DataSignature signature = DataSignature.of(target.signedAs());
      return signature == null ? null : new SignatureCheck(signature, trusted);
    } catch (Invalid e) {
      throw DataInspection.refusal(subject, e);
    }
  }

  /** No attempt will go on with it, so its room is given back at once. */
  private static void discard(StoreWriter writer, VitrineException reason) {
    try {
      writer.discard();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  static void close(OpenSource opened) {
    try {
      opened.stream().close();
    } catch (IOException e) {
      // What was needed of it has been read.
    }
  }
}
