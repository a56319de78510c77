package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.fake.FakeImageApi;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a measurement reports and leaves behind; how fast it was is nobody's business here. */
class BenchTest {

  private static final long SIZE = 300_000;

  private final FakeImageApi server = FakeImageApi.start();
  private final List<String> progress = new ArrayList<>();

  @TempDir private Path dir;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void uploadsAreMeasuredAgainstTheReferenceLoop() {
    BenchReport report = bench(2).upload();

    assertThat(report.bench()).isEqualTo("upload");
    assertThat(report.server()).isEqualTo(server.url());
    assertThat(report.reference())
        .extracting(Figure::name)
        .containsExactly(
            "write",
            "write, CPU",
            "MD5",
            "MD5, CPU",
            "SHA-512",
            "SHA-512, CPU",
            "both digests",
            "both digests, CPU",
            "reference loop",
            "reference loop, CPU",
            "loopback GET",
            "loopback GET, CPU");
    assertThat(report.figures()).extracting(Figure::name).containsExactly("upload");
    ratiosAreThoseOfTheReference(report, "reference loop");
    assertThat(requests("PUT")).isEqualTo(2);
    leavesNothing();
  }

  @Test
  void downloadsAreMeasuredAgainstALoopbackGet() {
    BenchReport report = bench(3).download();

    assertThat(report.figures()).extracting(Figure::name).containsExactly("download");
    ratiosAreThoseOfTheReference(report, "loopback GET");
    assertThat(server.requests()).filteredOn(one -> one.matches("GET .*/file")).hasSize(3);
    leavesNothing();
  }

  @Test
  void smallCallsAreMeasuredAgainstALoopbackExchange() {
    BenchReport report = bench(2).api();

    assertThat(report.figures())
        .extracting(Figure::name)
        .containsExactly(
            "create", "first page of 25", "list 30 by 25", "upload of 300000 bytes", "delete");
    assertThat(server.requests()).filteredOn(one -> one.startsWith("POST")).hasSize(32);
    assertThat(requests("DELETE")).isEqualTo(32);
    ratiosAreThoseOfTheReference(report, "loopback exchange");
    leavesNothing();
  }

  @Test
  void noticesAServerThatKeepsSomethingElseAndRemovesItAllTheSame() {
    server.flipsBits = true;

    assertThatThrownBy(() -> bench(1).upload()).isInstanceOf(DataMismatch.class);

    leavesNothing();
  }

  @Test
  void saysWhatItDoes() {
    BenchReport unused = bench(1).upload();

    assertThat(progress).containsExactly("this machine: write, digests, loopback", "uploads");
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThatThrownBy(() -> bench(0)).isInstanceOf(Invalid.class).hasMessageContaining("--count");
  }

  private Bench bench(int count) {
    return new Bench(
        new ImageApi(RemoteSettings.of(URI.create(server.url()))),
        new BenchPlan(SIZE, count, 30, 2, dir, ServerProcesses.of(List.of()), progress::add));
  }

  private static void ratiosAreThoseOfTheReference(BenchReport report, String limit) {
    assertThat(report.figures())
        .extracting(Figure::of)
        .anyMatch(of -> String.valueOf(of).startsWith(limit));
    for (Figure figure : report.figures()) {
      assertThat(figure.value()).isPositive();
      if (figure.ratio() != null) {
        Figure reference =
            report.reference().stream()
                .filter(one -> one.name().equals(figure.of()))
                .findFirst()
                .orElseThrow();
        assertThat(figure.unit()).isEqualTo(reference.unit());
        assertThat(figure.ratio() * reference.value())
            .isCloseTo(figure.value(), within(figure.value() / 1e6));
      }
    }
  }

  private long requests(String method) {
    return server.requests().stream().filter(one -> one.startsWith(method + " ")).count();
  }

  private void leavesNothing() {
    assertThat(server.images().all()).isEmpty();
    assertThat(dir).isEmptyDirectory();
  }
}
