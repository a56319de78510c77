package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class InMemoryTemporalIT {

  /** Another loopback address can be listened on only if the server does not listen on all. */
  @Test
  void listensOnTheLoopbackAddressOnly() throws IOException {
    try (InMemoryTemporal temporal = new InMemoryTemporal(0)) {
      assertThat(temporal.address()).startsWith("127.0.0.1:");
      try (ServerSocket other = new ServerSocket()) {
        other.setReuseAddress(false);
        other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), port(temporal)));
        assertThat(other.isBound()).isTrue();
      }
    }
  }

  @Test
  void aTakenPortIsRefusedByItsNumber() {
    try (InMemoryTemporal temporal = new InMemoryTemporal(0)) {
      assertThatThrownBy(() -> new InMemoryTemporal(port(temporal)))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("port %d is taken".formatted(port(temporal)))
          .hasMessageContaining("--port");
    }
  }

  private static int port(EmbeddedTemporal temporal) {
    return Integer.parseInt(temporal.address().substring("127.0.0.1:".length()));
  }
}
