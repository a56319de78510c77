package dev.vitrine.embedded;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
public final class Ports {

  private Ports() {}

  /** One that is free at present. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sees to it that a port can be listened on.
   *
   * @param option the one that names it
   * @throws Invalid if there is no such port
   * @throws Conflict if it is taken
   */
  public static void requireFree(int port, String option) {
    requireValid(port, option);
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do, so that connections of one that has just ended don't count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw taken(port, option);
    }
  }

  public static void requireValid(int port, String option) {
    if (port < 1 || port > 65_535) {
      throw new Invalid("%s %d: give a port from 1 to 65535".formatted(option, port));
    }
  }

  static Conflict taken(int port, String option) {
    return new Conflict(
        "port %d is taken on 127.0.0.1; stop what uses it, or give another %s"
            .formatted(port, option));
  }
}
