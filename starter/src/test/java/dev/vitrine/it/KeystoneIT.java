package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what, by the tokens of a real Keystone: two projects, {@code blue} and {@code green},
 * each with a reader, a member and an admin, and images that blue owns.
 *
 * <p>Source of the table: the default rules in {@code glance/policies}; what another project's
 * admin deactivated is an admin's to lift, as the image lifecycle says.
 */
@Timeout(900)
class KeystoneIT {

  private static final List<String> PROJECTS = List.of("blue", "green");
  private static final List<String> ROLES = List.of("reader", "member", "admin");

  @TempDir private static Path directory;
  private static Keystone keystone;
  private static Cluster cluster;
  private static URI api;
  private static final Map<String, String> PROJECT_IDS = new HashMap<>();

  /** By the user's name, {@code blue-member}. */
  private static final Map<String, String> TOKENS = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    keystone = new Keystone(Files.createDirectory(directory.resolve("keystone")));
    keystone.createUser("vitrine", keystone.createProject("service"), "service");
    for (String project : PROJECTS) {
      PROJECT_IDS.put(project, keystone.createProject(project));
      for (String role : ROLES) {
        String user = project + "-" + role;
        keystone.createUser(user, PROJECT_IDS.get(project), role);
        TOKENS.put(user, keystone.token(user, project));
      }
    }
    cluster = new Cluster(Files.createDirectory(directory.resolve("cluster")));
    api =
        cluster.startApi(
            Map.of(
                "VITRINE_AUTH_METHOD",
                "keystone",
                "VITRINE_AUTH_KEYSTONE_URL",
                keystone.url(),
                "VITRINE_AUTH_KEYSTONE_PASSWORD",
                Keystone.PASSWORD,
                "VITRINE_AUTH_KEYSTONE_CACHE_TIME",
                "2s"));
    keystone.registerImageService(api);
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (keystone != null) {
      keystone.close();
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # of blue's image       |                | blue's reader, member, admin | green's
          SHOW                    | private        | 200 200 200                  | 404 404 200
          SHOW                    | shared         | 200 200 200                  | 404 404 200
          SHOW                    | with green     | 200 200 200                  | 200 200 200
          SHOW                    | community      | 200 200 200                  | 200 200 200
          SHOW                    | public         | 200 200 200                  | 200 200 200
          DOWNLOAD                | private        | 403 200 200                  | 404 404 200
          DOWNLOAD                | with green     | 403 200 200                  | 403 200 200
          DOWNLOAD                | community      | 403 200 200                  | 403 200 200
          DOWNLOAD                | public         | 403 200 200                  | 403 200 200
          DOWNLOAD                | deactivated    | 403 403 200                  | 403 403 200
          UPLOAD                  | queued         | 403 204 204                  | 404 404 204
          UPLOAD                  | queued, public | 403 204 204                  | 403 403 204
          RENAME                  | private        | 403 200 200                  | 404 404 200
          RENAME                  | with green     | 403 200 200                  | 403 403 200
          RENAME                  | community      | 403 200 200                  | 403 403 200
          RENAME                  | public         | 403 200 200                  | 403 403 200
          TAG                     | private        | 403 204 204                  | 404 404 204
          TAG                     | with green     | 403 204 204                  | 403 403 204
          PUBLICIZE               | private        | 403 403 200                  | 404 404 200
          COMMUNITIZE             | private        | 403 200 200                  | 404 404 200
          COMMUNITIZE             | with green     | 403 200 200                  | 403 403 200
          GIVE_AWAY               | private        | 403 403 200                  | 404 404 200
          DELETE                  | private        | 403 204 204                  | 404 404 204
          DELETE                  | with green     | 403 204 204                  | 403 403 204
          DELETE                  | public         | 403 204 204                  | 403 403 204
          DELETE                  | protected      | 403 403 403                  | 404 404 403
          DEACTIVATE              | private        | 403 204 204                  | 404 404 204
          DEACTIVATE              | public         | 403 204 204                  | 403 403 204
          REACTIVATE              | deactivated    | 403 204 204                  | 403 403 204
          REACTIVATE              | by green       | 403 403 204                  | 403 403 204
          LIST_MEMBERS            | private        | 403 403 403                  | 404 404 403
          LIST_MEMBERS            | shared         | 200 200 200                  | 404 404 200
          LIST_MEMBERS            | with green     | 200 200 200                  | 200 200 200
          SHOW_MEMBER             | with green     | 200 200 200                  | 200 200 200
          ADD_MEMBER              | with green     | 403 200 200                  | 403 403 200
          ADD_MEMBER              | public         | 403 403 403                  | 403 403 403
          REMOVE_MEMBER           | with green     | 403 204 204                  | 403 403 204
          ACCEPT                  | with green     | 403 403 200                  | 403 200 200
          LIST_TASKS_OF_IMAGE     | private        | 200 200 200                  | 404 404 200
          LIST_TASKS_OF_IMAGE     | public         | 200 200 200                  | 200 200 200
          CREATE                  | none           | 403 201 201                  | 403 201 201
          CREATE_FOR_BLUE         | none           | 403 201 201                  | 403 403 201
          CREATE_PUBLIC           | none           | 403 403 201                  | 403 403 201
          LIST                    | none           | 200 200 200                  | 200 200 200
          LIST_TASKS              | none           | 403 403 200                  | 403 403 200
          CREATE_TASK             | none           | 403 403 201                  | 403 403 201
          """)
  void followsTheRules(Attempt attempt, String image, String byBlue, String byGreen) {
    assertByUser(
        byBlue + " " + byGreen,
        user -> attempt.make(as(user), image(image), PROJECT_IDS).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # blue's image | of blue          | of green
          private        | true  true  true | false false true
          shared         | true  true  true | false false true
          with green     | true  true  true | false false true
          accepted       | true  true  true | true  true  true
          community      | true  true  true | false false false
          public         | true  true  true | true  true  true
          """)
  void listsWhatIsOnesOwnOrForOne(String image, String byBlue, String byGreen) {
    String id = image(image);
    assertByUser(
        byBlue + " " + byGreen,
        user ->
            as(user).get("/v2/images?id=in:" + id).body().contains("/v2/images/" + id + "/file"));
  }

