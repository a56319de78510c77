package dev.vitrine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.task.TaskType;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.DataRemovalRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.verification.ImageVerificationRequest;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that crosses a process, through Temporal's own converter and back. */
final class WireTest {

  private static final DataConverter CONVERTER = DefaultDataConverter.newDefaultInstance();
  private static final ScanMark MARK =
      new ScanMark(Instant.parse("2024-02-03T04:05:06.789012Z"), UUID.randomUUID());
  private static final UUID ID = UUID.fromString("6e0b1a5e-0000-4000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("6e0b1a5e-0000-4000-8000-000000000002");
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final Requester ALICE = Requester.member("alice", "mars");
  private static final ImageData DATA =
      new ImageData(
          5_000_000_000L,
          "0123456789abcdef".repeat(2),
          "fedcba9876543210".repeat(8),
          8_000_000_000L);
  private static final ImageData UNINSPECTED =
      new ImageData(0, "0123456789abcdef".repeat(2), "fedcba9876543210".repeat(8));
  private static final Location LOCATION =
      new Location(OTHER, ID, "main", ID + "/" + OTHER, LocationStatus.PENDING_DELETE, AT);
  private static final NewImage NEW_IMAGE =
      new NewImage(
          ID,
          "Ünïcødé 🐧",
          0L,
          "qcow2",
          "bare",
          1,
          2,
          Visibility.COMMUNITY,
          true,
          true,
          "mars",
          Map.of("os_distro", "debian"),
          List.of("a", "b"));
  private static final Image IMAGE =
      new Image(
          ID,
          "Ünïcødé 🐧",
          ImageStatus.PENDING_DELETE,
          5_000_000_000L,
          6_000_000_000L,
          "0123456789abcdef".repeat(2),
          "sha512",
          "fedcba9876543210".repeat(8),
          "qcow2",
          "bare",
          1,
          2,
          Visibility.PUBLIC,
          true,
          true,
          "mars",
          FailurePolicy.KILL,
          AT,
          AT,
          AT,
          AT,
          3,
          Map.of("os_distro", "debian"),
          List.of("a", "b"));
  private static final TaskInput EXPORT = new TaskInput.Export(ID, "file:///exports/a");
  private static final Task TASK =
      new Task(
          OTHER,
          TaskType.EXPORT,
          TaskStatus.PROCESSING,
          EXPORT,
          Map.of("size", 5_000_000_000L),
          "message",
          "mars",
          "alice",
          ID,
          new Progress("transfer", 1, 2L, 3, 1),
          AT,
          AT,
          AT,
          4,
          OTHER,
          "req-1");

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(IMAGE, Image.class),
        Arguments.of(NEW_IMAGE, NewImage.class),
        Arguments.of(NewImage.of(ID, "mars"), NewImage.class),
        Arguments.of(DATA, ImageData.class),
        Arguments.of(UNINSPECTED, ImageData.class),
        Arguments.of(ExpectedData.NONE, ExpectedData.class),
        Arguments.of(ExpectedData.exactly(DATA), ExpectedData.class),
        Arguments.of(LOCATION, Location.class),
        Arguments.of(new Member(ID, "venus", MemberStatus.ACCEPTED, AT, AT), Member.class),
        Arguments.of(
            new HistoryEntry(
                ID, null, "queued", "create", AT, "why", "op", "wf", "run", "u", "p", "req-1"),
            HistoryEntry.class),
        Arguments.of(ALICE, Requester.class),
        Arguments.of(new Operation("op", "wf", "run", "why", ALICE.in("req-1")), Operation.class),
        Arguments.of(TASK, Task.class),
        Arguments.of(ImageSummary.of(IMAGE), ImageSummary.class),
        Arguments.of(TaskSummary.of(TASK), TaskSummary.class),
        Arguments.of(new Progress("verify", 1, null, 3, 1), Progress.class),
        Arguments.of(
            new TaskInput.Import("https://h/a", "raw", Map.of("name", "a")), TaskInput.class),
        Arguments.of(EXPORT, TaskInput.class),
        Arguments.of(new TaskInput.Clone(ID, Map.of()), TaskInput.class),
        Arguments.of(new TaskInput.Clone(ID, Map.of()), TaskInput.Clone.class),
        Arguments.of(new Source.Url("https://h/a?b=c"), Source.class),
        Arguments.of(new Source.OfImage(ID), Source.class),
        Arguments.of(new Source.HeldStream("queue", "handle"), Source.class),
        Arguments.of(
            new TransferRequest(
                ID, new Source.OfImage(OTHER), LOCATION, ExpectedData.NONE, ALICE, OTHER),
            TransferRequest.class),
        Arguments.of(
            new TransferHeartbeat("transfer", 1, null, 3, 2, "\"etag\"", 1),
            TransferHeartbeat.class),
        Arguments.of(new ExportRequest(OTHER, ID, "file:///a", ALICE), ExportRequest.class),
        Arguments.of(
            new Finding(
                Finding.Kind.ABANDONED_UPLOAD,
                ID,
                null,
                null,
                FailurePolicy.REQUEUE,
                "found",
                "main"),
            Finding.class),
        Arguments.of(new ImageAction.Register(NEW_IMAGE, ALICE), ImageAction.class),
        Arguments.of(new ImageAction.AddLocation(ID, "https://h/a", ALICE), ImageAction.class),
        Arguments.of(new ImageAction.Deactivate(ID, ALICE), ImageAction.class),
        Arguments.of(new ImageAction.Reactivate(ID, ALICE), ImageAction.class),
        Arguments.of(new ImageUploads(0, null), ImageUploads.class),
        Arguments.of(new ImageUploads(3, "image-upload/x/3"), ImageUploads.class),
        Arguments.of(new DataRemovalRequest(ID, OTHER, "main"), DataRemovalRequest.class),
        Arguments.of(DeletionRequest.ofDeleted(ID, ALICE, "image-upload/x"), DeletionRequest.class),
        Arguments.of(new TaskRequest(OTHER, EXPORT, ALICE, ID), TaskRequest.class),
        Arguments.of(upload(), UploadRequest.class),
        Arguments.of(
            new UploadResult(ID, UploadResult.Outcome.ACTIVATED, DATA, null, null),
            UploadResult.class),
        Arguments.of(
            new UploadResult(ID, UploadResult.Outcome.KILLED, null, "GaveUp", "why"),
            UploadResult.class),
        Arguments.of(new TaskRequest(OTHER, EXPORT, ALICE), TaskRequest.class),
        Arguments.of(new ImageVerificationRequest(ID, ALICE), ImageVerificationRequest.class),
        Arguments.of(
            new ImageVerification(
                ID, List.of(new LocationCheck(ID, OTHER, "main", Outcome.PASSED_OVER, "why"))),
            ImageVerification.class),
        Arguments.of(new DeletionRequest(ID, ALICE, Duration.ofHours(36)), DeletionRequest.class),
        Arguments.of(new DeletionResult(ID, 2), DeletionResult.class),
        Arguments.of(
            ReconciliationRequest.repeated(Duration.ofMillis(1500)), ReconciliationRequest.class),
        Arguments.of(new ReconciliationRequest(null, null, null), ReconciliationRequest.class),
        Arguments.of(new ReconciliationResult(1, 2, 3, 4, 5, 6, 7), ReconciliationResult.class),
        Arguments.of(
            new ReconciliationResult(
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                List.of("image x: no"),
                Map.of(Finding.Kind.LEFTOVER_LOCATION, MARK),
                "reconciliation/test",
                "run"),
            ReconciliationResult.class),
        Arguments.of(new ScanRequest(Finding.Kind.ABANDONED_TASK, MARK, 10), ScanRequest.class),
        Arguments.of(new ScanPage(List.of(), MARK, 3), ScanPage.class),
        Arguments.of(MARK, ScanMark.class));
  }

  private static UploadRequest upload() {
    return new UploadRequest(
        ID,
        NewImage.of(ID, "mars"),
        new Source.HeldStream("queue", "handle"),
        FailurePolicy.KILL,
        ExpectedData.exactly(DATA),
        ALICE,
        OTHER);
  }

  private static JsonNode json(Object value) throws Exception {
    Payload payload = CONVERTER.toPayload(value).orElseThrow();
    return new ObjectMapper().readTree(payload.getData().toByteArray());
  }

  private static <T> T back(Object value, Class<T> type) {
    return CONVERTER.fromPayload(CONVERTER.toPayload(value).orElseThrow(), type, type);
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackAsItWas(Object value, Class<?> type) throws Exception {
    assertThat(back(value, type)).isEqualTo(value);
    assertThat(fields(json(value))).allMatch(name -> name.matches("[a-z0-9]+(_[a-z0-9]+)*"));
    assertThat(json(value)).noneMatch(JsonNode::isNull);
  }

  @Test
  void hasGlancesNames() throws Exception {
    assertThat(fields(json(IMAGE)))
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "status",
            "size",
            "virtual_size",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "disk_format",
            "container_format",
            "min_disk",
            "min_ram",
            "visibility",
            "protected",
            "os_hidden",
            "owner",
            "failure_policy",
            "created_at",
            "updated_at",
            "deleted_at",
            "scrub_at",
            "version",
            "properties",
            "tags");
    assertThat(json(IMAGE).get("protected").booleanValue()).isTrue();
    assertThat(json(IMAGE).get("status").textValue()).isEqualTo("pending_delete");
    assertThat(json(IMAGE).get("created_at").textValue()).isEqualTo("2026-03-01T10:00:00.123456Z");
    assertThat(fields(json(NEW_IMAGE))).contains("protected").doesNotContain("is_protected");
    assertThat(fields(json(TASK)))
        .contains("user_id", "image_id", "expires_at", "created_at")
        .doesNotContain("task_type");
  }

  @Test
  void readsASummaryFromTheWhole() {
    assertThat(back(IMAGE, ImageSummary.class)).isEqualTo(ImageSummary.of(IMAGE));
    assertThat(back(TASK, TaskSummary.class)).isEqualTo(TaskSummary.of(TASK));
  }

  @Test
  void givesWorkersThatReadTheWholeWhatTheyNeed() {
    assertThat(back(ImageSummary.of(IMAGE), Image.class))
        .returns(IMAGE.id(), Image::id)
        .returns(IMAGE.status(), Image::status)
        .returns(IMAGE.scrubAt(), Image::scrubAt)
        .returns(Map.of(), Image::properties);
    assertThat(back(TaskSummary.of(TASK), Task.class))
        .returns(TASK.status(), Task::status)
        .returns(EXPORT, Task::input);
    Task importing =
        new Task(
            OTHER,
            TaskType.IMPORT,
            TaskStatus.PENDING,
            new TaskInput.Import("https://h/a?secret", "raw", Map.of("name", "a")),
            null,
            null,
            "mars",
            "alice",
            null,
            null,
            AT,
            AT,
            null,
            1,
            null,
            null);
    assertThat(back(TaskSummary.of(importing), Task.class).input())
        .isEqualTo(new TaskInput.Import("https://h/a", "raw", Map.of()));
  }

  @Test
  void namesTheVariantOfAChoice() throws Exception {
    assertThat(fields(json(EXPORT))).containsExactlyInAnyOrder("type", "image_id", "destination");
    assertThat(json(EXPORT).get("type").textValue()).isEqualTo("export");
    assertThat(json(TASK).get("input").get("type").textValue()).isEqualTo("export");
    assertThat(fields(json(upload().source())))
        .containsExactlyInAnyOrder("kind", "task_queue", "handle");
    assertThat(json(new ImageAction.AddLocation(ID, "https://h/", ALICE)).get("action").textValue())
        .isEqualTo("add-location");
    assertThat(fields(json(new ImageAction.Deactivate(ID, ALICE))))
        .containsExactlyInAnyOrder("action", "image_id", "by");
    assertThat(fields(json(new ImageAction.Register(NEW_IMAGE, ALICE))))
        .containsExactlyInAnyOrder("action", "image", "by");
  }

  @Test
  void passesOverWhatANewerVersionAdded() throws Exception {
    String newer = "{\"user\":\"alice\",\"project\":\"mars\",\"admin\":false,\"since\":\"2030\"}";

    assertThat(new ObjectMapper().readValue(newer, Requester.class)).isEqualTo(ALICE);
  }

  @Test
  void fillsInWhatWasLeftOut() throws Exception {
    String sparse = "{\"id\":\"%s\",\"owner\":\"mars\"}".formatted(ID);

    assertThat(new ObjectMapper().readValue(sparse, NewImage.class))
        .isEqualTo(NewImage.of(ID, "mars"));
  }

  @Test
  void writesADurationSoThatItComesBack() throws Exception {
    DeletionRequest request = new DeletionRequest(ID, ALICE, Duration.ofSeconds(90));

    assertThat(fields(json(request)))
        .containsExactlyInAnyOrder("image_id", "by", "delay", "decided", "at_once");
    assertThat(back(request, DeletionRequest.class).delay()).isEqualTo(Duration.ofSeconds(90));
  }
}
