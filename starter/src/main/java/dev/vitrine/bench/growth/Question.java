package dev.vitrine.bench.growth;

import dev.vitrine.registry.Registry;
import java.util.function.Consumer;

/** One operation that is measured. */
record Question(String name, Consumer<Registry> asked) {

  void ask(Registry registry) {
    asked.accept(registry);
  }
}
