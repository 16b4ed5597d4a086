/* Which headings a table's cell stands under. */
#ifndef HANDOUT_PDF_TABLES_H
#define HANDOUT_PDF_TABLES_H

#include "base/arena.h"
#include "page/page.h"

/* What is known of the elements that are cells; by index of the element. */
struct tables;

/* Everything lives in the arena. */
const struct tables *tables_new(struct arena *arena, const struct pages *pages);

/* The identifier of a heading cell; NULL for any other element. */
const char *tables_identifier(const struct tables *tables, uint32_t element);
/* The heading cells of a cell: columns first, then its row. */
const uint32_t *tables_headings(const struct tables *tables, uint32_t element, size_t *count);

#endif
