/**
 * A relational database: connections, transactions, what differs between PostgreSQL and SQLite, and
 * what statements are put together of. It must not know what is kept in it: no image, no task, no
 * registry.
 */
@NullMarked
package dev.vitrine.database;

import org.jspecify.annotations.NullMarked;
