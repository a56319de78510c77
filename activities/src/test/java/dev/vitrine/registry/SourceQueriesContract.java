package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.process.SourceKey;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.TaskInput;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The query strings of sources' URLs, kept for as long as a task may need them. */
interface SourceQueriesContract extends RegistryFixture {

  String URL = "https://example.org/a";

  private HiddenQueries queries() {
    return new HiddenQueries(registry().sourceQueries(), null);
  }

  private static TaskInput importing(HiddenQuery query) {
    return new TaskInput.Import(URL, "raw", Map.of(), query);
  }

  @Test
  default void findsAHiddenQuery() {
    HiddenQuery hidden = queries().hide(URL, "sig=hunter2");

    assertThat(queries().reveal(URL, hidden)).isEqualTo("sig=hunter2");
    assertThat(registry().sourceQueries().find(hidden.stored()).orElseThrow())
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> queries().reveal(URL, HiddenQuery.storedAs(UUID.randomUUID())))
        .isInstanceOf(SourceUnusable.class)
        .hasMessageContaining("kept no longer");
  }

  @Test
  default void prefersTheKeyThatIsConfiguredAndStillOpensWhatItsOwnHasSealed() {
    HiddenQuery before = queries().hide(URL, "a=1");
    HiddenQueries configured =
        new HiddenQueries(registry().sourceQueries(), SourceKey.of(SourceKey.made()));
    HiddenQuery after = configured.hide(URL, "b=2");

    assertThat(configured.reveal(URL, before)).isEqualTo("a=1");
    assertThat(configured.reveal(URL, after)).isEqualTo("b=2");
    assertThatThrownBy(() -> queries().reveal(URL, after))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("web-sources.key-file");
  }

  @Test
  default void keepsAQueryUntilNoTaskNeedsIt() {
    HiddenQuery hidden = queries().hide(URL, "a=1");
    UUID first = UUID.randomUUID();
    UUID retry = UUID.randomUUID();
    registry().tasks().create(op(), first, importing(hidden), Requester.member("ann", "mars"));
    registry().taskRuns().fail(op(), first, null, "no");
    clock().advance(Duration.ofHours(47));
    registry().tasks().create(op(), retry, importing(hidden), Requester.member("ann", "mars"));
    clock().advance(Duration.ofHours(2));

    registry().housekeeping().removeExpiredTasks();
    registry().housekeeping().removeUnneededQueries();
    assertThat(registry().tasks().find(first)).isEmpty();
    assertThat(queries().reveal(URL, hidden)).isEqualTo("a=1");

    registry().taskRuns().fail(op(), retry, null, "no");
    clock().advance(Duration.ofDays(3));
    registry().housekeeping().removeUnneededQueries();
    assertThat(registry().sourceQueries().find(hidden.stored())).isPresent();
    registry().housekeeping().removeExpiredTasks();
    assertThat(registry().housekeeping().removeUnneededQueries()).isPositive();
    assertThat(registry().sourceQueries().find(hidden.stored())).isEmpty();
  }

  @Test
  default void keepsAQueryForATaskThatHasNotBegun() {
    HiddenQuery hidden = queries().hide(URL, "a=1");
    clock().advance(Duration.ofHours(23));
    registry().housekeeping().removeUnneededQueries();
    assertThat(registry().sourceQueries().find(hidden.stored())).isPresent();
    clock().advance(Duration.ofHours(2));
    assertThat(registry().housekeeping().removeUnneededQueries()).isPositive();
    assertThat(registry().sourceQueries().find(hidden.stored())).isEmpty();
  }

  @Test
  default void leavesOutAQueryThatNobodyHid() {
    UUID task = UUID.randomUUID();
    TaskInput clear = new TaskInput.Import(URL + "?sig=hunter2", "raw", Map.of());
    registry().tasks().create(op(), task, clear, Requester.member("ann", "mars"));

    assertThat(registry().tasks().find(task).orElseThrow().input())
        .isEqualTo(new TaskInput.Import(URL, "raw", Map.of()));
  }
}
