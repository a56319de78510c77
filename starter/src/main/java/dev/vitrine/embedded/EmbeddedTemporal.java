package dev.vitrine.embedded;

import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A Temporal server that this process runs, on the loopback address. */
public interface EmbeddedTemporal extends AutoCloseable {

  /** A client on it; shared, closed with the server. */
  WorkflowClient client();

  /** {@code host:port}, for clients in other processes. */
  String address();

  /** The Web UI, if there is one. */
  Optional<String> webUi();

  /** What it is and what that means, in a sentence. */
  String meaning();

  /** Its process, if it is not this one. */
  Optional<Long> pid();

  /** Completes if the server ends without having been closed. */
  CompletableFuture<?> lost();

  @Override
  void close();
}
