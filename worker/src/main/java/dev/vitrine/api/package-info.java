/**
 * Glance's image API v2 on the registry and the workflows: a class per noun, what is on the wire
 * and nothing else. It must not decide what another interface would have to decide as well: who may
 * do what, which edge there is, how data moves.
 */
@NullMarked
package dev.vitrine.api;

import org.jspecify.annotations.NullMarked;
