/* What an element of the structure tree says of itself, beside its kind. */
#ifndef HANDOUT_PDF_ATTRIBUTES_H
#define HANDOUT_PDF_ATTRIBUTES_H

#include "base/buffer.h"
#include "page/page.h"
#include "pdf/tables.h"

/* Appends language, alternative text, identifier and the attributes of lists,
 * tables and figures, as entries of the element's dictionary. */
void attributes_put(const struct pages *pages, const struct tables *tables, uint32_t index,
                    struct buffer *out);

#endif
