package dev.vitrine.reconciliation;

import dev.vitrine.activity.ScanMark;
import io.temporal.activity.Activity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a scan tells that it goes on, and how far it is, for the next attempt. */
interface Heartbeat {

  void at(@Nullable ScanMark mark);

  /** What the attempt before told last. */
  Optional<ScanMark> last();

  /** The same for a scan that always begins at the start. */
  static Heartbeat fromTheStart(Heartbeat places) {
    return new Heartbeat() {
      @Override
      public void at(@Nullable ScanMark mark) {
        places.at(mark);
      }

      @Override
      public Optional<ScanMark> last() {
        return Optional.empty();
      }
    };
  }

  /** Of the activity that runs on this thread. */
  static Heartbeat ofActivity() {
    return new Heartbeat() {
      @Override
      public void at(@Nullable ScanMark mark) {
        Activity.getExecutionContext().heartbeat(mark);
      }

      @Override
      public Optional<ScanMark> last() {
        return Activity.getExecutionContext().getHeartbeatDetails(ScanMark.class);
      }
    };
  }
}
