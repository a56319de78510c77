package dev.vitrine.cli;

import com.sun.net.httpserver.HttpServer;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.terminal.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs the everyday commands against answers of its own, so that a launcher can keep the classes
 * that they take. Nobody's server is asked, and nothing is printed.
 */
public final class Rehearsal {

  private static final String ID = "11111111-2222-3333-4444-555555555555";

  private static final String IMAGE =
      """
      {"id": "%s", "name": "rehearsed", "status": "active", "size": 1073741824,
       "checksum": "d41d8cd98f00b204e9800998ecf8427e", "os_hash_algo": "sha512", "os_hash_value": "",
       "disk_format": "raw", "container_format": "bare", "visibility": "shared", "owner": "none",
       "protected": false, "os_hidden": false, "min_disk": 0, "min_ram": 0, "tags": ["one"],
       "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}\
      """
          .formatted(ID);

  private static final String TASK =
      """
      {"id": "%s", "type": "import", "status": "success", "owner": "none", "input": {},
       "result": {"image_id": "%s"}, "message": "", "created_at": "2026-01-01T00:00:00Z"}\
      """
          .formatted(ID, ID);

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("image", "list"),
          List.of("image", "list", "--json"),
          List.of("image", "show", ID),
          List.of("image", "set", ID, "--name", "rehearsed"),
          List.of("image", "delete", ID),
          List.of("image", "member", "list", ID),
          List.of("task", "list"),
          List.of("task", "show", ID),
          List.of("task", "watch", ID),
          List.of("image", "show", "no id"),
          List.of("lifecycle"),
          List.of("--help"));

  private Rehearsal() {}

  /** Runs them all, once; fails if there is nowhere to answer. */
  public static void main(String[] args) throws IOException {
    Logging.configure(false);
    run();
    System.exit(0);
  }

  static void run() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer =
              answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
          boolean none = exchange.getRequestMethod().equals("DELETE");
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(none ? 204 : 200, none ? -1 : answer.length);
          if (!none) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
    try {
      Shell unheard = shell("http://127.0.0.1:" + server.getAddress().getPort());
      for (List<String> command : COMMANDS) {
        int unused = Vitrine.run(unheard, command.toArray(String[]::new));
      }
    } finally {
      server.stop(0);
    }
  }

  private static String answer(String path) {
    if (path.endsWith("/members")) {
      return "{\"members\": []}";
    }
    return switch (path) {
      case "/v2/images" -> "{\"images\": [" + IMAGE + "]}";
      case "/v2/tasks" -> "{\"tasks\": [" + TASK + "]}";
      default -> path.startsWith("/v2/tasks/") ? TASK : IMAGE;
    };
  }

  private static Shell shell(String api) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Shell(
        nowhere,
        nowhere,
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        false,
        Screen.NONE,
        "nobody",
        Map.of("VITRINE_API", api),
        Duration.ofMillis(1),
        () -> {
          throw new Unavailable("there is no Temporal to rehearse with");
        });
  }
}
