/**
 * The worker's settings: one record per feature, read from a file and the environment, refused with
 * the full key where they are wrong. It must not know what they are used for.
 */
@NullMarked
package dev.vitrine.config;

import org.jspecify.annotations.NullMarked;
