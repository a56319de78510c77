package dev.vitrine.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image gets of the one that it is imported from, or had before.
 *
 * @param diskFormat null if it had none
 * @param containerFormat null if it had none
 * @param properties what it had of those that were set, null among the values for one it had not
 */
public record ImportedDescription(
    @Nullable String diskFormat,
    @Nullable String containerFormat,
    Map<String, @Nullable String> properties) {}
