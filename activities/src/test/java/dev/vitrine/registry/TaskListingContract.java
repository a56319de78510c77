package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.ROOT;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.access.Role;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.listing.TaskQuery.SortField;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of tasks. */
interface TaskListingContract extends RegistryFixture {

  private Task task(TaskInput input, Requester by) {
    clock().advance(Duration.ofSeconds(1));
    return registry().tasks().create(op(), UUID.randomUUID(), input, by);
  }

  private static TaskInput export() {
    return new TaskInput.Export(UUID.randomUUID(), "file:///a");
  }

  @Test
  default void showsAProjectItsTasksAndAnAdminAll() {
    Task first = task(Samples.IMPORT, ALICE);
    Task second = task(export(), BOB);
    Task third = task(export(), ALICE);

    assertThat(listTasks(TaskQuery.of(ALICE, 10))).containsExactly(third, first);
    assertThat(listTasks(TaskQuery.of(BOB, 10))).containsExactly(second);
    assertThat(listTasks(TaskQuery.of(ROOT, 10))).containsExactly(third, second, first);
    assertThat(listTasks(TaskQuery.of(ROOT, 2))).containsExactly(third, second);
    assertThat(listTasks(TaskQuery.of(ROOT, 0))).isEmpty();
  }

  @Test
  default void showsOneTypeOrStatusIfAskedFor() {
    Task pending = task(Samples.IMPORT, ALICE);
    Task processing =
        registry().taskRuns().start(op(), task(Samples.IMPORT, ALICE).id(), UUID.randomUUID());
    Task export = task(export(), ALICE);
    TaskQuery query = TaskQuery.of(ALICE, 10);

    assertThat(listTasks(query.with(TaskType.IMPORT))).containsExactly(processing, pending);
    assertThat(listTasks(query.with(TaskStatus.PENDING))).containsExactly(export, pending);
    assertThat(listTasks(query.with(TaskType.IMPORT).with(TaskStatus.PENDING)))
        .containsExactly(pending);
    assertThat(listTasks(query.with(TaskStatus.SUCCESS))).isEmpty();
  }

