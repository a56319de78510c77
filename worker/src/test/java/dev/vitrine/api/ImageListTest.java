package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.listing.ImageQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageListTest extends ApiTest {

  private List<String> names(String query) {
    return names(alice, query);
  }

  private static List<String> names(Api by, String query) {
    List<String> names = new ArrayList<>();
    by.get("/v2/images" + query)
        .is(200)
        .json()
        .path("images")
        .forEach(image -> names.add(image.path("name").textValue()));
    return names;
  }

  @Test
  void listsWhatIsThereFromTheNewest() {
    assertThat(names("")).isEmpty();
    alice.create("\"name\": \"one\"");
    JsonNode page = alice.get("/v2/images").is(200).json();
    assertThat(page.path("images")).hasSize(1);
    assertThat(page.path("first").textValue()).isEqualTo("/v2/images");
    assertThat(page.has("next")).isFalse();
    assertThat(page.path("schema").textValue()).isEqualTo("/v2/schemas/images");
    UUID id = UUID.fromString(page.path("images").get(0).path("id").textValue());
    assertThat(page.path("images").get(0)).isEqualTo(alice.show(id));
  }

  @Test
  void listsOwnAndPublicImagesToEachAndAllToAdmins() {
    alice.create("\"name\": \"mine\", \"visibility\": \"private\"");
    alice.create("\"name\": \"for many\", \"visibility\": \"community\"");
    UUID given = alice.create("\"name\": \"for all\"");
    root.patch(given, "[{\"op\": \"replace\", \"path\": \"/visibility\", \"value\": \"public\"}]")
        .is(200);
    String ours = "?owner=" + alice.project();
    assertThat(names(rita, ours)).containsExactlyInAnyOrder("mine", "for many", "for all");
    assertThat(names(bob, ours)).containsExactly("for all");
    assertThat(names(bob, ours + "&visibility=all"))
        .containsExactlyInAnyOrder("for all", "for many");
    assertThat(names(bob, ours + "&visibility=community")).containsExactly("for many");
    assertThat(names(bob, ours + "&visibility=private")).isEmpty();
    assertThat(names(root, ours)).contains("mine", "for all");
    root.delete(Api.image(given)).is(204);
  }

  @Test
  void followsPages() {
    for (int i = 0; i < 5; i++) {
      alice.create("\"name\": \"n%d\", \"tags\": [\"a b\"]".formatted(i));
    }
    String path = "/v2/images?limit=2&sort_key=name&sort_dir=asc&tag=a%20b";
    List<String> seen = new ArrayList<>();
    int pages = 0;
    for (String next = path; next != null; pages++) {
      JsonNode page = alice.get(next).is(200).json();
      page.path("images").forEach(image -> seen.add(image.path("name").textValue()));
      assertThat(page.path("first").textValue())
          .isEqualTo("/v2/images?limit=2&sort_key=name&sort_dir=asc&tag=a+b");
      next = page.path("next").textValue();
      assertThat(page.path("next").isNull()).isFalse();
      if (next != null) {
        assertThat(next).startsWith("/v2/images?").contains("tag=a+b").contains("limit=2");
      }
    }
    assertThat(seen).containsExactly("n0", "n1", "n2", "n3", "n4");
    assertThat(pages).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "?name=beta, beta",
    "'?name=in:alpha,beta', 'beta,alpha'",
    "?name=nothing, ''",
    "?status=queued&name=alpha, alpha",
    "?status=active, gamma",
    "?disk_format=iso, beta",
    "'?disk_format=in:iso,raw&sort=name:asc', 'beta,gamma'",
    "?tag=t1, 'beta,alpha'",
    "?tag=t1&tag=t2, beta",
    "?os_distro=debian, alpha",
    "?os_distro=arch, ''",
    "?min_disk=gte:5, beta",
    "?min_ram=7, alpha",
    "?size_min=1, gamma",
    "?size_max=10&status=active, gamma",
    "?size=gt:10, ''",
    "?protected=true, alpha",
    "?protected=True, alpha",
    "?os_hidden=true, delta",
    "?os_hidden=True, delta",
    "?os_hidden=False, 'gamma,beta,alpha'",
    "?created_at=gt:2020-01-01T00:00:00Z, 'gamma,beta,alpha'",
    "?created_at=gt:2020-01-01T00:00:00+00:00, 'gamma,beta,alpha'",
    "?created_at=gt:2020-01-01, 'gamma,beta,alpha'",
    "?created_at=gt:20200101T0000%2B0200, 'gamma,beta,alpha'",
    "'?created_at=gt:2020-01-01%2010:00:00,5', 'gamma,beta,alpha'",
    "?created_at=lte:9999-12-31T23:59:59Z, 'gamma,beta,alpha'",
    "?virtual_size=gt:1, gamma",
    "?size=%20gte:10%20, gamma",
    "?created_at=lt:2020-01-01T00:00:00, ''",
    "?sort_key=name&sort_dir=asc, 'alpha,beta,gamma'",
    "?sort_key=name, 'gamma,beta,alpha'",
    "?sort=name:desc, 'gamma,beta,alpha'",
    "?sort_key=status&sort_key=name&sort_dir=asc&sort_dir=asc, 'gamma,alpha,beta'",
    "?sort_key=name&sort_dir=asc&limit=1, alpha",
    "?limit=0, ''",
    "?member_status=all, 'gamma,beta,alpha'",
  })
  void findsWhatIsAskedFor(String query, String expected) {
    alice.create(
        "\"name\": \"alpha\", \"tags\": [\"t1\"], \"os_distro\": \"debian\", \"min_ram\": 7,"
            + " \"protected\": true");
    alice.create(
        "\"name\": \"beta\", \"tags\": [\"t1\", \"t2\"], \"disk_format\": \"iso\","
            + " \"min_disk\": 5");
    UUID gamma = alice.create("\"name\": \"gamma\", " + Api.FORMATS);
    alice.upload(gamma, new byte[10]).is(204);
    alice.create("\"name\": \"delta\", \"os_hidden\": true");
    List<String> names = names(query);
    List<String> wanted = expected.isEmpty() ? List.of() : List.of(expected.split(","));
    if (query.contains("sort")) {
      assertThat(names).containsExactlyElementsOf(wanted);
    } else {
      assertThat(names).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=-1",
        "?limit=x",
        "?marker=x",
        "?marker=5a0b2c1e-0000-4000-8000-000000000000",
        "?sort=oops",
        "?sort=name:sideways",
        "?sort=name&sort_key=name",
        "?sort_key=oops",
        "?sort_dir=sideways",
        "?sort_key=name&sort_dir=asc&sort_dir=asc",
        "?visibility=secret",
        "?member_status=maybe",
        "?os_hidden=perhaps",
        "?protected=perhaps",
        "?size_min=x",
        "?size_max=x",
        "?size=x",
        "?created_at=yesterday",
        "?created_at=near:2026-11-24T06:10:29Z",
        "?changes-since=2026-11-24T06:10:29Z",
        "?created_at=2026-02-30",
        "?updated_at=gt:2026-11-24T25:00:00Z",
        "?visibility=PUBLIC",
        "?member_status=Accepted",
        "?stores=local",
        "?self=x",
        "?tags=a",
        "?sort=name:asc,name:desc",
        "?sort_key=name&sort_key=name",
        "?name=in:%22a",
        "?name=%ff",
      })
  void refusesWhatMakesNoSense(String query) {
    assertThat(alice.get("/v2/images" + query).error(400)).isNotBlank();
  }

  @Test
  void takesNoMarkerThatTheCallerMayNotSee() {
    UUID id = alice.create("\"name\": \"a\", \"visibility\": \"private\"");
    alice.get("/v2/images?marker=" + id).is(200);
    assertThat(bob.get("/v2/images?marker=" + id).status()).isEqualTo(400);
  }

  @Test
  void listsNoDeletedImage() {
    UUID id = alice.create("\"name\": \"a\"");
    alice.delete(Api.image(id)).is(204);
    assertThat(names("")).isEmpty();
    assertThat(names("?status=deleted")).isEmpty();
  }

  @Test
  void givesNoMoreThanTheMost() {
    alice.create("\"name\": \"a\"");
    assertThat(names("?limit=100000000000")).containsExactly("a");
  }

  @Test
  void findsTextsAsTheyWereGiven() {
    List<String> all = List.of("pad", "pad ", " pad", "a,b", "a \"b\"", "in:c", "c\\d,e", "A+B");
    for (String name : all) {
      String json = name.replace("\\", "\\\\").replace("\"", "\\\"");
      // No tag has a backslash, because a client could not name it in a path.
      alice.create(
          "\"name\": \"%s\", \"note\": \"%s\", \"tags\": [\"%s\"]"
              .formatted(json, json, json.replace("\\\\", "-")));
    }
    for (String name : all) {
      String quoted = "in:\"" + name.replace("\"", "\\\"") + "\",zz";
      assertThat(names("?name=" + encoded(quoted))).containsExactly(name);
      assertThat(names("?note=" + encoded(name))).containsExactly(name);
      assertThat(names("?tag=" + encoded(name.replace("\\", "-")))).containsExactly(name);
      if (!name.startsWith("in:")) {
        assertThat(names("?name=" + encoded(name))).containsExactly(name);
      }
    }
    assertThat(names("?owner=" + encoded(alice.project() + " "))).isEmpty();
    assertThat(names("?name=A%2BB")).containsExactly("A+B");
    assertThat(names("?name=pad+")).containsExactly("pad ");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void answersTheLongestQuestionAndRefusesALongerOne() {
    alice.create("\"name\": \"a\"");
    String filters =
        IntStream.range(0, ImageQuery.MOST_FILTERS)
            .mapToObj(i -> "p%d=v".formatted(i))
            .collect(Collectors.joining("&", "?", ""));
    assertThat(names(filters)).isEmpty();
    assertThat(alice.get("/v2/images" + filters + "&tag=t").error(400)).contains("101 filters");
    String every = "?sort=name,status,container_format,disk_format,size,id,created_at,updated_at";
    assertThat(names(every)).containsExactly("a");
    String values =
        IntStream.range(0, ImageQuery.MOST_VALUES)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "?name=in:", ",a"));
    assertThat(alice.get("/v2/images" + values).error(400)).contains("1001 values");
    assertThat(names(values.replace("in:0,", "in:"))).containsExactly("a");
    String many = "limit=1&".repeat(200);
    assertThat(names("?" + many)).containsExactly("a");
    assertThat(alice.get("/v2/images?" + many + "limit=1").error(400)).contains("201 parameters");
    assertThat(alice.get("/v2/tasks?sort=id,id").status()).isBetween(400, 403);
  }
}
