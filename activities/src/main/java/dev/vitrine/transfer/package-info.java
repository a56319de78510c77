/**
 * The moving of data: from sources into stores and exported files, in one pass that hashes, limits,
 * heartbeats and resumes. It must not know workflows, SQL, downloads or the HTTP API.
 */
@NullMarked
package dev.vitrine.transfer;

import org.jspecify.annotations.NullMarked;
