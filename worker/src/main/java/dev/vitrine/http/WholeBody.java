package dev.vitrine.http;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A body that an endpoint takes as a whole, within a bound and within what all bodies may have
 * together. A slow one holds no thread.
 */
final class WholeBody implements IncomingBody.Sink {

  private static final int BAD_REQUEST = 400;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int FIRST = 4096;

  private final long length;
  private final int largest;
  private final BodyBudget budget;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private byte[] bytes = {};
  private int size;
  private @Nullable VitrineException refused;

  /**
   * A body that is not read yet.
   *
   * @param length in bytes as declared; negative if it was not
   * @param largest in bytes
   */
  WholeBody(long length, int largest, BodyBudget budget) {
    this.length = length;
    this.largest = largest;
    this.budget = budget;
  }

  /**
   * Reads it.
   *
   * @return what must not be waited for; fails with {@link TooLarge}, with {@link Unavailable} if
   *     the budget is used up, or with {@link HttpProblem} if the body breaks off
   */
  CompletableFuture<byte[]> read(IncomingBody inflow) {
    if (length > largest) {
      whole.completeExceptionally(tooLarge());
    } else {
      inflow.pump(this);
    }
    return whole;
  }

  /** Gives back what it has of the budget, once nobody needs the bytes any more. */
  void release() {
    budget.give(bytes.length);
    bytes = new byte[0];
  }

  @Override
  public boolean take(ByteBuffer piece) {
    int more = piece.remaining();
    if (size + more > largest) {
      refused = tooLarge();
      return false;
    }
    if (size + more > bytes.length && !grow(size + more)) {
      refused =
          new Unavailable(
              "this process holds as many bodies of requests as it may; send the request again");
      return false;
    }
    piece.get(bytes, size, more);
    size += more;
    return true;
  }

  /**
   * Takes no more than the client says that there will be, and no more than twice what there is.
   */
  private boolean grow(int needed) {
    long expected = length < 0 ? largest : length;
    int capacity = (int) Math.min(expected, Math.max(FIRST, 2L * needed));
    capacity = Math.max(capacity, needed);
    if (!budget.take(capacity - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  @Override
  public void end(@Nullable Throwable failure) {
    if (refused != null) {
      whole.completeExceptionally(refused);
    } else if (failure == null) {
      whole.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    } else if (failure instanceof TimeoutException) {
      whole.completeExceptionally(
          new HttpProblem(
              REQUEST_TIMEOUT, "the body did not come in time; send the request again"));
    } else {
      whole.completeExceptionally(
          new HttpProblem(BAD_REQUEST, "the body broke off: " + failure.getMessage()));
    }
  }

  private TooLarge tooLarge() {
    return new TooLarge(
        "the body is larger than the %d bytes that this request may have".formatted(largest));
  }
}
