package dev.vitrine.operations;

import dev.vitrine.registry.InTransit;
import java.util.List;
import java.util.Map;

/** The process that is asked about. */
public interface Subject {

  /** Whether it has started, and nobody has told it to stop. */
  boolean isReady();

  /**
   * What it can't do anything without: each is asked whether it answers, and throws if not. Empty
   * before it has started.
   */
  Map<String, Runnable> needs();

  /**
   * What a part of its work needs, and others have as well: that it is away says nothing against
   * this process.
   */
  Map<String, Runnable> uses();

  /** How much is in transit. */
  InTransit inTransit();

  /** What the webhooks of the settings have not taken. */
  List<WebhookBacklog> webhooks();
}
