package dev.vitrine.transfer;

import dev.vitrine.source.OpenSource;
import dev.vitrine.source.ResumePoint;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sources that were opened for a transfer that is about to begin in this process, so that they are
 * asked once. Safe for many threads.
 */
final class KeptSources {

  private static final long KEPT_SECONDS = 10;

  private final Map<UUID, OpenSource> byImage = new ConcurrentHashMap<>();
  private final Executor executor;

  KeptSources(Executor executor) {
    this.executor = executor;
  }

  /** What nobody takes within some seconds, because another process does it, is closed. */
  void keep(UUID imageId, OpenSource opened) {
    OpenSource before = byImage.put(imageId, opened);
    if (before != null) {
      TransferAttempt.close(before);
    }
    CompletableFuture.delayedExecutor(KEPT_SECONDS, TimeUnit.SECONDS, executor)
        .execute(
            () -> {
              if (byImage.remove(imageId, opened)) {
                TransferAttempt.close(opened);
              }
            });
  }

  /** Takes what is kept, if that is where a transfer goes on. */
  @Nullable OpenSource take(UUID imageId, ResumePoint from) {
    OpenSource opened = byImage.remove(imageId);
    if (opened != null && from.offset() > 0) {
      TransferAttempt.close(opened);
      return null;
    }
    return opened;
  }
}
