package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.workflow.VitrineSearchAttributes;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;

/** What registration does on every server. */
abstract class SearchAttributeRegistrationContract {

  abstract TestWorkflowEnvironment temporal();

  @Test
  void registersWhatAWorkflowNeeds() {
    assertThat(new SearchAttributeRegistration(temporal().getWorkflowClient()).register()).isTrue();

    WorkflowStub workflow =
        temporal()
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Anything",
                WorkflowOptions.newBuilder()
                    .setTaskQueue("nobody's")
                    .setTypedSearchAttributes(
                        SearchAttributes.newBuilder()
                            .set(VitrineSearchAttributes.IMAGE_ID, "an id")
                            .set(VitrineSearchAttributes.OWNER, "somebody")
                            .build())
                    .build());
    assertThat(workflow.start().getRunId()).isNotEmpty();
    workflow.terminate("over");
  }

  @Test
  void leavesAloneWhatIsRegisteredAlready() {
    assertThat(new SearchAttributeRegistration(temporal().getWorkflowClient()).register()).isTrue();
    assertThat(new SearchAttributeRegistration(temporal().getWorkflowClient()).register()).isTrue();
  }
}
