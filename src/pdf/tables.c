/* One walk over the elements, which stand in reading order: a row's cells fall into
 * columns from left to right, over those that a taller cell above still covers. Each column
 * remembers the headings above, each row those to the left (ISO 32000-1, table 349). */
#include "pdf/tables.h"

#include <stdlib.h>

struct heading { /* in a list, the newest first */
  uint32_t element;
  const struct heading *before;
};

struct column {
  const struct heading *headings;
  unsigned covered; /* rows below that a cell still reaches into */
};

struct grid {
  struct column *columns;
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

static void reach_column(struct grid *grid, size_t column) {
  while (grid->count <= column) {
    grid->columns =
        array_reserve(grid->columns, grid->count, &grid->capacity, sizeof(struct column));
    grid->columns[grid->count++] = (struct column){0};
  }
}

static void begin_row(struct grid *grid) {
  grid->at = 0;
  grid->row_headings = NULL;
}

/* Passes over what cells above cover, using one row of it up. */
static void skip_covered(struct grid *grid) {
  while (grid->at < grid->count && grid->columns[grid->at].covered > 0) {
    grid->columns[grid->at++].covered--;
  }
}

static const struct heading *add_heading(struct arena *arena, uint32_t element,
                                         const struct heading *before) {
  if (before && before->element == element) return before;
  struct heading *heading = arena_alloc(arena, sizeof *heading);
  *heading = (struct heading){element, before};
  return heading;
}

static size_t count_headings(const struct heading *heading) {
  size_t count = 0;
  for (; heading; heading = heading->before) count++;
  return count;
}

/* Copies a list in the order of the page; a heading over several columns once. */
static size_t copy_headings(uint32_t *out, size_t count, const struct heading *heading) {
  size_t end = count + count_headings(heading);
  for (size_t i = end; heading; heading = heading->before) out[--i] = heading->element;
  size_t kept = count;
  for (size_t i = count; i < end; i++) {
    bool known = kept > 0 && out[kept - 1] == out[i];
    if (!known) out[kept++] = out[i];
  }
  return kept;
}

static void find_headings(struct arena *arena, const struct grid *grid, size_t first, size_t last,
                          struct cell *cell) {
  size_t most = count_headings(grid->row_headings);
  for (size_t c = first; c <= last; c++) most += count_headings(grid->columns[c].headings);
  uint32_t *headings = arena_alloc_array(arena, most, sizeof *headings);
  size_t count = 0;
  for (size_t c = first; c <= last; c++) {
    count = copy_headings(headings, count, grid->columns[c].headings);
  }
  cell->heading_count = copy_headings(headings, count, grid->row_headings);
  cell->headings = headings;
}

static void add_cell(struct arena *arena, struct grid *grid, const struct element *element,
                     uint32_t index, struct cell *cell) {
  skip_covered(grid);
  size_t first = grid->at;
  size_t last = first + (element->column_span > 1 ? element->column_span - 1u : 0);
  reach_column(grid, last);
  find_headings(arena, grid, first, last, cell);
  if (element->role == ROLE_TH) cell->identifier = arena_printf(arena, "heading:%u", index);
  for (size_t c = first; c <= last; c++) {
    struct column *column = &grid->columns[c];
    column->covered = element->row_span > 1 ? element->row_span - 1u : 0;
    if (element->role == ROLE_TH && element->scope == SCOPE_COLUMN) {
      column->headings = add_heading(arena, index, column->headings);
    }
  }
  if (element->role == ROLE_TH && element->scope == SCOPE_ROW) {
    grid->row_headings = add_heading(arena, index, grid->row_headings);
  }
  grid->at = last + 1;
}

/* A cell holds no table of its own: tables come one after the other. */
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
      begin_row(&grid);
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
