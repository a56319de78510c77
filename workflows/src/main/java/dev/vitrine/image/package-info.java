/**
 * Images: statuses, edges, metadata and locations. It must not know how they are stored, who may do
 * what with them, nor any Temporal type.
 */
@NullMarked
package dev.vitrine.image;

import org.jspecify.annotations.NullMarked;
