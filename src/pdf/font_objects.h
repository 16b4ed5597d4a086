/* The objects that a face becomes in a PDF. */
#ifndef HANDOUT_PDF_FONT_OBJECTS_H
#define HANDOUT_PDF_FONT_OBJECTS_H

#include "pdf/document.h"
#include "pdf/outlines.h"

/* Each returns the number of the object that it adds; 0 where an error was kept. */
uint32_t font_add_descendant(const struct outlines *outlines, struct document *document);
/* A way of reading over it: `map` is the number of its character map. */
uint32_t font_add_composite(const struct outlines *outlines, uint32_t descendant, uint32_t map,
                            struct document *document);
/* Appends the character map (ToUnicode) of a way. */
void font_put_character_map(const struct outlines *outlines, const struct way *way,
                            struct buffer *out);

#endif
