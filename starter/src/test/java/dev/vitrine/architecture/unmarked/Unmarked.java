package dev.vitrine.architecture.unmarked;

/** Lies in a package without {@code @NullMarked}. */
final class Unmarked {

  private Unmarked() {}
}
