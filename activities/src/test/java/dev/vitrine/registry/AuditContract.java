package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedAudit;
import dev.vitrine.image.NewImage;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import dev.vitrine.listing.AuditQuery.Filter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages of who did what. */
interface AuditContract extends RegistryFixture {

  private static Operation by(@Nullable Requester who, String request) {
    return new Operation(
        UUID.randomUUID().toString(), "wf", "run", "why", who == null ? null : who.in(request));
  }

  private UUID image(String owner, @Nullable Requester who) {
    UUID id = UUID.randomUUID();
    registry().images().create(by(who, "req-create"), NewImage.of(id, owner));
    return id;
  }

  private UUID task(Requester who) {
    UUID id = UUID.randomUUID();
    registry().tasks().create(by(who, "req-task"), id, Samples.IMPORT, who);
    return id;
  }

  private List<AuditEntry> list(AuditQuery query) {
    return new GuardedAudit(
            registry().history(), registry().events(), new ImageAccess(Permissions.DEFAULT))
        .list(query);
  }

  private List<UUID> subjects(Requester viewer, Filter filter) {
    return list(AuditQuery.of(viewer, filter, 100)).stream()
        .map(entry -> entry.change().subject())
        .toList();
  }

  private static Filter of(@Nullable UUID image, @Nullable UUID task) {
    return new Filter(image, task, null, null, null, null, null);
  }

  @Test
  default void showsAnAdminEverythingAndOthersWhatHappenedToTheirProjectsOwn() {
    UUID alices = image("mars", ALICE);
    UUID bobs = image("venus", BOB);
    UUID byRoot = image("mars", ROOT);
    UUID task = task(BOB);

    assertThat(subjects(ROOT, Filter.NONE)).containsExactly(task, byRoot, bobs, alices);
    assertThat(subjects(ALICE, Filter.NONE)).containsExactly(byRoot, alices);
    assertThat(subjects(BOB, Filter.NONE)).containsExactly(task, bobs);
    assertThatThrownBy(() -> subjects(new Requester("x", "mars", Set.of()), Filter.NONE))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("list audit by x of project mars is forbidden");
  }

  @Test
  default void saysWhoDidWhatInWhichRequestAndWhoseItWas() {
    UUID image = image("mars", ROOT);

    AuditEntry entry = list(AuditQuery.of(ALICE, Filter.NONE, 1)).get(0);

    assertThat(entry.noun()).isEqualTo("image");
    assertThat(entry.owner()).isEqualTo("mars");
    assertThat(entry.change().subject()).isEqualTo(image);
    assertThat(entry.change().user()).isEqualTo("root");
    assertThat(entry.change().project()).isEqualTo("ops");
    assertThat(entry.change().requestId()).isEqualTo("req-create");
    assertThat(entry.change().event()).isEqualTo("create");
  }

  @Test
  default void showsWhatIsAskedForAlone() {
    UUID alices = image("mars", ALICE);
    UUID task = task(ALICE);
    clock().advance(Duration.ofHours(1));
    Instant later = clock().instant().truncatedTo(ChronoUnit.MILLIS);
    UUID byRoot = image("mars", ROOT);
    registry().deletions().delete(by(ALICE, "req-delete"), alices, Duration.ZERO);

    assertThat(subjects(ROOT, of(alices, null))).containsExactly(alices, alices);
    assertThat(subjects(ROOT, of(null, task))).containsExactly(task);
    assertThat(subjects(ROOT, of(task, null))).isEmpty();
    assertThat(subjects(ROOT, new Filter(null, null, "root", null, null, null, null)))
        .containsExactly(byRoot);
    assertThat(subjects(ROOT, new Filter(null, null, null, "mars", null, null, null)))
        .containsExactly(alices, task, alices);
    assertThat(subjects(ROOT, new Filter(null, null, null, null, "delete", null, null)))
        .containsExactly(alices);
    assertThat(subjects(ROOT, new Filter(null, null, null, null, null, later, null)))
        .containsExactly(alices, byRoot);
    assertThat(subjects(ROOT, new Filter(null, null, null, null, null, null, later)))
        .containsExactly(task, alices);
    assertThat(subjects(ALICE, new Filter(null, null, "bob", null, null, null, null))).isEmpty();
  }

  @Test
  default void comesInPagesThatMissNothingThoughAllHappenedAtOneMoment() {
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(0, image("mars", ALICE));
    }
    List<UUID> seen = new ArrayList<>();
    AuditQuery query = AuditQuery.of(ALICE, Filter.NONE, 3);
    List<AuditEntry> page = list(query);
    while (!page.isEmpty()) {
      page.forEach(entry -> seen.add(entry.change().subject()));
      page = list(query.after(page.get(page.size() - 1).id()));
    }

    assertThat(seen).isEqualTo(made);
  }

  @Test
  default void takesNoMarkerThatTheViewerDoesNotSee() {
    image("venus", BOB);
    long marker = list(AuditQuery.of(BOB, Filter.NONE, 1)).get(0).id();

    assertThatThrownBy(() -> list(AuditQuery.of(ALICE, Filter.NONE, 5).after(marker)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("marker " + marker + ": there is no such change");
  }

  @Test
  default void showsOnlyAnAdminWhatAProcessOfTheReleaseBeforeWrote() throws SQLException {
    UUID image = UUID.randomUUID();
    execute(
        """
        insert into history (noun, subject, to_status, event, changed_at, cause, operation_id,
                             workflow_id, run_id)
        select 'image', '%s', 'queued', 'create', created_at, 'by alice', 'old-1', 'wf', 'run'
          from images where id = '%s'
        """
            .formatted(image, image("mars", ALICE)));

    assertThat(subjects(ROOT, of(image, null))).containsExactly(image);
    assertThat(subjects(ALICE, of(image, null))).isEmpty();
    assertThat(list(AuditQuery.of(ROOT, of(image, null), 1)).get(0).change().user()).isNull();
  }
}
