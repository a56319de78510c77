package dev.vitrine.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OpenStack's own Keystone with SQLite, served on a free port: set up as its installation guide
 * says, {@code db_sync}, {@code fernet_setup} and {@code bootstrap}.
 */
final class Keystone implements AutoCloseable {

  /** Of every user. */
  static final String PASSWORD = "correct horse battery staple";

  private static final String REGION = "RegionOne";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final int port;
  private final Process process;
  private final String adminToken;

  Keystone(Path directory) throws IOException, InterruptedException {
    this.directory = directory.toRealPath();
    port = FreePort.find();
    Path config = Files.writeString(this.directory.resolve("keystone.conf"), config());
    keyRepository("fernet");
    keyRepository("credential");
    PosixFileAttributes me = Files.readAttributes(config, PosixFileAttributes.class);
    manage("db_sync");
    manage(
        "fernet_setup",
        "--keystone-user",
        me.owner().getName(),
        "--keystone-group",
        me.group().getName());
    manage(
        "bootstrap",
        "--bootstrap-password",
        PASSWORD,
        "--bootstrap-region-id",
        REGION,
        "--bootstrap-public-url",
        url() + "/v3");
    process = serve(config);
    Eventually.until("Keystone answers", this::answers);
    adminToken = token("admin", "admin");
  }

  private String config() {
    return """
    [DEFAULT]
    log_file = %1$s/keystone.log
    [database]
    connection = sqlite:///%1$s/keystone.db
    [fernet_tokens]
    key_repository = %1$s/fernet
    [credential]
    key_repository = %1$s/credential
    # As weak as it may be: these tests create tokens by the dozen.
    [identity]
    password_hash_rounds = 4
    """
        .formatted(directory);
  }

  /** Keystone insists that nobody else may read it. */
  private void keyRepository(String name) throws IOException {
    Files.createDirectory(
        directory.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private void manage(String... arguments) throws IOException, InterruptedException {
    String program = ClientPrograms.python("keystone", "keystone-manage").toString();
    String config = directory.resolve("keystone.conf").toString();
    List<String> command = new ArrayList<>(List.of(program, "--config-file", config));
    command.addAll(List.of(arguments));
    ClientPrograms.run(directory, Map.of(), command);
  }

  private Process serve(Path config) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ClientPrograms.python("keystone", "python").toString(),
            ClientPrograms.SCRIPTS.resolve(Path.of("keystone", "serve.py")).toString(),
            Integer.toString(port));
    builder.environment().put("OS_KEYSTONE_CONFIG_FILES", config.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(Path.of("target", "keystone.log").toFile())
        .start();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("Keystone ended; see target/keystone.log");
    }
    try {
      return send("GET", "/v3", "", null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Without {@code /v3}, and without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Creates a project of the default domain; returns its id. */
  String createProject(String name) throws IOException {
    return create("project", Map.of("name", name));
  }

  /** Creates a user of the default domain who has that role in that project. */
  void createUser(String name, String projectId, String role) throws IOException {
    create("user", Map.of("name", name, "password", PASSWORD));
    grant("/v3/projects/%s/users/".formatted(projectId), name, role);
  }

  /**
   * Gives a user a role.
   *
   * @param scope the path of what it is in, up to the users
   */
  void grant(String scope, String user, String role) throws IOException {
    admin("PUT", "%s%s/roles/%s".formatted(scope, id("user", user), id("role", role)), null);
  }

  private String id(String kind, String name) throws IOException {
    String found = admin("GET", "/v3/%ss?name=%s".formatted(kind, name), null).body();
    return JSON.readTree(found).at("/%ss/0/id".formatted(kind)).asText();
  }

  /** Puts the image service into the catalog. */
  void registerImageService(URI url) throws IOException {
    String service = create("service", Map.of("type", "image", "name", "vitrine"));
    create(
        "endpoint",
        Map.of(
            "service_id",
            service,
            "interface",
            "public",
            "region_id",
            REGION,
            "url",
            url.toString()));
  }

  /** A new token of that user for that project, both by name. */
  String token(String user, String project) throws IOException {
    Map<String, String> domain = Map.of("id", "default");
    return token(user, Map.of("project", Map.of("name", project, "domain", domain)));
  }

  /** A new token of that user with that scope. */
  String token(String user, Map<String, Object> scope) throws IOException {
    Map<String, String> domain = Map.of("id", "default");
    Map<String, Object> password =
        Map.of("user", Map.of("name", user, "domain", domain, "password", PASSWORD));
    Map<String, Object> body =
        Map.of(
            "auth",
            Map.of(
                "identity",
                Map.of("methods", List.of("password"), "password", password),
                "scope",
                scope));
    return expect(send("POST", "/v3/auth/tokens", "", body))
        .headers()
        .firstValue("X-Subject-Token")
        .orElseThrow();
  }

  void revoke(String token) throws IOException {
    expect(
        send(
            HttpRequest.newBuilder(URI.create(url() + "/v3/auth/tokens"))
                .header("X-Auth-Token", adminToken)
                .header("X-Subject-Token", token)
                .DELETE()
                .build()));
  }

  private String create(String kind, Map<String, String> fields) throws IOException {
    HttpResponse<String> answer = admin("POST", "/v3/" + kind + "s", Map.of(kind, fields));
    return JSON.readTree(answer.body()).at("/" + kind + "/id").asText();
  }

  private HttpResponse<String> admin(String method, String path, Object body) throws IOException {
    return expect(send(method, path, adminToken, body));
  }

  private static HttpResponse<String> expect(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw new AssertionError(
          "%s: %d %s".formatted(answer.request(), answer.statusCode(), answer.body()));
    }
    return answer;
  }

  private HttpResponse<String> send(String method, String path, String token, Object body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (!token.isEmpty()) {
      request.header("X-Auth-Token", token);
    }
    return send(request.build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
