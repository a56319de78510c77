package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.ROOT;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.listing.TaskQuery.SortField;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of tasks. */
interface TaskListingContract extends RegistryFixture {

  private Task task(TaskInput input, Requester by) {
    clock().advance(Duration.ofSeconds(1));
    return registry().createTask(op(), UUID.randomUUID(), input, by);
  }

  private static TaskInput export() {
    return new TaskInput.Export(UUID.randomUUID(), "file:///a");
  }

  @Test
  default void showsAProjectItsTasksAndAnAdminAll() {
    Task first = task(Samples.IMPORT, ALICE);
    Task second = task(export(), BOB);
    Task third = task(export(), ALICE);

    assertThat(registry().listTasks(TaskQuery.of(ALICE, 10))).containsExactly(third, first);
    assertThat(registry().listTasks(TaskQuery.of(BOB, 10))).containsExactly(second);
    assertThat(registry().listTasks(TaskQuery.of(ROOT, 10))).containsExactly(third, second, first);
    assertThat(registry().listTasks(TaskQuery.of(ROOT, 2))).containsExactly(third, second);
    assertThat(registry().listTasks(TaskQuery.of(ROOT, 0))).isEmpty();
  }

  @Test
  default void showsOneTypeOrStatusIfAskedFor() {
    Task pending = task(Samples.IMPORT, ALICE);
    Task processing =
        registry().startTask(op(), task(Samples.IMPORT, ALICE).id(), UUID.randomUUID());
    Task export = task(export(), ALICE);
    TaskQuery query = TaskQuery.of(ALICE, 10);

    assertThat(registry().listTasks(query.with(TaskType.IMPORT)))
        .containsExactly(processing, pending);
    assertThat(registry().listTasks(query.with(TaskStatus.PENDING)))
        .containsExactly(export, pending);
    assertThat(registry().listTasks(query.with(TaskType.IMPORT).with(TaskStatus.PENDING)))
        .containsExactly(pending);
    assertThat(registry().listTasks(query.with(TaskStatus.SUCCESS))).isEmpty();
  }

  /** Some of every kind, of which some have one moment. */
  private List<Task> variety() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      if (i % 3 == 0) {
        clock().advance(Duration.ofSeconds(1));
      }
      UUID id = UUID.randomUUID();
      Task task = registry().createTask(op(), id, i % 2 == 0 ? Samples.IMPORT : export(), ALICE);
      if (i % 4 > 0) {
        task = registry().startTask(op(), id, UUID.randomUUID());
      }
      if (i % 4 > 1) {
        task =
            i % 4 == 2
                ? registry().succeedTask(op(), id, Map.of())
                : registry().failTask(op(), id, null, "no");
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
    List<Task> page = registry().listTasks(first);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = registry().listTasks(first.after(page.get(page.size() - 1).id()));
    }
    return all;
  }

  @Test
  default void refusesAMarkerOfAnotherProject() {
    Task task = task(Samples.IMPORT, ALICE);
    UUID unknown = UUID.randomUUID();

    for (UUID marker : List.of(task.id(), unknown)) {
      assertThatThrownBy(() -> registry().listTasks(TaskQuery.of(BOB, 5).after(marker)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining(marker.toString());
    }
    assertThatThrownBy(() -> TaskQuery.of(BOB, -1)).isInstanceOf(Invalid.class);
  }

  @Test
  default void listsTheTasksOfAnImage() {
    UUID image = UUID.randomUUID();
    Task first = registry().startTask(op(), task(Samples.IMPORT, ALICE).id(), image);
    Task second = registry().startTask(op(), task(export(), BOB).id(), image);
    registry().startTask(op(), task(export(), BOB).id(), UUID.randomUUID());
    task(export(), BOB);

    assertThat(registry().tasksOfImage(image)).containsExactly(second, first);
    assertThat(registry().tasksOfImage(UUID.randomUUID())).isEmpty();
  }

  @Test
  default void listsNothingThatHasExpired() {
    UUID image = UUID.randomUUID();
    Task ended = registry().failTask(op(), task(Samples.IMPORT, ALICE).id(), image, "no");

    clock().advance(RegistryConfig.DEFAULT_TASK_TIME_TO_LIVE.minusSeconds(1));
    assertThat(registry().listTasks(TaskQuery.of(ALICE, 5))).containsExactly(ended);
    assertThat(registry().tasksOfImage(image)).containsExactly(ended);

    clock().advance(Duration.ofSeconds(1));
    assertThat(registry().listTasks(TaskQuery.of(ALICE, 5))).isEmpty();
    assertThat(registry().tasksOfImage(image)).isEmpty();
  }
}
