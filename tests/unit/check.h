/* What a unit test needs: checks that are counted, and a last line with the count.
 *
 *   int main(void) {
 *     CHECK(utf8_count("汉", 3) == 1);
 *     CHECK_TEXT(arena_printf(arena, "%d", 7), "7");
 *     return check_summary();
 *   }
 */
#ifndef HANDOUT_TESTS_CHECK_H
#define HANDOUT_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_passed, check_failed;

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (condition) {                                                                               \
      check_passed++;                                                                              \
    } else {                                                                                       \
      check_failed++;                                                                              \
      printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                             \
    }                                                                                              \
  } while (0)

#define CHECK_TEXT(found, wanted) check_text(__FILE__, __LINE__, found, wanted)

static inline void check_text(const char *file, int line, const char *found, const char *wanted) {
  if (found && wanted && strcmp(found, wanted) == 0) {
    check_passed++;
    return;
  }
  check_failed++;
  printf("%s:%d: found  «%s»\n  wanted «%s»\n", file, line, found ? found : "(null)",
         wanted ? wanted : "(null)");
}

/* `make quick` leaves out what takes seconds. */
static inline int check_quick(void) {
  return getenv("HANDOUT_QUICK") != NULL;
}

static inline int check_summary(void) {
  printf("%d passed, %d failed\n", check_passed, check_failed);
  return check_failed ? 1 : 0;
}

#endif
