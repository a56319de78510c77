package dev.vitrine.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.activity.TransferHeartbeat;

/**
 * The heartbeat's details as they are at the moment they are sent. The SDK holds on to the last
 * details given, sends them when its throttle allows, and once more with the failure that ends an
 * attempt. When a worker shuts down it accepts no new details, but still sends these: through this
 * object the next attempt learns of every byte that was made durable in the end.
 */
final class Live {

  private volatile TransferHeartbeat current;

  Live(TransferHeartbeat first) {
    current = first;
  }

  @JsonValue
  TransferHeartbeat current() {
    return current;
  }

  void update(TransferHeartbeat now) {
    current = now;
  }
}
