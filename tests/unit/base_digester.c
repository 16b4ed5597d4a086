/* Files that begin alike have the digests that they have alone, whatever came before them. */
#include "check.h"

#include "base/digester.h"

#include <stdbool.h>
#include <stdlib.h>

#define LENGTH  300000 /* of a file: nine blocks, and a part of one */
#define KINDS   12     /* that come by turns */
#define FILES   1200
#define TURNING 20 /* files after which they all begin otherwise */

/* Files of one kind are alike up to a place of the file's own. */
static size_t make(uint8_t *file, uint32_t number) {
  uint32_t random = number % KINDS + KINDS * (number / (FILES / TURNING));
  uint32_t parting = number * 7919 % LENGTH;
  for (size_t i = 0; i < LENGTH; i++) {
    if (i == parting) random += number * 2654435761u;
    random = random * 1664525u + 1013904223u;
    file[i] = (uint8_t)(random >> 24);
  }
  return number % 5 ? LENGTH : parting;
}

static bool is_right(struct digester *digester, const uint8_t *file, size_t length) {
  uint8_t found[HASH_SIZE], wanted[HASH_SIZE];
  struct hash *hash = hash_new();
  hash_add(hash, file, length);
  hash_take(hash, wanted);
  digester_take(digester, file, length, found);
  return memcmp(found, wanted, HASH_SIZE) == 0;
}

int main(void) {
  struct digester *digester = digester_new();
  uint8_t *file = malloc(LENGTH);
  size_t wrong = 0;
  for (uint32_t number = 0; number < FILES; number++)
    wrong += !is_right(digester, file, make(file, number));
  CHECK(wrong == 0);
  for (int i = 0; i < 20; i++) wrong += !is_right(digester, file, 100000);
  CHECK(wrong == 0);
  CHECK(is_right(digester, NULL, 0));
  free(file);
  digester_free(digester);
  return check_summary();
}
