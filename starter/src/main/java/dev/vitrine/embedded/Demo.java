package dev.vitrine.embedded;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageProperties;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Registry;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The demonstration: the life of some images and a task, each outcome compared with the right one.
 */
public final class Demo {

  private static final Requester MEMBER = Requester.member("alice", "demo");
  private static final Requester STRANGER = Requester.member("mallory", "elsewhere");
  private static final Requester ADMIN = Requester.admin("operator", "demo");

  private final VitrineClient client;
  private final ImageLookup images;
  private final StatusWatch watch;
  private final PrintWriter out;
  private final DemoReport report = new DemoReport();

  public Demo(VitrineClient client, Registry registry, StatusWatch watch, PrintWriter out) {
    this.client = client;
    this.images = registry.lookup();
    this.watch = watch;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param source the data of the first image
   * @param importUrl the data of the import task
   * @param missingUrl a URL that answers 404
   * @param store the store's directory, to see that nothing is left in it
   */
  public DemoReport run(Source source, String importUrl, String missingUrl, Path store) {
    UUID image = upload(source);
    importTask(importUrl);
    failingUpload(missingUrl, FailurePolicy.REQUEUE, ImageStatus.QUEUED);
    failingUpload(missingUrl, FailurePolicy.KILL, ImageStatus.KILLED);
    if (report.allRight()) {
      deactivation(image);
      delayedDeletion(image, store);
    } else {
      report.add("deactivation and delayed deletion", "done", "not done", "they take an image");
    }
    return report;
  }

  private UUID upload(Source source) {
    title("upload from " + source.display());
    UUID id = UUID.randomUUID();
    watch.follow(id, "image");
    long start = System.nanoTime();
    UploadResult result = client.startUpload(request(id, source, FailurePolicy.REQUEUE)).await();
    double seconds = (System.nanoTime() - start) / 1e9;
    String detail = String.valueOf(result.message());
    if (result.data() != null) {
      detail =
          "%,d bytes in %.1f s; MD5 %s"
              .formatted(result.data().size(), seconds, result.data().checksum());
    }
    report.add("upload", ImageStatus.ACTIVE, status(id), detail);
    return id;
  }

  private void importTask(String url) {
    title("import task from " + new Source.Url(url).display());
    UUID id = UUID.randomUUID();
    watch.follow(id, "task");
    TaskHandle handle =
        client.startTask(
            new TaskRequest(
                id, new TaskInput.Import(url, "raw", Map.of("name", "imported")), MEMBER));
    TaskSummary task = handle.await();
    watch.look();
    UUID imageId = task.imageId();
    if (imageId != null) {
      watch.follow(imageId, "image");
      report.add("image of the import task", ImageStatus.ACTIVE, status(imageId), "");
    }
    report.add(
        "import task",
        TaskStatus.SUCCESS,
        task.status(),
        task.message() == null ? "result " + task.result() : task.message());
  }

  private void failingUpload(String url, FailurePolicy policy, ImageStatus expected) {
    title("upload that fails, policy " + policy);
    UUID id = UUID.randomUUID();
    watch.follow(id, "image");
    UploadResult result = client.startUpload(request(id, new Source.Url(url), policy)).await();
    report.add(
        "failing upload, policy " + policy,
        expected,
        status(id),
        Objects.toString(result.message()));
  }

  private void deactivation(UUID image) {
    title("deactivation");
    String refused;
    String why = "";
    try {
      client.deactivate(image, STRANGER);
      refused = "allowed";
    } catch (VitrineException e) {
      refused = e.kind().wireName();
      why = Objects.toString(e.getMessage());
    }
    report.add("deactivation by another project", "NotFound", refused, why);
    client.deactivate(image, ADMIN);
    report.add("deactivation by an admin", ImageStatus.DEACTIVATED, status(image), "");
  }

  private void delayedDeletion(UUID image, Path store) {
    title("delayed deletion of the deactivated image, scrub time 2 s");
    var deletion = client.delete(image, MEMBER, Duration.ofSeconds(2));
    ImageSummary pending = deletion.image();
    report.add(
        "delayed deletion",
        ImageStatus.PENDING_DELETE,
        pending.status(),
        files(store, image) + " file kept until " + pending.scrubAt());
    deletion.awaitDataRemoved();
    report.add("after the scrub time", ImageStatus.DELETED, status(image), "");
    report.add("files left of it in the store", 0, files(store, image), "");
  }

  private static UploadRequest request(UUID id, Source source, FailurePolicy policy) {
    NewImage image =
        ImageProperties.newImage(
            id,
            MEMBER.project(),
            Map.of("name", "demo", "disk_format", "raw", "container_format", "bare"));
    return UploadRequest.of(image, source, MEMBER).withPolicy(policy);
  }

  private String status(UUID image) {
    watch.look();
    return images.find(image).map(found -> found.status().toString()).orElse("missing");
  }

  private static long files(Path store, UUID image) {
    try (Stream<Path> files = Files.walk(store)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(image.toString()))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void title(String text) {
    watch.look();
    out.println();
    out.println("-- " + text);
    out.flush();
  }
}
