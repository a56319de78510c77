/**
 * What is read to show one page of images: from which table and index on, in which order, by which
 * conditions. It must not know how a row is made an image, who may see what, or any change.
 */
@NullMarked
package dev.vitrine.registry.sql.page;

import org.jspecify.annotations.NullMarked;
