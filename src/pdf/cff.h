/* The one thing that a CFF subset needs before it goes into a PDF. */
#ifndef HANDOUT_PDF_CFF_H
#define HANDOUT_PDF_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Makes the character identifiers of a CID-keyed CFF table equal to its glyph
 * numbers, in place. True also where the table is not CID-keyed and needs nothing;
 * false where it is not CFF as we know it. */
bool cff_make_identity(uint8_t *table, size_t length, unsigned glyph_count);

#endif
