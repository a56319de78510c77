package dev.vitrine.http;

import dev.vitrine.error.VitrineException.TooLarge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A body that an endpoint takes as a whole, within a bound. A slow one holds no thread. */
final class WholeBody implements Inflow.Sink {

  private static final int BAD_REQUEST = 400;
  private static final int REQUEST_TIMEOUT = 408;

  private final int largest;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private boolean tooLarge;

  private WholeBody(int largest) {
    this.largest = largest;
  }

  /**
   * Reads it.
   *
   * @param length in bytes as declared; negative if it was not
   * @param largest in bytes
   * @return what must not be waited for; fails with {@link TooLarge}, or {@link HttpProblem} if the
   *     body breaks off
   */
  static CompletableFuture<byte[]> read(Inflow inflow, long length, int largest) {
    WholeBody body = new WholeBody(largest);
    if (length > largest) {
      body.whole.completeExceptionally(body.refusal());
    } else {
      inflow.pump(body);
    }
    return body.whole;
  }

  @Override
  public boolean take(ByteBuffer piece) {
    if (bytes.size() + piece.remaining() > largest) {
      tooLarge = true;
      return false;
    }
    byte[] some = new byte[piece.remaining()];
    piece.get(some);
    bytes.writeBytes(some);
    return true;
  }

  @Override
  public void end(@Nullable Throwable failure) {
    if (tooLarge) {
      whole.completeExceptionally(refusal());
    } else if (failure == null) {
      whole.complete(bytes.toByteArray());
    } else if (failure instanceof TimeoutException) {
      whole.completeExceptionally(
          new HttpProblem(
              REQUEST_TIMEOUT, "the body did not come in time; send the request again"));
    } else {
      whole.completeExceptionally(
          new HttpProblem(BAD_REQUEST, "the body broke off: " + failure.getMessage()));
    }
  }

  private TooLarge refusal() {
    return new TooLarge(
        "the body is larger than the %d bytes that a request may have".formatted(largest));
  }
}
