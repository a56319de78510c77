/** How the domain's records look as JSON. It knows no record in particular. */
@NullMarked
package dev.vitrine.json;

import org.jspecify.annotations.NullMarked;
