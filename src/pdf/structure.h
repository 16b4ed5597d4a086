/* The structure tree: what the marked content of the pages means.
 *
 * Elements get their object numbers at the start; while content is written each
 * notes its children in the order in which they are met; at the end the tree, the parent
 * tree (from content back to elements) and the tree of identifiers are written. */
#ifndef HANDOUT_PDF_STRUCTURE_H
#define HANDOUT_PDF_STRUCTURE_H

#include "page/page.h"
#include "pdf/document.h"

struct structure;
struct structure *structure_new(const struct pages *pages, struct document *document);
void structure_free(struct structure *structure);

/* The name of an element's structure type: "H1". */
const char *structure_role_name(const struct structure *structure, uint32_t element);

/* The number of an element's object. */
uint32_t structure_object(const struct structure *structure, uint32_t element);

/* A new stretch of content of an element on a page: its number on that page. Pages
 * come in order. */
unsigned structure_mark(struct structure *structure, uint32_t element, size_t page);
/* An annotation of an element on a page: its key in the parent tree. */
unsigned structure_annotate(struct structure *structure, uint32_t element, size_t page,
                            uint32_t annotation);

/* Adds everything; returns the root. */
HPDF_Dict structure_write(struct structure *structure);

#endif
