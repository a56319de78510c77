package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A namespace whose limit of requests is far below what is asked of it, as in Temporal Cloud. */
@Timeout(300)
class ThrottleIT {

  private static final int CLIENTS = 6;
  private static final int UPLOADS = 4;
  private static final int IMPORTS = 3;
  private static final int SIZE = 1 << 20;

  @TempDir Path directory;
  private OneProcess stack;

  @BeforeEach
  void start() throws Exception {
    stack =
        new OneProcess(
            directory,
            "",
            Map.of("frontend.namespaceRPS", "25", "frontend.namespaceBurstRatio", "1.0"));
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void everythingIsDoneOrRefusedAndNothingIsSettledWrongly() throws Exception {
    byte[] data = new byte[SIZE];
    new Random(3).nextBytes(data);
    List<String> images = new ArrayList<>();
    for (int i = 0; i < CLIENTS * UPLOADS; i++) {
      images.add(stack.caller().createImage("private", false));
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (HoldingSource source = new HoldingSource(data, SIZE)) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (String image : images) {
        answers.add(clients.submit(() -> upload(image)));
      }
      List<String> tasks = new ArrayList<>();
      while (tasks.size() < IMPORTS) {
        HttpResponse<String> task = stack.createImport(source.url());
        assertThat(task.statusCode()).as(task.body()).isIn(201, 503);
        if (task.statusCode() == 201) {
          tasks.add(stack.first("id", task.body()));
        }
      }
      assertThatTheServerThrottles();
      for (int i = 0; i < images.size(); i++) {
        HttpResponse<String> answer = answers.get(i).get();
        assertThat(answer.statusCode()).as(answer.body()).isIn(204, 503);
        if (answer.statusCode() == 503) {
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          takenAgain(images.get(i));
        }
        assertThat(status(images.get(i))).isEqualTo("active");
      }
      for (String task : tasks) {
        Eventually.until("the import is over", () -> !isUnderWay(task));
        assertThat(stack.taskStatus(task)).isEqualTo("success");
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(stack.files()).hasSize(images.size() + IMPORTS);
  }

  private boolean isUnderWay(String task) {
    return List.of("pending", "processing").contains(stack.taskStatus(task));
  }

  /**
   * An upload that was refused leaves an image that takes the next one, or was done all the same.
   */
  private void takenAgain(String image) throws InterruptedException {
    Eventually.until(
        "the image is active",
        () ->
            status(image).equals("active")
                || (status(image).equals("queued") && upload(image).statusCode() == 204));
  }

  private String status(String image) {
    return stack.first("status", stack.caller().get("/v2/images/" + image).body());
  }

  private HttpResponse<String> upload(String image) {
    return stack
        .caller()
        .send("PUT", "/v2/images/" + image + "/file", "application/octet-stream", "some data");
  }

  /** Otherwise this tests nothing. */
  private void assertThatTheServerThrottles() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(stack.temporal().address()).build());
    try {
      WorkflowServiceGrpc.WorkflowServiceBlockingStub server = stubs.blockingStub();
      List<Status.Code> refusals = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        try {
          var unused =
              server.describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace("default").build());
        } catch (StatusRuntimeException e) {
          refusals.add(e.getStatus().getCode());
        }
      }
      assertThat(refusals).contains(Status.Code.RESOURCE_EXHAUSTED);
    } finally {
      stubs.shutdownNow();
    }
  }
}