  /** Compares what each user gets with the row's cells, in the order of the users. */
  private static void assertByUser(String row, Function<String, Object> answer) {
    String[] cells = row.split(" +");
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> actual = new LinkedHashMap<>();
    for (String user : TOKENS.keySet()) {
      expected.put(user, cells[expected.size()]);
      actual.put(user, answer.apply(user).toString());
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void knowsNobodyWithoutAToken() throws Exception {
    assertUnauthenticated(new ApiCaller(api, "").get("/v2/images"));
  }

  @Test
  void knowsNobodyByAnInventedToken() throws Exception {
    assertUnauthenticated(new ApiCaller(api, "gAAAAABinvented").get("/v2/images"));
    assertUnauthenticated(new ApiCaller(api, "no-token").get("/v2/images/" + UUID.randomUUID()));
  }

  @Test
  void letsTheSystemsReadersReadAndItsAdminsChangeEverything() throws Exception {
    String id = image("private");
    ApiCaller reader = new ApiCaller(api, systemToken("auditor", "reader"));
    ApiCaller admin = new ApiCaller(api, systemToken("sysadmin", "admin"));

    assertThat(Attempt.SHOW.make(reader, id, PROJECT_IDS).statusCode()).isEqualTo(200);
    assertThat(reader.get("/v2/images?id=in:" + id).body()).contains(id);
    assertThat(Attempt.DOWNLOAD.make(reader, id, PROJECT_IDS).statusCode()).isEqualTo(403);
    assertThat(Attempt.RENAME.make(reader, id, PROJECT_IDS).statusCode()).isEqualTo(403);
    assertThat(Attempt.DELETE.make(reader, id, PROJECT_IDS).statusCode()).isEqualTo(403);
    assertThat(Attempt.CREATE.make(admin, "", PROJECT_IDS).statusCode()).isEqualTo(400);
    assertThat(Attempt.CREATE_FOR_BLUE.make(admin, "", PROJECT_IDS).statusCode()).isEqualTo(201);
    assertThat(Attempt.RENAME.make(admin, id, PROJECT_IDS).statusCode()).isEqualTo(200);
    assertThat(Attempt.DOWNLOAD.make(admin, id, PROJECT_IDS).statusCode()).isEqualTo(200);
    assertThat(Attempt.DEACTIVATE.make(admin, id, PROJECT_IDS).statusCode()).isEqualTo(204);
    assertThat(Attempt.REACTIVATE.make(as("blue-member"), id, PROJECT_IDS).statusCode())
        .isEqualTo(403);
    assertThat(Attempt.DELETE.make(admin, id, PROJECT_IDS).statusCode()).isEqualTo(204);
  }

  private static String systemToken(String user, String role) throws IOException {
    keystone.createUser(user, PROJECT_IDS.get("green"), "reader");
    keystone.grant("/v3/system/users/", user, role);
    return keystone.token(user, Map.of("system", Map.of("all", true)));
  }

  @Test
  void forbidsEverythingToTokensForADomain() throws Exception {
    keystone.createUser("landlord", PROJECT_IDS.get("green"), "reader");
    keystone.grant("/v3/domains/default/users/", "landlord", "admin");
    String token = keystone.token("landlord", Map.of("domain", Map.of("id", "default")));

    HttpResponse<String> answer = new ApiCaller(api, token).get("/v2/images");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("the token is for a domain");
  }

  @Test
  void noticesARevocationAfterTheCacheTime() throws Exception {
    String token = keystone.token("blue-member", "blue");
    ApiCaller caller = new ApiCaller(api, token);
    assertThat(caller.get("/v2/images").statusCode()).isEqualTo(200);

    keystone.revoke(token);

    Eventually.until("the token is refused", () -> caller.get("/v2/images").statusCode() == 401);
    assertThat(as("blue-member").get("/v2/images").statusCode()).isEqualTo(200);
  }

  @Test
  void answersWhatNeedsNoToken() throws Exception {
    ApiCaller nobody = new ApiCaller(api, "");

    assertThat(nobody.get("/").statusCode()).isEqualTo(300);
    assertThat(nobody.get("/versions").statusCode()).isEqualTo(200);
    assertThat(nobody.get("/healthcheck").statusCode()).isEqualTo(200);
  }

  @Test
  void servesTheCommandLinesByTheCatalog() throws Exception {
    ClientPrograms.openStackScript(
        "test_keystone",
        Map.of(
            "VITRINE_KEYSTONE",
            keystone.url() + "/v3",
            "VITRINE_PASSWORD",
            Keystone.PASSWORD,
            "VITRINE_API",
            api.toString()));
  }

  private static void assertUnauthenticated(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .isEqualTo("Keystone uri=\"%s\"".formatted(keystone.url()));
  }

  private static ApiCaller as(String user) {
    return new ApiCaller(api, TOKENS.get(user));
  }

  /** Makes an image of blue's as the table calls it; returns its id. */
  private static String image(String description) {
    ApiCaller admin = as("blue-admin");
    if (description.equals("none")) {
      return "";
    }
    String visibility =
        switch (description) {
          case "with green", "accepted" -> "shared";
          case "deactivated", "by green", "queued, public" -> "public";
          case "queued", "protected" -> "private";
          default -> description;
        };
    String id = admin.createImage(visibility, description.equals("protected"));
    if (!description.startsWith("queued")) {
      admin.upload(id, "data");
    }
    switch (description) {
      case "deactivated" -> Attempt.DEACTIVATE.make(admin, id, PROJECT_IDS);
      case "by green" -> Attempt.DEACTIVATE.make(as("green-admin"), id, PROJECT_IDS);
      case "with green" -> admin.addMember(id, PROJECT_IDS.get("green"));
      case "accepted" -> {
        admin.addMember(id, PROJECT_IDS.get("green"));
        Attempt.ACCEPT.make(as("green-member"), id, PROJECT_IDS);
      }
      default -> {}
    }
    return id;
  }
}
