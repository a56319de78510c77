package dev.vitrine.process;

import dev.vitrine.activity.Source;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;

/** Takes the query string out of what a workflow is started with. */
record QueryExtraction(QueryHiding place) {

  UploadRequest of(UploadRequest request) {
    return request.source() instanceof Source.Url url ? request.from(of(url)) : request;
  }

  TaskRequest of(TaskRequest request) {
    TaskInput input = request.input();
    String url = input.url();
    if (url == null) {
      return request;
    }
    Source.Url source = of(new Source.Url(url, input.hiddenQuery()));
    return new TaskRequest(
        request.taskId(),
        input.reading(source.url(), source.query()),
        request.by(),
        request.retryOf());
  }

  private Source.Url of(Source.Url source) {
    String url = source.url();
    String bare = HiddenQuery.without(url);
    if (!source.isWeb() || bare.equals(url)) {
      return source;
    }
    String rest = url.substring(bare.length());
    String query = rest.startsWith("?") ? rest.substring(1).replaceFirst("#.*", "") : "";
    // A fragment is never sent, and a question mark alone says nothing.
    return query.isEmpty()
        ? new Source.Url(bare, source.query())
        : new Source.Url(bare, place.hide(bare, query));
  }
}
