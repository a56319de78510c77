package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the in-memory server, and where there is no operator service. */
class SearchAttributeRegistrationTest extends SearchAttributeRegistrationContract {

  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Override
  TestWorkflowEnvironment temporal() {
    return temporal;
  }

  @Test
  void saysSoWhereItIsNotAllowed() throws IOException {
    Server nothing = InProcessServerBuilder.forName("nothing").build().start();
    ManagedChannel channel = InProcessChannelBuilder.forName("nothing").build();
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(channel)
                .validateAndBuildWithDefaults());
    try {
      assertThat(new SearchAttributeRegistration(WorkflowClient.newInstance(service)).register())
          .isFalse();
    } finally {
      channel.shutdownNow();
      nothing.shutdownNow();
    }
  }

  @Test
  void knowsTheCommandThatRegistersThemByHand() {
    assertThat(SearchAttributeRegistration.command("default"))
        .isEqualTo(
            "temporal operator search-attribute create --namespace default"
                + " --name VitrineImageId --type Keyword"
                + " --name VitrineImageStatus --type Keyword"
                + " --name VitrineTaskType --type Keyword"
                + " --name VitrineTaskStatus --type Keyword"
                + " --name VitrineOwner --type Keyword");
  }
}
