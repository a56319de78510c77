package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static dev.vitrine.worker.Installation.BOB;
import static dev.vitrine.worker.Installation.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every type of task and all five edges of their table. */
@Timeout(120)
class TaskLifecycleTest {

  private static final String CREATE = "- > create > pending in task";
  private static final String START = "pending > start > processing in task";
  private static final String SUCCEED = "processing > succeed > success in task";
  private static final String FAIL = "processing > fail > failure in task";
  private static final String REFUSE = "pending > fail > failure in task";
  private static final byte[] DATA = new byte[200_000];

  @TempDir private static Path directory;
  private static Installation vitrine;
  private static AnsweringSource web;

  @BeforeAll
  static void start() throws Exception {
    new Random(2).nextBytes(DATA);
    web = new AnsweringSource(DATA);
    vitrine = new Installation(directory);
  }

  @AfterAll
  static void stop() {
    vitrine.close();
    web.close();
  }

  @Test
  void importsAnImage() {
    TaskSummary task =
        vitrine.run(
            new TaskInput.Import(
                web.disk().url(), "raw", Map.of("name", "imported", "os_distro", "debian")),
            ALICE);

    assertSucceeded(task);
    Image image = vitrine.registry().lookup().find(task.imageId()).orElseThrow();
    assertThat(task.result()).isEqualTo(Map.of("image_id", image.id().toString()));
    assertThat(image.name()).isEqualTo("imported");
    assertThat(image.diskFormat()).isEqualTo("raw");
    assertThat(image.owner()).isEqualTo("acme");
    assertThat(image.properties()).isEqualTo(Map.of("os_distro", "debian"));
    assertStored(image.id());
  }

  @Test
  void aFailedImportLeavesNoImage() throws Exception {
    TaskSummary task =
        vitrine.run(new TaskInput.Import(web.status(404).url(), "raw", Map.of()), ALICE);

    assertFailed(task, FAIL, "import", "answered 404");
    assertThat(vitrine.history(task.imageId()))
        .containsExactly(
            "- > create > queued in task/" + task.id(),
            "queued > begin upload > saving in image-upload",
            "saving > upload failed (requeue) > queued in image-upload",
            "queued > delete > deleted in " + WorkflowIds.task(task.id()));
    assertNoImageIsLeft(task);
  }

  @Test
  void anImportThatMakesNoSenseFailsBeforeItBegins() {
    TaskSummary task =
        vitrine.run(
            new TaskInput.Import(web.disk().url(), "raw", Map.of("min_disk", "large")), ALICE);

    assertFailed(task, REFUSE, "min_disk 'large'", "give a whole number");
  }

  @Test
  void anImportFromNoAddressFailsBeforeItBegins() {
    TaskSummary task = vitrine.run(new TaskInput.Import("no url", "raw", Map.of()), ALICE);

    assertFailed(task, REFUSE, "'no url'");
  }

  @Test
  void clonesAnImage() throws Exception {
    UUID original = vitrine.activeImage(DATA);

    TaskSummary task = vitrine.run(new TaskInput.Clone(original, Map.of("name", "copy")), ALICE);

    assertSucceeded(task);
    assertThat(task.imageId()).isNotEqualTo(original);
    Image copy = vitrine.registry().lookup().find(task.imageId()).orElseThrow();
    assertThat(copy.name()).isEqualTo("copy");
    assertThat(task.result()).containsEntry("copied_within", "local");
    assertThat(copy.osHashValue())
        .isEqualTo(vitrine.registry().lookup().find(original).orElseThrow().osHashValue());
    assertStored(copy.id());
    assertStored(original);
  }

  @Test
  void aCloneOfNothingFailsBeforeItBegins() {
    UUID nothing = UUID.randomUUID();

    TaskSummary task = vitrine.run(new TaskInput.Clone(nothing, Map.of()), ALICE);

    assertFailed(task, REFUSE, "clone", nothing.toString(), "was not found");
  }

