/* Fields, facts and skills, wherever a guide declares them: handout.yaml, front matter or
 * guide.xml. Their names turn up in conditions, so each is there once, and in few letters. */
#include "guide/declare.h"

#include "base/index.h"
#include "guide/config.h"

#include <assert.h>
#include <string.h>

static const char *const kinds[] = {
    [DECLARED_FIELD] = "field", [DECLARED_FACT] = "fact", [DECLARED_SKILL] = "skill"};

static_assert(sizeof kinds / sizeof *kinds == DECLARED_COUNT, "a kind has no name");

/* Keys of a reader record that no field may take. */
static const char *const reserved[] = {"id",    "languages", "mode",    "edition",
                                       "paper", "theme",     "numbered"};

struct declaration {
  enum declared what;
  const struct place *place;
};

static bool is_reserved(const char *name) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
    if (strcmp(reserved[i], name) == 0) return true;
  }
  return false;
}

bool declare_name(struct loading *loading, enum declared what, const char *name,
                  const struct place *place) {
  bool skill = what == DECLARED_SKILL; /* no field of a record, but a value of one */
  struct index *names = skill ? loading->skill_names : loading->names;
  const struct declaration *first = index_find(names, name);
  if (!config_is_name(name)) {
    message_error(loading->messages, place, "bad-name",
                  "the name of a %s is made of a-z, 0-9 and -, and begins with a letter: '%.60s'",
                  kinds[what], name);
  } else if (!skill && is_reserved(name)) {
    message_error(loading->messages, place, "reserved-name",
                  "no %s can be called '%s': a reader record has a key of that name", kinds[what],
                  name);
  } else if (first) {
    message_error(loading->messages, place, "duplicate-name", "'%s' is the name of a %s already",
                  name, kinds[first->what]);
    message_note(loading->messages, first->place, "the %s is declared here", kinds[first->what]);
  } else {
    struct declaration *declaration = arena_alloc(loading->arena, sizeof *declaration);
    *declaration = (struct declaration){what, place};
    return index_add(names, name, declaration);
  }
  return false;
}
