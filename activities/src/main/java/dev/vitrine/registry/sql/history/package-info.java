/**
 * The history of every change in the database: written beside each change, listed for the audit,
 * and read as events with the places of those who are told. It must not know what changed
 * otherwise.
 */
@NullMarked
package dev.vitrine.registry.sql.history;

import org.jspecify.annotations.NullMarked;
