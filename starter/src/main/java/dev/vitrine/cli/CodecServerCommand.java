package dev.vitrine.cli;

import dev.vitrine.backend.Reply;
import dev.vitrine.codec.PayloadCodecs;
import dev.vitrine.decoder.CodecServer;
import dev.vitrine.error.VitrineException.Invalid;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine codec-server}. */
@Command(
    name = "codec-server",
    description = {
      "Decode for Temporal's Web UI and command line what Vitrine's payload codec has encoded.",
      "VITRINE_CODEC_KEY_FILE names the keys. It asks nobody who they are."
    })
final class CodecServerCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on; default: ${DEFAULT-VALUE}.")
  private String address = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8888",
      description = "The port to listen on, 0 for any; default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      defaultValue = "http://localhost:8233",
      description = "Where a Web UI is, which may ask; repeatable; default: ${DEFAULT-VALUE}.")
  private Set<String> origins = new LinkedHashSet<>();

  CodecServerCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() throws InterruptedException {
    PayloadCodecs codecs = PayloadCodecs.of(System.getenv());
    if (codecs.isEmpty()) {
      throw new Invalid(
          "there is nothing to decode with: name a file of keys in " + PayloadCodecs.KEY_FILE);
    }
    if (port < 0 || port > 65_535) {
      throw new Invalid("--port %d: give a number from 0 to 65535".formatted(port));
    }
    try (CodecServer server =
        CodecServer.start(new InetSocketAddress(address, port), codecs, origins)) {
      vitrine.output().print(reply(server.url()));
      new CountDownLatch(1).await();
    }
    return ExitCode.OK.code();
  }

  private Reply reply(String url) {
    return new Reply(
        Map.of("url", url, "origins", List.copyOf(origins)),
        Map.of("codec server", url + ", for " + String.join(", ", origins)));
  }
}
