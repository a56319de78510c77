package dev.vitrine.workflow.task;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.failedTask;
import static dev.vitrine.workflow.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.task.ImportRequest;
import dev.vitrine.task.ImportVia;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An import into an image that there is, whatever comes in between. */
@Timeout(60)
class ImageImportTaskTest {

  private static final ImportVia WEB = ImportVia.webDownload("http://source.example/image");
  private static final ImportVia STAGED = ImportVia.of(ImportMethod.GLANCE_DIRECT);
  private static final ImportVia COPY = ImportVia.of(ImportMethod.COPY_IMAGE);

  private final TestStack stack = new TestStack();
  private final UUID taskId = UUID.randomUUID();
  private final UUID id = UUID.randomUUID();
  private final TaskWorkflow task = stack.task(taskId);

  @BeforeEach
  void register() {
    stack.registry.put(id, ImageStatus.QUEUED, "acme", false);
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  private TaskRequest request(ImportVia via, boolean mustSucceed, String... stores) {
    ImportRequest asked = new ImportRequest(via, List.of(stores), false, mustSucceed);
    return new TaskRequest(taskId, new TaskInput.ImageImport(id, asked, List.of(stores)), ALICE);
  }

  private TaskSummary run(ImportVia via, boolean mustSucceed, String... stores) {
    return task.run(request(via, mustSucceed, stores));
  }

  private TaskSummary failed(ImportVia via, boolean mustSucceed, String... stores) {
    return failedTask(() -> run(via, mustSucceed, stores));
  }

  private void stage() {
    stack
        .upload(id)
        .upload(
            UploadRequest.ofQueued(id, new Source.Url("http://source.example/a"), ALICE).staging());
    stack.transfers.calls.clear();
    stack.registry.edges.clear();
  }

  private void active() {
    stack
        .upload(id)
        .upload(UploadRequest.ofQueued(id, new Source.Url("http://source.example/a"), ALICE));
    stack.transfers.calls.clear();
    stack.registry.edges.clear();
  }

  private Map<String, LocationStatus> stores() {
    return stack.registry.locations(id).stream()
        .collect(Collectors.toMap(Location::store, Location::status));
  }

  @Test
  void downloadsIntoAllStoresInOnePass() {
    TaskSummary ended = run(WEB, true, "a", "b", "c");

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.imageId()).isEqualTo(id);
    assertThat(ended.result()).isEqualTo(Map.of("image_id", id.toString()));
    assertThat(stack.registry.edges).containsExactly("20", "22");
    assertThat(stack.transfers.calls).containsExactly("http://source.example/image -> a+b+c");
    assertThat(stores()).hasSize(3).containsValue(LocationStatus.ACTIVE);
  }

  @Test
  void whatIsStagedOnlyTurnsStatuses() {
    stage();

    assertThat(run(STAGED, true, "fake").status()).isEqualTo(TaskStatus.SUCCESS);

    assertThat(stack.transfers.calls).isEmpty();
    assertThat(stack.registry.edges).containsExactly("21", "22");
    assertThat(stores()).isEqualTo(Map.of("fake", LocationStatus.ACTIVE));
  }

  @Test
  void whatIsStagedIsCopiedFromThereAndGoesIfItsStoreIsNotWanted() throws Exception {
    stage();

    assertThat(run(STAGED, true, "a", "b").status()).isEqualTo(TaskStatus.SUCCESS);

    assertThat(stack.transfers.calls).startsWith("image %s in store fake -> a+b".formatted(id));
    awaitStores(Map.of("a", LocationStatus.ACTIVE, "b", LocationStatus.ACTIVE));
  }

  @Test
  void anActiveImageGetsCopiesAndNoStatus() {
    active();

    assertThat(run(COPY, true, "a").status()).isEqualTo(TaskStatus.SUCCESS);

    assertThat(stack.transfers.calls).containsExactly("fake -> a");
    assertThat(stack.registry.edges).isEmpty();
    assertThat(stores())
        .isEqualTo(Map.of("fake", LocationStatus.ACTIVE, "a", LocationStatus.ACTIVE));
  }

