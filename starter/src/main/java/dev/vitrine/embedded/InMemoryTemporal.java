package dev.vitrine.embedded;

import dev.vitrine.error.VitrineException.Conflict;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The in-memory server, with real time. Its services are taken from the SDK's inside because the
 * server that the SDK offers listens on every address of the machine.
 */
public final class InMemoryTemporal implements EmbeddedTemporal {

  private final TestServicesStarter services = new TestServicesStarter(true, 0);
  private final Server server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  /**
   * Starts it.
   *
   * @param port 0 for any free one
   * @throws Conflict if the port is taken
   */
  public InMemoryTemporal(int port) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    try {
      server = builder.build().start();
    } catch (IOException e) {
      services.close();
      throw Ports.taken(port, "--port");
    }
    stubs = Connections.open(address());
    client =
        WorkflowClient.newInstance(
            stubs,
            // It says that it takes the heartbeats of workers, and refuses them.
            WorkflowClientOptions.newBuilder()
                .setWorkerHeartbeatInterval(Duration.ofSeconds(-1))
                .build());
  }

  @Override
  public WorkflowClient client() {
    return client;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public Optional<String> webUi() {
    return Optional.empty();
  }

  @Override
  public String meaning() {
    return "in-memory server, without Web UI: when it stops, running uploads and tasks are"
        + " forgotten, and what they leave is settled after the next start";
  }

  @Override
  public Optional<Long> pid() {
    return Optional.empty();
  }

  /** It lives and dies with this process. */
  @Override
  public CompletableFuture<?> lost() {
    return new CompletableFuture<>();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    services.close();
  }
}
