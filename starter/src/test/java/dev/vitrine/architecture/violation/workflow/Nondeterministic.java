package dev.vitrine.architecture.violation.workflow;

import io.temporal.activity.Activity;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.io.File;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Everything that workflow code must not do, a method each; the rule's test runs over them all. */
@SuppressWarnings("unused")
final class Nondeterministic {

  private Nondeterministic() {}

  static File file() {
    return new File("x");
  }

  static Path path() {
    return Path.of("x");
  }

  static @Nullable Socket network() {
    return null;
  }

  static @Nullable Connection database() {
    return null;
  }

  static CompletableFuture<String> concurrency() {
    return CompletableFuture.completedFuture("x");
  }

  static Thread thread() {
    return Thread.currentThread();
  }

  static int random() {
    return new Random().nextInt();
  }

  static int secureRandom() {
    return new SecureRandom().nextInt();
  }

  static double mathRandom() {
    return Math.random();
  }

  static UUID randomId() {
    return UUID.randomUUID();
  }

  static long milliseconds() {
    return System.currentTimeMillis();
  }

  static long nanoseconds() {
    return System.nanoTime();
  }

  static @Nullable String environment() {
    return System.getenv("x");
  }

  static @Nullable String property() {
    return System.getProperty("x");
  }

  static Instant now() {
    return Instant.now();
  }

  static LocalDateTime today() {
    return LocalDateTime.now(ZoneOffset.UTC);
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  static long parallel(List<String> names) {
    return names.parallelStream().count();
  }

  static boolean replaying() {
    return WorkflowUnsafe.isReplaying();
  }

  static String activity() {
    return Activity.getExecutionContext().getInfo().getActivityId();
  }
}
