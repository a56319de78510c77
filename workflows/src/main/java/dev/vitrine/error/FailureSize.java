package dev.vitrine.error;

import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.CanceledFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a failure as Temporal keeps it. Of more than 4 KiB the server keeps and the Web UI
 * shows the outermost words only, and the cause, which is what people look for, is gone: so each
 * message is cut, and what is innermost is kept.
 */
public final class FailureSize {

  /** Of a failure with all its causes, in bytes. */
  public static final int LIMIT = 4_000;

  private static final int OUTER_MESSAGE = 400;
  private static final int INNERMOST_MESSAGE = 1_200;
  private static final int TYPE = 200;
  private static final int DETAILS = 500;
  private static final int STACK_TRACE = 500;

  private FailureSize() {}

  /** The same failure, cut if it is too large; unchanged if it isn't. */
  public static Failure bounded(Failure failure) {
    // What is encoded can't be cut: it was bounded before, or is whoever's who encodes.
    if (failure.getSerializedSize() <= LIMIT || failure.hasEncodedAttributes()) {
      return failure;
    }
    List<Failure> links = links(failure);
    int innermost = links.size() - 1;
    Failure kept = cut(links.get(innermost), INNERMOST_MESSAGE, STACK_TRACE);
    Failure outermost = cut(links.get(0), OUTER_MESSAGE, 0);
    int left = LIMIT - kept.getSerializedSize() - outermost.getSerializedSize() - 20 * 2;
    for (int link = innermost - 1; link > 0; link--) {
      Failure middle = cut(links.get(link), OUTER_MESSAGE, 0);
      // Each level of nesting adds a tag and a length to what it holds.
      left -= middle.getSerializedSize() + 20;
      if (left < 0) {
        break;
      }
      kept = middle.toBuilder().setCause(kept).build();
    }
    return innermost == 0 ? kept : outermost.toBuilder().setCause(kept).build();
  }

  private static List<Failure> links(Failure failure) {
    List<Failure> links = new ArrayList<>();
    Failure at = failure;
    links.add(at);
    while (at.hasCause()) {
      at = at.getCause();
      links.add(at);
    }
    return links;
  }

  private static Failure cut(Failure link, int message, int stackTrace) {
    Failure.Builder cut =
        link.toBuilder()
            .clearCause()
            .setMessage(Excerpt.of(link.getMessage(), message))
            .setStackTrace(stackTrace == 0 ? "" : Excerpt.of(link.getStackTrace(), stackTrace));
    if (link.getEncodedAttributes().getSerializedSize() > DETAILS) {
      cut.clearEncodedAttributes();
    }
    if (link.hasApplicationFailureInfo()) {
      ApplicationFailureInfo.Builder info = link.getApplicationFailureInfo().toBuilder();
      info.setType(Excerpt.of(info.getType(), TYPE));
      cut.setApplicationFailureInfo(isLarge(info.getDetails()) ? info.clearDetails() : info);
    } else if (link.hasTimeoutFailureInfo()) {
      TimeoutFailureInfo.Builder info = link.getTimeoutFailureInfo().toBuilder();
      cut.setTimeoutFailureInfo(
          isLarge(info.getLastHeartbeatDetails()) ? info.clearLastHeartbeatDetails() : info);
    } else if (link.hasCanceledFailureInfo()) {
      CanceledFailureInfo.Builder info = link.getCanceledFailureInfo().toBuilder();
      cut.setCanceledFailureInfo(isLarge(info.getDetails()) ? info.clearDetails() : info);
    }
    return cut.build();
  }

  private static boolean isLarge(Payloads details) {
    return details.getSerializedSize() > DETAILS;
  }
}
