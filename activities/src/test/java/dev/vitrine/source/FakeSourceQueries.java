package dev.vitrine.source;

import dev.vitrine.registry.SourceQueries;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The query strings of sources' URLs in memory. */
public final class FakeSourceQueries implements SourceQueries {

  private final Map<UUID, String> kept = new ConcurrentHashMap<>();
  private final Map<String, String> key = new ConcurrentHashMap<>();

  @Override
  public UUID keep(String sealed) {
    UUID id = UUID.randomUUID();
    kept.put(id, sealed);
    return id;
  }

  @Override
  public Optional<String> find(UUID id) {
    return Optional.ofNullable(kept.get(id));
  }

  @Override
  public String key(Supplier<String> made) {
    return key.computeIfAbsent("key", unused -> made.get());
  }
}