  /** Some of every kind, of which some have one moment. */
  private List<Task> variety() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      if (i % 3 == 0) {
        clock().advance(Duration.ofSeconds(1));
      }
      UUID id = UUID.randomUUID();
      Task task =
          registry().tasks().create(op(), id, i % 2 == 0 ? Samples.IMPORT : export(), ALICE);
      if (i % 4 > 0) {
        task = registry().taskRuns().start(op(), id, UUID.randomUUID());
      }
      if (i % 4 > 1) {
        task =
            i % 4 == 2
                ? registry().taskRuns().succeed(op(), id, Map.of())
                : registry().taskRuns().fail(op(), id, null, "no");
      }
      tasks.add(task);
    }
    return tasks;
  }

  @ParameterizedTest
  @EnumSource(SortField.class)
  default void goesThroughAllTasksPageByPageInEveryOrder(SortField field) {
    List<Task> tasks = variety();
    Comparator<Task> ascending =
        comparator(field)
            .thenComparing(Task::createdAt)
            .thenComparing(task -> task.id().toString());

    for (Requester viewer : List.of(ALICE, ROOT)) {
      TaskQuery query = TaskQuery.of(viewer, 5);
      assertThat(pages(query.sortedBy(field, false)))
          .isEqualTo(tasks.stream().sorted(ascending).toList());
      assertThat(pages(query.sortedBy(field, true)))
          .isEqualTo(tasks.stream().sorted(ascending.reversed()).toList());
    }
  }

  private static Comparator<Task> comparator(SortField field) {
    return switch (field) {
      case ID -> Comparator.comparing(task -> task.id().toString());
      case TYPE -> Comparator.comparing(task -> task.type().wireName());
      case STATUS -> Comparator.comparing(task -> task.status().wireName());
      case CREATED_AT -> Comparator.comparing(Task::createdAt);
      case UPDATED_AT -> Comparator.comparing(Task::updatedAt);
      case EXPIRES_AT ->
          Comparator.comparing(Task::expiresAt, Comparator.nullsFirst(Comparator.naturalOrder()));
    };
  }

  private List<Task> pages(TaskQuery first) {
    List<Task> all = new ArrayList<>();
    List<Task> page = listTasks(first);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = listTasks(first.after(page.get(page.size() - 1).id()));
    }
    return all;
  }

  @Test
  default void refusesAMarkerOfAnotherProject() {
    Task task = task(Samples.IMPORT, ALICE);
    UUID unknown = UUID.randomUUID();

    for (UUID marker : List.of(task.id(), unknown)) {
      assertThatThrownBy(() -> listTasks(TaskQuery.of(BOB, 5).after(marker)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining(marker.toString());
    }
    assertThatThrownBy(() -> TaskQuery.of(BOB, -1)).isInstanceOf(Invalid.class);
  }

  private List<Task> tasksOf(UUID image, Requester by) {
    return new GuardedTasks(registry().tasks(), new TaskAccess(Permissions.DEFAULT))
        .ofImage(image, by);
  }

  @Test
  default void listsOfAnImageOnlyTheTasksThatMayBeSeen() {
    UUID image = UUID.randomUUID();
    Task of1 = registry().taskRuns().start(op(), task(Samples.IMPORT, ALICE).id(), image);
    Task of2 = registry().taskRuns().start(op(), task(export(), BOB).id(), image);

    assertThat(tasksOf(image, ALICE)).containsExactly(of1);
    assertThat(tasksOf(image, BOB)).containsExactly(of2);
    assertThat(tasksOf(image, Requester.reader("ann", ALICE.project()))).containsExactly(of1);
    assertThat(tasksOf(image, Requester.member("eve", "pluto"))).isEmpty();
    assertThat(tasksOf(image, new Requester("nil", ALICE.project(), Set.of()))).isEmpty();
    assertThat(tasksOf(image, Requester.ofSystem("sys", Set.of(Role.READER))))
        .containsExactly(of2, of1);
  }

  @Test
  default void listsByTheRuleByWhichATaskIsShown() {
    Task task = task(Samples.IMPORT, ALICE);

    assertThat(listTasks(TaskQuery.of(Requester.reader("ann", ALICE.project()), 5)))
        .containsExactly(task);
    assertThat(listTasks(TaskQuery.of(Requester.ofSystem("sys", Set.of(Role.READER)), 5)))
        .containsExactly(task);
    for (Set<Role> roles : List.of(Set.<Role>of(), Set.of(Role.SERVICE))) {
      for (String project : List.of(ALICE.project(), Requester.SYSTEM_PROJECT)) {
        assertThatThrownBy(() -> listTasks(TaskQuery.of(new Requester("x", project, roles), 5)))
            .isInstanceOf(Forbidden.class);
      }
    }
  }

  @Test
  default void listsTheTasksOfAnImage() {
    UUID image = UUID.randomUUID();
    Task first = registry().taskRuns().start(op(), task(Samples.IMPORT, ALICE).id(), image);
    Task second = registry().taskRuns().start(op(), task(export(), BOB).id(), image);
    registry().taskRuns().start(op(), task(export(), BOB).id(), UUID.randomUUID());
    task(export(), BOB);

    assertThat(tasksOf(image, ROOT)).containsExactly(second, first);
    assertThat(tasksOf(UUID.randomUUID(), ROOT)).isEmpty();
  }

  @Test
  default void listsNothingThatHasExpired() {
    UUID image = UUID.randomUUID();
    Task ended = registry().taskRuns().fail(op(), task(Samples.IMPORT, ALICE).id(), image, "no");

    clock().advance(RegistryConfig.DEFAULT_TASK_TIME_TO_LIVE.minusSeconds(1));
    assertThat(listTasks(TaskQuery.of(ALICE, 5))).containsExactly(ended);
    assertThat(tasksOf(image, ROOT)).containsExactly(ended);

    clock().advance(Duration.ofSeconds(1));
    assertThat(listTasks(TaskQuery.of(ALICE, 5))).isEmpty();
    assertThat(tasksOf(image, ROOT)).isEmpty();
  }
}
