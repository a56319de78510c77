/**
 * What is asked of a list: pages of images and of tasks, for whom, in which order. It must not know
 * how anything is stored, nor any Temporal type.
 */
@NullMarked
package dev.vitrine.listing;

import org.jspecify.annotations.NullMarked;
