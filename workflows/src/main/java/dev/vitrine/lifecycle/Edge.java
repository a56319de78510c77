package dev.vitrine.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * One legal change of a status.
 *
 * @param number the row of the contract's table, from 1
 * @param from the status before; null for a creation
 * @param event what happened
 * @param to the status after
 * @param condition the contract's remark, empty if there is none
 */
public record Edge<S extends Enum<S>, E extends Enum<E>>(
    int number, @Nullable S from, E event, S to, String condition) {}
