/* What is kept: all that a document asked for is there until it ends, what each asks for is
 * there for the next, and what none asks for any more does not stay. */
#include "check.h"

#include "base/keeper.h"

#include <stdbool.h>

#define DOCUMENTS 400
#define SHARED    50
#define OWN       100
#define DOCUMENT  ((SHARED + OWN) * 9000) /* bytes that it asks for, and a little more */

struct counts {
  size_t lost, made, most;
};

/* A value is 1,000 times its key's number. */
static bool ask(struct keeper *keeper, uint64_t number, bool *made) {
  uint64_t value[1000];
  for (size_t i = 0; i < 1000; i++) value[i] = number;
  const struct kept *kept = keeper_find(keeper, &number, sizeof number);
  *made = !kept;
  if (!kept) kept = keeper_add(keeper, &number, sizeof number, value, sizeof value);
  return kept->length == sizeof value && memcmp(kept->value, value, sizeof value) == 0;
}

static void make_document(struct keeper *keeper, uint64_t document, struct counts *counts) {
  const struct kept *first = NULL;
  uint64_t key = 1;
  bool made;
  for (uint64_t i = 1; i <= SHARED; i++) {
    counts->lost += !ask(keeper, i, &made);
    counts->made += made && document > 0;
    if (i == 1) first = keeper_find(keeper, &key, sizeof key);
  }
  for (uint64_t i = 0; i < OWN; i++)
    counts->lost += !ask(keeper, 1000 + document * OWN + i, &made) || !made;
  counts->lost += !first || *(const uint64_t *)first->value != 1;
  keeper_trim(keeper);
  if (keeper_bytes(keeper) > counts->most) counts->most = keeper_bytes(keeper);
}

int main(void) {
  struct keeper *keeper = keeper_new();
  struct counts counts = {0};
  for (uint64_t document = 0; document < DOCUMENTS; document++)
    make_document(keeper, document, &counts);
  CHECK(counts.lost == 0);
  CHECK(counts.made == 0);
  CHECK(counts.most > KEEPER_MOST / 4);
  CHECK(counts.most <= KEEPER_MOST + DOCUMENT);
  keeper_free(keeper);
  return check_summary();
}
