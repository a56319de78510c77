/**
 * Images: statuses, edges, metadata, locations, and who may do what with them. It must not know how
 * they are stored, nor any Temporal type.
 */
@NullMarked
package dev.vitrine.image;

import org.jspecify.annotations.NullMarked;
