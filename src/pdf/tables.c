/* One walk over the elements, which stand in reading order: a row's cells fall into columns from
 * left to right, one each. Each column remembers the headings above, each row those to the left
 * (ISO 32000-1, table 349). */
#include "pdf/tables.h"

#include <stdlib.h>

struct heading { /* in a list, the newest first */
  uint32_t element;
  const struct heading *before;
};

struct grid {
  const struct heading **columns; /* of each, the headings so far */
  size_t count, capacity;
  size_t at; /* the column of the next cell */
  const struct heading *row_headings;
};

struct cell {
  const char *identifier;
  const uint32_t *headings;
  size_t heading_count;
};

struct tables {
  struct cell *cells; /* by element */
};

static const struct heading **next_column(struct grid *grid) {
  if (grid->at == grid->count) {
    grid->columns =
        array_reserve(grid->columns, grid->count, &grid->capacity, sizeof *grid->columns);
    grid->columns[grid->count++] = NULL;
  }
  return &grid->columns[grid->at++];
}

static void add_heading(struct arena *arena, uint32_t element, const struct heading **headings) {
  struct heading *heading = arena_alloc(arena, sizeof *heading);
  *heading = (struct heading){element, *headings};
  *headings = heading;
}

static size_t count_headings(const struct heading *heading) {
  size_t count = 0;
  for (; heading; heading = heading->before) count++;
  return count;
}

/* Adds a list to a cell's in the order of the page. */
static void copy_headings(uint32_t *out, const struct heading *heading, size_t count) {
  for (; heading; heading = heading->before) out[--count] = heading->element;
}

static void find_headings(struct arena *arena, const struct heading *column,
                          const struct heading *row, struct cell *cell) {
  size_t above = count_headings(column), beside = count_headings(row);
  uint32_t *headings = arena_alloc_array(arena, above + beside, sizeof *headings);
  copy_headings(headings, column, above);
  copy_headings(headings + above, row, beside);
  cell->headings = headings;
  cell->heading_count = above + beside;
}

static void add_cell(struct arena *arena, struct grid *grid, const struct element *element,
                     uint32_t index, struct cell *cell) {
  const struct heading **column = next_column(grid);
  find_headings(arena, *column, grid->row_headings, cell);
  if (element->role != ROLE_TH) return;
  cell->identifier = arena_printf(arena, "heading:%u", index);
  if (element->scope == SCOPE_COLUMN) add_heading(arena, index, column);
  if (element->scope == SCOPE_ROW) add_heading(arena, index, &grid->row_headings);
}

/* A note that a cell marks may hold a table, but comes after that of the cell: tables come one
 * after the other. */
const struct tables *tables_new(struct arena *arena, const struct pages *pages) {
  struct tables *tables = arena_alloc(arena, sizeof *tables);
  struct grid grid = {0};
  uint32_t row = 0;
  tables->cells = arena_alloc_array(arena, pages->element_count, sizeof *tables->cells);
  for (uint32_t i = 0; i < pages->element_count; i++) {
    const struct element *element = &pages->elements[i];
    if (element->role == ROLE_TABLE) {
      free(grid.columns);
      grid = (struct grid){0};
    } else if (element->role == ROLE_TR) {
      grid.at = 0;
      grid.row_headings = NULL;
      row = i;
    } else if ((element->role == ROLE_TH || element->role == ROLE_TD) && element->parent == row) {
      add_cell(arena, &grid, element, i, &tables->cells[i]);
    }
  }
  free(grid.columns);
  return tables;
}

const char *tables_identifier(const struct tables *tables, uint32_t element) {
  return tables->cells[element].identifier;
}

const uint32_t *tables_headings(const struct tables *tables, uint32_t element, size_t *count) {
  *count = tables->cells[element].heading_count;
  return tables->cells[element].headings;
}
