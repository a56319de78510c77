package dev.vitrine.reconciliation;

import dev.vitrine.activity.ScanMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes what a scan tells; a second scan goes on from the last of it, as another attempt does. */
final class NotedHeartbeat implements Heartbeat {

  final List<@Nullable ScanMark> told = new ArrayList<>();

  @Override
  public void at(@Nullable ScanMark mark) {
    told.add(mark);
  }

  @Override
  public Optional<ScanMark> last() {
    return Optional.empty();
  }
}
