package dev.vitrine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One run of the command line whose streams a test reads, also while it runs. */
final class Run {

  private final StringWriter out = new StringWriter();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Watched err = new Watched();
  private final Shell shell;

  Run(boolean terminal, Supplier<VitrineClient> connect) {
    this(terminal, Map.of(), InputStream.nullInputStream(), connect);
  }

  /**
   * @param environment the variables that are set
   * @param in standard input
   */
  Run(
      boolean terminal,
      Map<String, String> environment,
      InputStream in,
      Supplier<VitrineClient> connect) {
    shell =
        new Shell(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            in,
            data,
            terminal,
            terminal ? () -> 200 : Screen.NONE,
            "anna",
            environment,
            Duration.ofMillis(50),
            connect);
  }

  int execute(String... args) {
    return Vitrine.run(shell, args);
  }

  String out() {
    return out.toString();
  }

  /** What was written to standard output as data. */
  byte[] data() {
    return data.toByteArray();
  }

  String err() {
    return err.toString();
  }

  /** Standard output as JSON; fails if it is anything but one document. */
  JsonNode json() {
    return parse(out());
  }

  /** The error object on standard error. */
  JsonNode error() {
    return parse(err()).required("error");
  }

  /** Waits until standard error has said something; fails if that takes far too long. */
  void awaitErr(String text) {
    err.saying(text).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not one JSON document: " + text, e);
    }
  }

  /** Text that somebody may be waiting for. */
  private static final class Watched extends StringWriter {

    private final Map<String, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();

    CompletableFuture<Boolean> saying(String text) {
      CompletableFuture<Boolean> said =
          awaited.computeIfAbsent(text, unused -> new CompletableFuture<>());
      flush();
      return said;
    }

    @Override
    public void flush() {
      awaited.forEach(
          (text, said) -> {
            if (toString().contains(text)) {
              said.complete(true);
            }
          });
    }
  }
}
