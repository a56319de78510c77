/**
 * What can be asked of Vitrine by its workflows in Temporal or by a server of the image API, and
 * answered in one form. It must not know commands, their options, or what a reply looks like to a
 * person.
 */
@NullMarked
package dev.vitrine.backend;

import org.jspecify.annotations.NullMarked;
