package dev.vitrine.worker;

import dev.vitrine.workflow.VitrineSearchAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the search attributes that workflows set and the namespace lacks. A server refuses a
 * workflow with an unknown one, so this comes before the first workflow. Safe to repeat, and from
 * several processes at once.
 */
final class SearchAttributeRegistration {

  private static final Logger log = LoggerFactory.getLogger(SearchAttributeRegistration.class);

  private final WorkflowClient client;

  SearchAttributeRegistration(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Registers what is missing. Where that isn't allowed (as on Temporal Cloud), it logs the command
   * for somebody who may.
   *
   * @return whether all are registered now
   * @throws StatusRuntimeException if the server does not answer
   */
  boolean register() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder(client.getWorkflowServiceStubs().getOptions())
                .build());
    try {
      List<SearchAttributeKey<String>> missing = missing(operator);
      missing.forEach(key -> add(operator, key));
      return true;
    } catch (StatusRuntimeException e) {
      switch (e.getStatus().getCode()) {
        case PERMISSION_DENIED,
            UNAUTHENTICATED,
            UNIMPLEMENTED,
            INVALID_ARGUMENT,
            FAILED_PRECONDITION -> {
          log.warn(
              "the search attributes can't be registered ({}); workflows fail without them, so let"
                  + " somebody who may run: {}",
              e.getStatus(),
              command(namespace()));
          return false;
        }
        default -> throw e;
      }
    } finally {
      operator.shutdown();
    }
  }

  /** The command that registers them by hand. */
  static String command(String namespace) {
    StringBuilder command =
        new StringBuilder("temporal operator search-attribute create --namespace " + namespace);
    for (SearchAttributeKey<String> key : VitrineSearchAttributes.ALL) {
      command.append(" --name ").append(key.getName()).append(" --type Keyword");
    }
    return command.toString();
  }

  private List<SearchAttributeKey<String>> missing(OperatorServiceStubs operator) {
    Map<String, IndexedValueType> known;
    try {
      known =
          operator
              .blockingStub()
              .listSearchAttributes(
                  ListSearchAttributesRequest.newBuilder().setNamespace(namespace()).build())
              .getCustomAttributesMap();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw e;
      }
      // The in-memory server adds but does not list.
      known = Map.of();
    }
    Map<String, IndexedValueType> registered = known;
    return VitrineSearchAttributes.ALL.stream()
        .filter(key -> !registered.containsKey(key.getName()))
        .toList();
  }

  private void add(OperatorServiceStubs operator, SearchAttributeKey<String> key) {
    try {
      operator
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace())
                  .putSearchAttributes(key.getName(), key.getValueType())
                  .build());
      log.info("registered the search attribute {}", key.getName());
    } catch (StatusRuntimeException e) {
      // Another process was faster.
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }
}
