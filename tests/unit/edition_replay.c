/* `explain` tells the truth: for records made by chance, a guide whose conditions are
 * replaced by what was decided for the record gives the same edition, node for node.
 * And an edition is a function of its record: made twice, it is the same. */
#include "check.h"

#include "base/buffer.h"
#include "edition/edition.h"

#include <stdlib.h>

#define ROUNDS 60

static uint32_t random_state = 7;

static unsigned chance(unsigned below) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % below;
}

static const char *one_of(const char *const *texts, unsigned count) {
  return texts[chance(count)];
}

#define ONE_OF(...)                                                                                \
  one_of((const char *const[]){__VA_ARGS__},                                                       \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static struct reader *make_reader(const struct guide *guide, struct messages *messages) {
  struct reader *reader = reader_new_anonymous(guide);
  const struct setting settings[] = {
      {"id", "chance"},
      {"name", ONE_OF("", "Jane Doe", "张三")},
      {"languages", ONE_OF("en", "zh-Hans", "en|zh-Hans", "zh-Hans|en")},
      {"mode", ONE_OF("single", "interleaved", "parallel", "sequential")},
      {"region", ONE_OF("US", "CN", "other")},
      {"experience", ONE_OF("0", "1", "30")},
      {"skills", ONE_OF("", "python", "python|statistics", "models|python|statistics")},
      {"member", ONE_OF("yes", "no")},
      {"adviser", ONE_OF("", "Max Mustermann")},
      {"start", ONE_OF("", "2026-08-01")},
      {"hours", ONE_OF("", "7.5", "40")},
  };
  CHECK(reader_apply(reader, guide, settings, sizeof settings / sizeof *settings, messages));
  return reader;
}

/* The edition's tree as XML; "" where there is none. */
static char *tree_of(const struct guide *guide, const struct reader *reader,
                     struct messages *messages) {
  struct buffer text = {0};
  struct edition *edition = edition_new(guide, reader, messages);
  CHECK(edition != NULL);
  if (edition) tree_write_xml(guide, edition->root, false, &text, messages);
  edition_free(edition);
  return text.data ? text.data : calloc(1, 1);
}

/* Swaps each condition for what was decided; asked again, swaps them back. */
static void swap_conditions(const struct decisions *decisions, const char **others) {
  for (size_t i = 0; i < decisions->count; i++) {
    struct node *node = (struct node *)decisions->items[i].node;
    const char *now = node->when;
    node->when = others[i];
    others[i] = now;
  }
}

static void test_round(const struct guide *guide, struct messages *messages) {
  struct arena *arena = arena_new();
  struct reader *reader = make_reader(guide, messages);
  struct edition_maker *maker = edition_maker_new(guide, messages);
  struct decisions decisions = edition_decide(maker, reader, arena, messages);
  const char **others = arena_alloc_array(arena, decisions.count + 1, sizeof *others);
  for (size_t i = 0; i < decisions.count; i++) {
    others[i] = decisions.items[i].holds ? "true()" : "false()";
    CHECK(decisions.items[i].name_count > 0);
  }
  char *made = tree_of(guide, reader, messages), *again = tree_of(guide, reader, messages);
  swap_conditions(&decisions, others);
  char *replayed = tree_of(guide, reader, messages);
  swap_conditions(&decisions, others);
  CHECK_TEXT(again, made);
  CHECK_TEXT(replayed, made);
  free(made);
  free(again);
  free(replayed);
  edition_maker_free(maker);
  reader_free(reader);
  arena_free(arena);
}

int main(void) {
  FILE *nowhere = fopen("/dev/null", "w"); /* warnings of references that are out */
  struct messages *messages = messages_new(nowhere, MESSAGES_SHORT, false);
  struct guide *guide = guide_load("tests/cases/edition-guide", NULL, 0, messages);
  CHECK(guide != NULL);
  for (int round = 0; guide && round < ROUNDS; round++) test_round(guide, messages);
  CHECK(messages_errors(messages) == 0);
  messages_flush(messages);
  guide_free(guide);
  messages_free(messages);
  fclose(nowhere);
  return check_summary();
}
