/* A list of NAME=N is short, so it is read where it stands, each time; the last one of a
 * name counts. */
#include "base/limit.h"

#include "base/arena.h"
#include "base/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLE "HANDOUT_LIMITS"

struct limit_row {
  const char *name, *code, *what;
  size_t standard, most;
};

#define LIMIT_MOST ((size_t)1 << 40)

static const struct limit_row rows[LIMIT_COUNT] = {
    [LIMIT_FILE] = {"file", "limit-file", "bytes in a file", 64u << 20, LIMIT_MOST},
    [LIMIT_RECORD] = {"record", "limit-record", "bytes in a record or a theme", 1u << 20,
                      LIMIT_MOST},
    [LIMIT_PICTURE] = {"picture", "limit-picture", "bytes in a picture's file", 32u << 20,
                       LIMIT_MOST},
    [LIMIT_PIXELS] = {"pixels", "limit-pixels", "pixels in a picture", 50000000, 1u << 30},
    [LIMIT_DEPTH] = {"depth", "limit-depth", "levels of blocks in blocks", LIMIT_DEEPEST,
                     LIMIT_DEEPEST},
    [LIMIT_NODES] = {"nodes", "limit-nodes", "nodes in a guide", 4000000, LIMIT_MOST},
    [LIMIT_EXPRESSION] = {"expression", "limit-expression", "bytes in a condition or a fill-in",
                          1000, 1u << 20},
    [LIMIT_STEPS] = {"steps", "limit-steps", "steps of one condition", 100000, 1u << 30},
    [LIMIT_VALUES] = {"values", "limit-values", "values in a field", 1000, 1u << 20},
    [LIMIT_PAGES] = {"pages", "limit-pages", "pages", 20000, 1u << 24},
    [LIMIT_SECONDS] = {"seconds", "limit-seconds", "seconds for one record", 60, 100000},
};

/* One NAME=N, up to a comma or the end; LIMIT_COUNT where it is wrong. */
static enum limit read_one(const char *text, size_t *value) {
  size_t length = strcspn(text, "=,");
  enum limit limit = 0;
  while (limit < LIMIT_COUNT &&
         !(strlen(rows[limit].name) == length && memcmp(rows[limit].name, text, length) == 0))
    limit++;
  const char *digits = text + length + 1;
  if (limit == LIMIT_COUNT || text[length] != '=' || *digits < '0' || *digits > '9')
    return LIMIT_COUNT;
  char *end;
  errno = 0;
  unsigned long long number = strtoull(digits, &end, 10);
  bool good = !errno && number >= 1 && number <= rows[limit].most && (!*end || *end == ',');
  *value = (size_t)number;
  return good ? limit : LIMIT_COUNT;
}

size_t limit_of(enum limit limit) {
  const char *list = getenv(VARIABLE);
  size_t found = rows[limit].standard, value;
  while (list && *list) {
    if (read_one(list, &value) == limit) found = value;
    list += strcspn(list, ",");
    list += *list == ',';
  }
  return found;
}

void limit_report(struct messages *messages, const struct place *place, enum limit limit,
                  const char *subject) {
  const struct limit_row *row = &rows[limit];
  message_error(messages, place, row->code, "%.80s%smore than %zu %s", subject ? subject : "",
                subject ? ": " : "", limit_of(limit), row->what);
  if (limit_of(limit) < row->most)
    message_hint(messages, "this is the limit '%s'; --limit %s=N sets another", row->name,
                 row->name);
}

static bool check_one(const char *text, const char *from, struct messages *messages) {
  size_t value, length = strcspn(text, ",");
  if (read_one(text, &value) < LIMIT_COUNT) return true;
  message_usage(messages, "%s: '%.*s' is not a limit's name, =, and a number that it can be",
                from, (int)length, text);
  message_hint(messages, "limits are file, record, picture, pixels, depth (64 at most), nodes, "
                         "expression, steps, values, pages, seconds");
  return false;
}

static bool check_list(const char *list, const char *from, struct messages *messages) {
  do {
    if (!check_one(list, from, messages)) return false;
    list += strcspn(list, ",");
  } while (*list++ == ',');
  return true;
}

bool limit_check_environment(struct messages *messages) {
  const char *list = getenv(VARIABLE);
  return !list || !*list || check_list(list, VARIABLE, messages);
}

bool limit_add(const char *text, const char *from, struct messages *messages) {
  if (!check_list(text, from, messages)) return false;
  const char *before = getenv(VARIABLE);
  bool first = !before || !*before;
  struct arena *arena = arena_new();
  char *all = arena_printf(arena, "%s%s%s", first ? "" : before, first ? "" : ",", text);
  if (setenv(VARIABLE, all, 1) != 0) memory_check(NULL);
  arena_free(arena);
  return true;
}
