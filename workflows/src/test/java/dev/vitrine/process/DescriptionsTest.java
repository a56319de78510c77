package dev.vitrine.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DescriptionsTest {

  private static final UUID ID = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
  private static final Requester ROOT = Requester.admin("root", "ops");

  @Test
  void namesAnImageWithoutANameByItsId() {
    assertThat(Descriptions.summary(uploadFrom("file:///images/a"), ImageCaption.NONE))
        .isEqualTo("upload of image %s from `file:///images/a`", ID);
  }

  @Test
  void saysWhichImageIsUploaded() {
    ImageCaption image = new ImageCaption("web *1*\n", "qcow2", "acme", 4096L);

    assertThat(Descriptions.summary(uploadFrom("file:///images/a"), image))
        .isEqualTo(
            "upload of `web *1*\\n"
                + "`, image %s (`qcow2`, 4096 bytes, of `acme`) from `file:///images/a`",
            ID);
    assertThat(Descriptions.details(uploadFrom("file:///images/a"), image))
        .startsWith("- image: `%s`\n- name: `web *1*\\n`\n".formatted(ID))
        .contains("- format: `qcow2`\n- owner: `acme`\n");
  }

  @Test
  void leavesRoomForTheRestBesideTheLongestName() {
    String summary =
        Descriptions.summary(
            uploadFrom("file:///images/a"),
            new ImageCaption("n".repeat(255), "raw", "o".repeat(255), 1L));

    assertThat(summary).contains(ID.toString()).endsWith(" from `file:///images/a`");
  }

  @Test
  void saysWhatATaskDoesWithoutSecrets() {
    assertThat(summary(new TaskInput.Import("http://host/a?token=secret", "raw", Map.of())))
        .isEqualTo("import of an image (`raw`, of `ops`) from `http://host/a?…`");
    assertThat(summary(new TaskInput.Export(ID, "file:///exports/a")))
        .isEqualTo("export of %s to `file:///exports/a`", ID);
    assertThat(summary(new TaskInput.Clone(ID, Map.of()))).isEqualTo("clone of %s", ID);
  }

  @Test
  void saysWhoAskedForADeletionAndHowLongTheDataIsKept() {
    DeletionRequest delayed = new DeletionRequest(ID, ROOT, Duration.ofHours(24));

    assertThat(Descriptions.details(delayed))
        .isEqualTo(
            "- image: `%s`\n- scrub time: `PT24H`\n- requested by: `root (admin)`".formatted(ID));
  }

  @Test
  void saysWhatAnActionIs() {
    ImageAction action = new ImageAction.AddLocation(ID, "http://host/a?sig=secret", ROOT);

    assertThat(Descriptions.summary(action)).isEqualTo("add-location image %s", ID);
    assertThat(Descriptions.details(action))
        .contains("- location: `http://host/a?…`")
        .doesNotContain("secret");
  }

  @Test
  void keepsWithinWhatAServerAcceptsWithoutCuttingASymbol() {
    UploadRequest longest = uploadFrom("http://host/" + "%F0%9F%90%98".repeat(500));

    String summary = Descriptions.summary(longest, ImageCaption.NONE);

    assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(300);
    assertThat(summary).endsWith("…`");
    assertThat(
            Descriptions.details(longest, ImageCaption.NONE)
                .getBytes(StandardCharsets.UTF_8)
                .length)
        .isLessThan(20_000);
  }

  private static String summary(TaskInput input) {
    return Descriptions.summary(new TaskRequest(ID, input, ROOT));
  }

  private static UploadRequest uploadFrom(String url) {
    return new UploadRequest(
        ID, null, new Source.Url(url), FailurePolicy.REQUEUE, ExpectedData.NONE, ROOT, null);
  }
}
