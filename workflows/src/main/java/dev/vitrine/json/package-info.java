/** How the domain's records and times look as JSON. It knows no record in particular. */
@NullMarked
package dev.vitrine.json;

import org.jspecify.annotations.NullMarked;