  @Test
  void aCloneWhoseOriginalIsDeactivatedMeanwhileFails() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      UUID external = external(source.url());
      UUID id = vitrine.startTask(new TaskInput.Clone(external, Map.of()), ALICE);
      source.awaitStall();
      vitrine.act(new ImageAction.Deactivate(external, ROOT));
      source.breakOff();

      TaskSummary task = vitrine.endOfTask(id);

      assertFailed(task, FAIL, "clone", external.toString(), "is deactivated");
      assertNoImageIsLeft(task);
    }
  }

  @Test
  void exportsAnImage() throws Exception {
    UUID id = vitrine.activeImage(DATA);
    Path destination = destination();

    TaskSummary task = vitrine.run(export(id, destination), ALICE);

    assertSucceeded(task);
    assertThat(task.imageId()).isEqualTo(id);
    assertThat(task.result())
        .containsEntry("image_id", id.toString())
        .containsEntry("destination", destination.toUri().toString())
        .containsEntry("size", DATA.length);
    assertThat(destination).hasBinaryContent(DATA);
    assertThat(exported(destination)).containsExactly(destination);
    assertStored(id);
  }

  @Test
  void anExportReplacesNothing() throws Exception {
    UUID id = vitrine.activeImage(DATA);
    Path destination = Files.writeString(destination(), "somebody else's");

    TaskSummary task = vitrine.run(export(id, destination), ALICE);

    assertFailed(task, FAIL, "export", destination.toString(), "exists");
    assertThat(destination).hasContent("somebody else's");
    assertThat(exported(destination)).containsExactly(destination);
  }

  @Test
  void anExportOutsideTheExportRootsFails() throws Exception {
    UUID id = vitrine.activeImage(DATA);
    Path destination = directory.resolve("elsewhere");

    TaskSummary task = vitrine.run(export(id, destination), ALICE);

    assertFailed(task, FAIL, "export", "transfer.export-roots");
    assertThat(destination).doesNotExist();
  }

  @Test
  void anExportOfWhatHasNoDataFailsBeforeItBegins() {
    UUID id = UUID.randomUUID();
    vitrine.act(new ImageAction.Register(NewImage.of(id, "acme"), ALICE));

    TaskSummary task = vitrine.run(export(id, destination()), ALICE);

    assertFailed(task, REFUSE, "export", id.toString(), "is queued", "upload it first");
  }

  @Test
  void whatIsDeactivatedIsExportedAndClonedForAnAdminOnly() throws Exception {
    UUID id = vitrine.activeImage(DATA);
    vitrine.act(new ImageAction.Deactivate(id, ROOT));
    Path destination = destination();

    assertFailed(
        vitrine.run(export(id, destination), ALICE), REFUSE, "is deactivated", "export by alice");
    assertFailed(
        vitrine.run(new TaskInput.Clone(id, Map.of()), ALICE),
        REFUSE,
        "is deactivated",
        "clone by alice");
    assertThat(exported(destination)).isEmpty();

    assertSucceeded(vitrine.run(export(id, destination), ROOT));
    assertSucceeded(vitrine.run(new TaskInput.Clone(id, Map.of()), ROOT));
    assertThat(destination).hasBinaryContent(DATA);
  }

  @Test
  void whatAnotherProjectOwnsIsNotFound() throws Exception {
    UUID id = vitrine.activeImage(DATA);

    assertFailed(vitrine.run(export(id, destination()), BOB), REFUSE, "was not found");
  }

  @Test
  void aCancelledImportLeavesNoImage() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      UUID id = vitrine.startTask(new TaskInput.Import(source.url(), "raw", Map.of()), ALICE);
      source.awaitStall();
      assertThat(find(id).status()).isEqualTo(TaskStatus.PROCESSING);

      TaskSummary task = cancelled(id, ROOT);

      assertFailed(task, FAIL, "cancelled by root (admin) at 2");
      assertNoImageIsLeft(task);
    }
  }

  @Test
  void aCancelledExportLeavesNoFile() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      UUID image = external(source.url());
      Path destination = destination();
      UUID id = vitrine.startTask(export(image, destination), ALICE);
      source.awaitStall();
      Installation.await("the export has begun", () -> !exported(destination).isEmpty());

      TaskSummary task = cancelled(id, ALICE);

      assertFailed(task, FAIL, "cancelled by alice at 2");
      assertThat(exported(destination)).isEmpty();
      assertThat(vitrine.registry().lookup().find(image).orElseThrow().status())
          .isEqualTo(ImageStatus.ACTIVE);
    }
  }

  @Test
  void aTaskThatIsCancelledInTemporalLeavesNoImage() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      UUID id = vitrine.startTask(new TaskInput.Import(source.url(), "raw", Map.of()), ALICE);
      source.awaitStall();

      vitrine.workflow(WorkflowIds.task(id)).cancel();

      Installation.await("it has ended", () -> find(id).status().isFinal());
      assertFailed(TaskSummary.of(find(id)), FAIL, "cancelled in Temporal at 2");
      assertNoImageIsLeft(TaskSummary.of(find(id)));
    }
  }

  private static TaskSummary cancelled(UUID taskId, Requester by) {
    vitrine.cancelTask(taskId, by);
    return vitrine.endOfTask(taskId);
  }

  private static TaskInput export(UUID imageId, Path destination) {
    return new TaskInput.Export(imageId, destination.toUri().toString());
  }

  private static Path destination() {
    return vitrine.files().exports().resolve(UUID.randomUUID().toString());
  }

  /** An image of Alice's whose data is elsewhere. */
  private static UUID external(String url) {
    UUID id = UUID.randomUUID();
    vitrine.act(new ImageAction.Register(NewImage.of(id, "acme"), ALICE));
    vitrine.act(new ImageAction.AddLocation(id, url, ALICE));
    return id;
  }

  /** The destination and whatever else is there on its behalf. */
  private static List<Path> exported(Path destination) {
    try (Stream<Path> files = Files.list(vitrine.files().exports())) {
      return files.filter(file -> file.toString().startsWith(destination.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Task find(UUID taskId) {
    return vitrine.registry().tasks().find(taskId).orElseThrow();
  }

  private static void assertSucceeded(TaskSummary task) {
    assertThat(task.status()).as("%s", task.message()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(task.message()).isNull();
    assertThat(find(task.id()).status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(find(task.id()).expiresAt()).isAfter(task.updatedAt());
    assertThat(vitrine.history(task.id())).containsExactly(CREATE, START, SUCCEED);
  }

  private static void assertFailed(TaskSummary task, String lastChange, String... message) {
    assertThat(task.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(task.result()).isNull();
    assertThat(task.message()).contains(message);
    assertThat(find(task.id()).status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(find(task.id()).message()).isEqualTo(task.message());
    assertThat(vitrine.history(task.id()))
        .containsExactlyElementsOf(
            lastChange.equals(REFUSE) ? List.of(CREATE, REFUSE) : List.of(CREATE, START, FAIL));
  }

  private static void assertNoImageIsLeft(TaskSummary task) throws InterruptedException {
    Image image = vitrine.registry().lookup().find(task.imageId()).orElseThrow();
    assertThat(image.status()).isEqualTo(ImageStatus.DELETED);
    vitrine.awaitNoLocation(image.id());
    assertThat(vitrine.files().stored(image.id())).isEmpty();
  }

  private static void assertStored(UUID imageId) {
    Path file =
        vitrine.files().store().resolve(vitrine.registry().locations().of(imageId).get(0).key());
    assertThat(file).hasBinaryContent(DATA);
    assertThat(vitrine.files().stored(imageId)).containsExactlyInAnyOrder(file.getParent(), file);
  }
}
