/* A table while it is laid out: what its widths (columns.c) and its rows (table.c) share. */
#ifndef HANDOUT_PAGE_TABLE_H
#define HANDOUT_PAGE_TABLE_H

#include "page/layout.h"

/* A table of more columns is an error. */
#define COLUMN_LIMIT TABLE_COLUMNS_MOST

struct column {
  mpt natural; /* its longest cell on one line */
  mpt least;   /* its longest unbreakable part */
  mpt whole;   /* the longest cell that stays on one line where longer ones have two; or 0 */
  mpt width, left;
  bool worded; /* a cell below its head is not of figures */
  bool numeric;
};

struct table {
  struct layout *layout;
  const struct node *node;
  struct column columns[COLUMN_LIMIT];
  size_t column_count;
  mpt padding;
  mpt leading;
  mpt width;
  uint32_t index; /* of its head in layout->tables, or NONE */
  bool stacked;
};

/* `node`, or the next one of that kind after it, or NULL. */
static inline const struct node *node_of(const struct node *node, enum node_kind kind) {
  while (node && node->kind != kind) node = node->next;
  return node;
}
#define FOR_EACH(child, parent, kind)                                                              \
  for (const struct node *child = node_of((parent)->first, kind); child;                           \
       child = node_of(child->next, kind))

struct manner table_manner(const struct table *table, const struct node *variant, bool header);

/* Counts the columns, and gives each its width and place; or stacks them. False and a message
 * where there are too many, or a cell cannot be set. */
bool columns_place(struct table *table);

#endif
