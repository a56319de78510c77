package dev.vitrine.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A relay in front of a server, over which connections can be made to hang, to break and to fail:
 * what a network does, and a server that is there and of no use. Safe for use by many threads.
 */
final class TortureLink implements AutoCloseable {

  /** What happens to connections. */
  enum Mood {
    /** They work. */
    FINE,
    /** They stay, new ones are taken, and nothing passes. */
    HANGS,
    /** All of them end, and new ones at once. */
    REFUSES
  }

  private static final int CHUNK = 1 << 16;
  private static final int POLL_MILLIS = 20;

  private final String name;
  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.FINE;

  /**
   * @param name of what is joined, in words
   */
  TortureLink(String name, String host, int port) throws IOException {
    this.name = name;
    target = new InetSocketAddress(host, port);
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  String name() {
    return name;
  }

  int port() {
    return listener.getLocalPort();
  }

  void become(Mood next) {
    mood = next;
    if (next == Mood.REFUSES) {
      cut();
    }
  }

  /** Ends every connection, in the middle of whatever it carries. */
  void cut() {
    open.forEach(TortureLink::end);
    open.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        join(listener.accept());
      } catch (IOException closed) {
        // The next one finds the listener closed, or is fine.
      }
    }
  }

  private void join(Socket client) {
    if (mood == Mood.REFUSES) {
      end(client);
      return;
    }
    Socket server = new Socket();
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target);
    } catch (IOException away) {
      end(server);
      end(client);
      return;
    }
    open.add(client);
    open.add(server);
    start("to", () -> pass(client, server));
    start("from", () -> pass(server, client));
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[CHUNK];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        while (mood == Mood.HANGS && !listener.isClosed()) {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException over) {
      // One side is gone, and so is the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void start(String what, Runnable work) {
    Thread thread = new Thread(work, "torture-link-%s-%s".formatted(name, what));
    thread.setDaemon(true);
    thread.start();
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is over either way.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException gone) {
      // It is over either way.
    }
    cut();
  }
}
