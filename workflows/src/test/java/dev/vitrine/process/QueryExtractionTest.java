package dev.vitrine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryExtractionTest {

  private static final Requester ANN = Requester.member("ann", "mars");

  private final List<String> hidden = new ArrayList<>();
  private final QueryExtraction hiding =
      new QueryExtraction(
          (url, query) -> {
            hidden.add(url + " " + query);
            return HiddenQuery.sealedAs("sealed");
          });

  private static UploadRequest upload(String url) {
    return UploadRequest.ofQueued(UUID.randomUUID(), new Source.Url(url), ANN);
  }

  private static TaskRequest importing(TaskInput.Import input) {
    return new TaskRequest(UUID.randomUUID(), input, ANN);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a?sig=s,       https://h/a, sig=s",
    "https://h/a?a=b?c#d?e,   https://h/a, a=b?c",
    "HTTP://h?x,              HTTP://h,    x",
    "https://h/a#token=s,     https://h/a,",
    "https://h/a?#token=s,    https://h/a,",
    "https://h/a?,            https://h/a,",
    "https://h/a,             https://h/a,",
  })
  void takesTheQueryOut(String url, String bare, String query) {
    Source.Url left = (Source.Url) hiding.of(upload(url)).source();
    TaskInput.Import task =
        (TaskInput.Import) hiding.of(importing(new TaskInput.Import(url, "raw", Map.of()))).input();

    HiddenQuery place = query == null ? null : HiddenQuery.sealedAs("sealed");
    assertThat(left).isEqualTo(new Source.Url(bare, place));
    assertThat(task).isEqualTo(new TaskInput.Import(bare, "raw", Map.of(), place));
    assertThat(left.display()).isEqualTo(bare + (query == null ? "" : "?…"));
    assertThat(task.shownSource()).isEqualTo(left.display());
    assertThat(hidden).hasSize(query == null ? 0 : 2).allMatch((bare + " " + query)::equals);
  }

  @Test
  void leavesWhatIsHiddenAlready() {
    TaskRequest again =
        importing(
            new TaskInput.Import(
                "https://h/a", "raw", Map.of(), HiddenQuery.storedAs(UUID.randomUUID())));
    assertThat(hiding.of(again)).isEqualTo(again);
    assertThat(hidden).isEmpty();
  }

  @Test
  void refusesWithoutAPlace() {
    QueryExtraction nowhere = new QueryExtraction(QueryHiding.refusing());
    assertThatThrownBy(() -> nowhere.of(upload("https://h/a?sig=hunter2")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("https://h/a?…")
        .hasMessageContaining("VITRINE_WEB_SOURCES_KEY_FILE")
        .hasMessageNotContaining("hunter2");
    assertThat(nowhere.of(upload("https://h/a"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a b?sig=hunter2, https://h/a b?…",
    "ftp://h/a?sig=hunter2, ftp://h/a?…",
    "https:///a?sig=hunter2, https:///a?…",
    "https://me:hunter2@h/a, user information",
  })
  void refusesAWrongUrlWithoutRepeatingItsQuery(String url, String told) {
    assertThatThrownBy(() -> hiding.of(importing(new TaskInput.Import(url, "raw", Map.of()))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("hunter2");
  }
}
