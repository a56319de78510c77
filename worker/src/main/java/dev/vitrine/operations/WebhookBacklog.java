package dev.vitrine.operations;

/**
 * What a webhook has not taken.
 *
 * @param endpoint its name in the settings
 * @param behind changes since the last that it was told, at most: numbers that no change got count
 * @param attempts that failed one after the other until now
 * @param deadLetters events that were given up
 */
public record WebhookBacklog(String endpoint, long behind, int attempts, long deadLetters) {}
