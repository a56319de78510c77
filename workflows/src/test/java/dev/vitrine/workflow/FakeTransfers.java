package dev.vitrine.workflow;

import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.StoresTransferRequest;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.TimeoutFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Transfers that succeed at once, fail as told, or go on until they are cancelled. */
public final class FakeTransfers implements TransferActivities {

  public static final ImageData DATA = new ImageData(7, "0".repeat(32), "0".repeat(128));

  public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  public final CountDownLatch hanging = new CountDownLatch(1);
  public final AtomicInteger removalsTried = new AtomicInteger();
  public volatile boolean hang;

  /** The stores that a transfer into several of them drops, and why. */
  public volatile Map<String, String> dropped = Map.of();

  /** What happens when the data is there, before a failure is thrown that was asked for. */
  public volatile Runnable beforeFailure = () -> {};

  private final AtomicInteger silent = new AtomicInteger();
  private volatile boolean hangingRemoval;
  private volatile @Nullable VitrineException everyRemoval;
  private final Deque<VitrineException> failures = new ArrayDeque<>();
  private final Deque<VitrineException> removalFailures = new ArrayDeque<>();
  private final FakeRegistry registry;

  FakeTransfers(FakeRegistry registry) {
    this.registry = registry;
  }

  public synchronized void failNext(VitrineException failure) {
    failures.add(failure);
  }

  /** Every removal from now on fails so. */
  public void failRemovals(VitrineException failure) {
    everyRemoval = failure;
  }

  /** Removals from now on are begun and never end. */
  public void hangOnRemoval() {
    hangingRemoval = true;
  }

  /** So many transfers end as those of which the server has heard nothing more. */
  public void fallSilent(int times) {
    silent.set(times);
  }

  public synchronized void failNextRemoval(VitrineException failure) {
    removalFailures.add(failure);
  }

  @Override
  public Transferred transfer(TransferRequest request) {
    return move(
        request.source() instanceof Source.OfLocation from
            ? "%s -> %s".formatted(from.store(), request.location().store())
            : "transfer");
  }

  @Override
  public StoresTransferred transferToStores(StoresTransferRequest request) {
    Transferred moved =
        move("%s -> %s".formatted(request.source().display(), stores(request.targets())));
    List<UUID> stored =
        request.targets().stream()
            .filter(each -> !dropped.containsKey(each.store()))
            .map(Location::id)
            .toList();
    return new StoresTransferred(
        moved.size(), moved.checksum(), moved.sha512(), null, 1, stored, dropped);
  }

  @Override
  public ExpectedData describeFromRegion(UUID taskId, UUID imageId, Source.OfRegion source) {
    return ExpectedData.NONE;
  }

  @Override
  public Transferred measureLocation(TransferRequest request) {
    return move("measure " + request.source().display());
  }

  private static String stores(List<Location> locations) {
    return locations.stream().map(Location::store).collect(Collectors.joining("+"));
  }

  @Override
  public Transferred exportImage(ExportRequest request) {
    return move("export");
  }

  @Override
  public void discardExport(UUID taskId, String destination) {
    calls.add("discard export");
  }

  @Override
  public Integer removeLocation(UUID imageId, UUID locationId) {
    removalsTried.incrementAndGet();
    if (everyRemoval != null) {
      throw Failures.toTemporal(everyRemoval);
    }
    if (hangingRemoval) {
      Activity.getExecutionContext().doNotCompleteOnReturn();
      return 1;
    }
    throwNext(removalFailures);
    calls.add("remove");
    registry.removeLocation(locationId);
    return Activity.getExecutionContext().getInfo().getAttempt();
  }

  private Transferred move(String call) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    calls.add(call);
    if (silent.getAndDecrement() > 0) {
      throw new TimeoutFailure("no heartbeat", null, TimeoutType.TIMEOUT_TYPE_HEARTBEAT);
    }
    context.heartbeat(
        new TransferHeartbeat("transfer", 3, 7L, 1, context.getInfo().getAttempt(), null, 0));
    beforeFailure.run();
    throwNext(failures);
    CountDownLatch never = new CountDownLatch(1);
    while (hang) {
      hanging.countDown();
      try {
        context.heartbeat(new TransferHeartbeat("transfer", 5, 7L, 1, 1, null, 0));
        never.await(50, TimeUnit.MILLISECONDS);
      } catch (ActivityCompletionException cancelled) {
        calls.add("stopped");
        throw cancelled;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return Transferred.of(DATA, context.getInfo().getAttempt());
  }

  /** Lets others go on. */
  public void moment() throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
  }

  private synchronized void throwNext(Deque<VitrineException> queue) {
    VitrineException failure = queue.poll();
    if (failure != null) {
      throw Failures.toTemporal(failure, Activity.getExecutionContext().getInfo().getAttempt());
    }
  }
}
