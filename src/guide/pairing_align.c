/* Which block of one language is which of the other. Ids decide where there are any.
 * What is left is aligned in order, so that the most blocks find a like one: a
 * longest common subsequence over what is left after the common start and end.
 *
 *   main    p  p  list  p          other    p  list  p
 *           │     │     │
 *           p     list  p          the second paragraph has no translation */
#include "guide/pairing.h"

#include <stdlib.h>
#include <string.h>

/* A larger table is not made; blocks are then looked for a little way ahead. */
#define LARGEST_TABLE (4u * 1024 * 1024)
#define LOOK_AHEAD    16

static size_t columns(const struct node *table) {
  const struct node *row = table->first;
  while (row && row->kind != NODE_ROW) row = row->next;
  size_t count = 0;
  for (const struct node *cell = row ? row->first : NULL; cell; cell = cell->next) count++;
  return count;
}

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

bool pairing_fits(const struct node *main, const struct node *other) {
  if (main->kind != other->kind) return false;
  if (main->id && other->id) {
    if (strcmp(main->id, other->id) != 0) return false;
    if (main->kind == NODE_SECTION) return true;
  }
  if (main->kind == NODE_TABLE && columns(main) != columns(other)) return false;
  if (main->kind == NODE_LIST && main->ordered != other->ordered) return false;
  if (main->kind == NODE_SECTION) return main->first->level == other->first->level;
  return true;
}

/* Twice as good with the same condition as without. */
static unsigned score(const struct node *main, const struct node *other) {
  if (!pairing_fits(main, other)) return 0;
  return same_text(main->when, other->when) ? 2 : 1;
}

/* --- ids ------------------------------------------------------------------------------ */

/* `ids` knows nodes, and the blocks stand in an array: the search for the index goes
 * on where the last one ended, since most ids come in the same order. */
static size_t index_of(struct node *const *main, size_t count, const struct node *node,
                       size_t from) {
  for (size_t i = from; i < count; i++) {
    if (main[i] == node) return i;
  }
  for (size_t i = 0; i < from; i++) {
    if (main[i] == node) return i;
  }
  return UNPAIRED;
}

static void pair_ids(struct node *const *main, size_t main_count, struct node *const *other,
                     size_t other_count, size_t *pairs, bool *taken) {
  struct ids *ids = ids_new();
  for (size_t i = 0; i < main_count; i++) {
    if (main[i]->id) ids_add(ids, main[i]->id, main[i]);
  }
  size_t next = 0;
  for (size_t j = 0; j < other_count; j++) {
    const struct node *found = other[j]->id ? ids_find(ids, other[j]->id) : NULL;
    if (!found || !pairing_fits(found, other[j])) continue;
    size_t i = index_of(main, main_count, found, next);
    if (i == UNPAIRED || taken[i]) continue;
    pairs[j] = i;
    taken[i] = true;
    next = i + 1;
  }
  ids_free(ids);
}

/* --- order ----------------------------------------------------------------------------- */

struct rest {
  struct node *const *main;
  struct node *const *other;
  const size_t *main_index; /* of what has no pair yet */
  const size_t *other_index;
  size_t main_count, other_count;
  size_t *pairs;
};

static unsigned rest_score(const struct rest *rest, size_t i, size_t j) {
  return score(rest->main[rest->main_index[i]], rest->other[rest->other_index[j]]);
}

static void pair_rest(const struct rest *rest, size_t i, size_t j) {
  rest->pairs[rest->other_index[j]] = rest->main_index[i];
}

/* best[i][j]: the most that main from i on and other from j on can reach. */
static void align_table(const struct rest *rest) {
  size_t rows = rest->main_count, width = rest->other_count + 1;
  unsigned *best = memory_alloc((rows + 1) * width * sizeof *best);
  for (size_t i = rows; i-- > 0;) {
    for (size_t j = rest->other_count; j-- > 0;) {
      unsigned here = rest_score(rest, i, j);
      unsigned most = best[(i + 1) * width + j];
      if (best[i * width + j + 1] > most) most = best[i * width + j + 1];
      if (here && here + best[(i + 1) * width + j + 1] > most) {
        most = here + best[(i + 1) * width + j + 1];
      }
      best[i * width + j] = most;
    }
  }
  for (size_t i = 0, j = 0; i < rows && j < rest->other_count;) {
    unsigned here = rest_score(rest, i, j);
    if (here && best[i * width + j] == here + best[(i + 1) * width + j + 1]) {
      pair_rest(rest, i++, j++);
    } else if (best[i * width + j] == best[(i + 1) * width + j]) {
      i++;
    } else {
      j++;
    }
  }
  free(best);
}

static void align_ahead(const struct rest *rest) {
  size_t i = 0;
  for (size_t j = 0; j < rest->other_count && i < rest->main_count; j++) {
    size_t ahead = i;
    while (ahead < rest->main_count && ahead - i < LOOK_AHEAD && !rest_score(rest, ahead, j)) {
      ahead++;
    }
    if (ahead == rest->main_count || ahead - i == LOOK_AHEAD) continue;
    pair_rest(rest, ahead, j);
    i = ahead + 1;
  }
}

/* The common start and end need no table. */
static void align_rest(struct rest rest) {
  while (rest.main_count && rest.other_count && rest_score(&rest, 0, 0) == 2) {
    pair_rest(&rest, 0, 0);
    rest.main_index++;
    rest.other_index++;
    rest.main_count--;
    rest.other_count--;
  }
  while (rest.main_count && rest.other_count &&
         rest_score(&rest, rest.main_count - 1, rest.other_count - 1) == 2) {
    pair_rest(&rest, --rest.main_count, --rest.other_count);
  }
  if ((rest.main_count + 1) > LARGEST_TABLE / (rest.other_count + 1)) align_ahead(&rest);
  else align_table(&rest);
}

void pairing_align(struct node *const *main, size_t main_count, struct node *const *other,
                   size_t other_count, size_t *pairs) {
  bool *taken = memory_alloc(main_count * sizeof *taken);
  size_t *main_index = memory_alloc(main_count * sizeof *main_index);
  size_t *other_index = memory_alloc(other_count * sizeof *other_index);
  for (size_t j = 0; j < other_count; j++) pairs[j] = UNPAIRED;
  pair_ids(main, main_count, other, other_count, pairs, taken);
  struct rest rest = {main, other, main_index, other_index, 0, 0, pairs};
  for (size_t i = 0; i < main_count; i++) {
    if (!taken[i]) main_index[rest.main_count++] = i;
  }
  for (size_t j = 0; j < other_count; j++) {
    if (pairs[j] == UNPAIRED) other_index[rest.other_count++] = j;
  }
  align_rest(rest);
  free(taken);
  free(main_index);
  free(other_index);
}