  @Test
  void aStoreThatFailedFirstIsCopiedToFromAGoodOne() {
    stack.transfers.dropped = Map.of("a", "it hiccuped");

    TaskSummary ended = run(WEB, true, "a", "b");

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.result()).containsOnlyKeys("image_id");
    assertThat(stack.transfers.calls)
        .containsExactly("http://source.example/image -> a+b", "b -> a");
  }

  @Test
  void oneStoreThatFailsTakesEverythingBack() throws Exception {
    stack.transfers.beforeFailure = this::failTheCopy;

    TaskSummary ended = failed(WEB, true, "a", "b");

    assertThat(ended.message())
        .isEqualTo(
            "api_image_import of image %s: copy from store 'a' into store 'b', attempt 1: store b is full"
                .formatted(id));
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    assertThat(stack.imports.failedStores).containsExactly("b");
    stack.awaitNothingIsLeft();
  }

  private void failTheCopy() {
    stack.transfers.dropped = Map.of("b", "store b is full");
    if (stack.transfers.calls.contains("a -> b")) {
      stack.transfers.failNext(new Conflict("store b is full"));
    }
  }

  @Test
  void oneStoreThatMayFailIsNamedAndItsDataGoes() throws Exception {
    stack.transfers.beforeFailure = this::failTheCopy;

    TaskSummary ended = run(WEB, false, "a", "b");

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.result())
        .isEqualTo(
            Map.of(
                "image_id", id.toString(),
                "stores", List.of("a"),
                "failed_stores", Map.of("b", "attempt 1: store b is full")));
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.ACTIVE);
    assertThat(stack.imports.failedStores).containsExactly("b");
    awaitStores(Map.of("a", LocationStatus.ACTIVE));
  }

  @Test
  void aSourceThatFailsFailsItWhateverThePolicy() throws Exception {
    stack.transfers.failNext(new SourceUnusable("GET http://source.example/image answered 404"));

    TaskSummary ended = failed(WEB, false, "a", "b");

    assertThat(ended.message())
        .isEqualTo(
            "api_image_import of image %s: download into stores 'a', 'b', attempt 1: GET http://source.example/image answered 404"
                .formatted(id));
    assertThat(stack.registry.edges).containsExactly("20", "23");
    stack.awaitNothingIsLeft();
  }

  @Test
  void copiesThatFailKeepWhatTheImageHad() throws Exception {
    active();
    stack.transfers.failNext(new Conflict("store a is full"));

    TaskSummary ended = failed(COPY, true, "a");

    assertThat(ended.message()).contains("copy into store 'a', attempt 1: store a is full");
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.ACTIVE);
    awaitStores(Map.of("fake", LocationStatus.ACTIVE));
  }

  @Test
  void whatIsStagedIsEnoughWhereCopiesMayFail() throws Exception {
    stage();
    stack.transfers.failNext(new Conflict("store a is full"));

    TaskSummary ended = run(STAGED, false, "a", "fake");

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.result()).containsEntry("stores", List.of("fake"));
    awaitStores(Map.of("fake", LocationStatus.ACTIVE));
  }

  @Test
  void anImageThatIsHeldIsRefusedAndLeftAlone() {
    stack.registry.put(id, ImageStatus.SAVING, "acme", false);

    TaskSummary ended = failed(WEB, true, "a");

    assertThat(ended.message()).contains("saving");
    assertThat(ended.imageId()).isEqualTo(id);
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.SAVING);
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void aUrlThatIsNoneIsRefusedBeforeAnythingIsBegun() {
    TaskSummary ended = failed(ImportVia.webDownload("ftp://source.example/"), true, "a");

    assertThat(ended.message()).startsWith("api_image_import refused: ").contains("http, https");
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void whoeverCancelsItIsNamedAndNothingIsLeft() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(task::run, request(WEB, true, "a", "b"));
    stack.transfers.hanging.await();

    task.cancel(ALICE);

    TaskSummary ended = result(task, TaskSummary.class);
    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message()).startsWith("cancelled by alice at ");
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    stack.awaitNothingIsLeft();
  }

  @Test
  void aDeletedImageStopsIt() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(task::run, request(WEB, true, "a", "b"));
    stack.transfers.hanging.await();
    stack.registry.noteUpload(id, "task/" + taskId);

    stack.deletion(id).delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.DELETED);
    TaskSummary ended = failedTask(() -> WorkflowStub.fromTyped(task).getResult(TaskSummary.class));
    assertThat(ended.message()).endsWith("the image was deleted by alice");
    assertThat(stack.transfers.calls).contains("stopped");
    stack.awaitNothingIsLeft();
  }

  @Test
  void aRegistryThatIsAwayForAWhileIsWaitedFor() {
    stack.registry.goDownFor(3);

    assertThat(run(WEB, true, "a").status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void aTransientFailureIsTriedAgain() {
    stack.transfers.failNext(new Unavailable("the store is away"));

    assertThat(run(WEB, true, "a").status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.transfers.calls).containsExactly("transfer", "transfer");
  }

  private void awaitStores(Map<String, LocationStatus> wanted) throws InterruptedException {
    for (int i = 0; !stores().equals(wanted); i++) {
      assertThat(i).as("stores %s", stores()).isLessThan(500);
      stack.transfers.moment();
    }
  }
}
