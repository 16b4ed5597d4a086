/* Which translations are older than their text. The author may keep a file of
 * digests, written by `handout check --update-translations`:
 *
 *   zh-Hans:
 *     3f2a9c0d1e5b7784: 9bc1f02e6a3d5540
 *
 * says that this Chinese text was made from that English one. When the English has
 * another digest now and the Chinese still the same, it is out of date. Digests of
 * texts stay what they are wherever a block is moved to, as no numbering would. */
#include "base/buffer.h"
#include "base/file.h"
#include "base/yaml.h"
#include "guide/load.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DIGEST_LENGTH 16

/* --- digests of texts -------------------------------------------------------------- */

static const char *digest(struct arena *arena, const struct node *variant) {
  uint64_t hash = HASH_QUICK_SEED;
  struct walk walk = walk_start(variant);
  while (walk_next(&walk)) {
    if (walk.node == variant || walk.node->kind == NODE_TEXT) {
      if (walk.entering && walk.node->text) {
        hash = hash_quick(walk.node->text, strlen(walk.node->text), hash);
      }
      continue;
    }
    const char *name = node_kind_name(walk.node->kind);
    hash = hash_quick(name, strlen(name), hash);
    if (!walk.entering) continue;
    const char *parts[] = {walk.node->text, walk.node->target, walk.node->when};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
      if (parts[i]) hash = hash_quick(parts[i], strlen(parts[i]), hash);
    }
  }
  return arena_printf(arena, "%016llx", (unsigned long long)hash);
}

/* A text of nothing but digits and signs needs no translation. */
static bool is_translatable(struct arena *arena, const struct node *variant) {
  const char *text = node_text(arena, variant);
  return strspn(text, " 0123456789.,:;+-–—%/()") < strlen(text);
}

/* Every block with a text in the main language: what to do with each translation. */
typedef void visit_pair(void *closure, const struct node *main, const struct node *translation);

static void visit_translations(const struct guide *guide, visit_pair *visit, void *closure) {
  if (guide->language_count < 2) return;
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) {
    if (!walk.entering || !node_bears_text(walk.node)) continue;
    const struct node *main = node_variant(walk.node, guide->languages[0]);
    for (const struct node *other = walk.node->first; main && other; other = other->next) {
      if (other != main && main->first && other->first) visit(closure, main, other);
    }
    walk_skip(&walk);
  }
}

static const char *path_of(const struct guide *guide) {
  return arena_printf(guide->arena, "%s/translations.yaml", guide->folder);
}

/* --- checking ------------------------------------------------------------------------ */

/* "zh-Hans 3f2a…" is known where the file has that translation, "zh-Hans 3f2a… 9bc1…"
 * where it was made from that text. */
struct checking {
  struct arena *arena;
  struct ids *known;
  struct messages *messages;
};

static void check_one(void *closure, const struct node *main, const struct node *translation) {
  struct checking *checking = closure;
  const char *key = arena_printf(checking->arena, "%s %s", translation->language,
                                 digest(checking->arena, translation));
  if (!ids_find(checking->known, key)) return;
  key = arena_printf(checking->arena, "%s %s", key, digest(checking->arena, main));
  if (ids_find(checking->known, key)) return;
  message_warning(checking->messages, &translation->place, "stale-translation",
                  "this text is older than the %s text that it translates", main->language);
  message_note(checking->messages, &main->place, "this was changed since");
}

static void know(struct checking *checking, const struct node *any, const char *language,
                 const struct yaml *entry) {
  const char *key = arena_printf(checking->arena, "%s %s", language, entry->key);
  ids_add(checking->known, key, any);
  for (const char *text = entry->value; text && *text;) {
    size_t length = strcspn(text, " ");
    ids_add(checking->known, arena_printf(checking->arena, "%s %.*s", key, (int)length, text), any);
    text += length + strspn(text + length, " ");
  }
}

static void check_against(struct loading *loading, const struct yaml *root) {
  struct checking checking = {loading->arena, ids_new(), loading->messages};
  for (const struct yaml *language = root->first; language; language = language->next) {
    for (const struct yaml *entry = language->first; entry; entry = entry->next) {
      if (entry->key) know(&checking, loading->guide->root, language->key, entry);
    }
  }
  visit_translations(loading->guide, check_one, &checking);
  ids_free(checking.known);
}

void translations_check(struct loading *loading) {
  const char *path = path_of(loading->guide);
  if (access(path, F_OK) != 0) return;
  if (!files_check_below(loading->guide, path, loading->messages)) return;
  const struct source *source = source_load(loading->arena, path, LIMIT_FILE, loading->messages);
  const struct yaml *root =
      source ? yaml_read(loading->arena, source, 0, source->length, loading->messages) : NULL;
  if (root && root->kind == YAML_MAP) check_against(loading, root);
}

/* --- updating ------------------------------------------------------------------------- */

struct record {
  const char *language, *translation, *main;
};

struct updating {
  struct arena *arena;
  struct record *records;
  size_t count, capacity;
};

static void note_one(void *closure, const struct node *main, const struct node *translation) {
  struct updating *updating = closure;
  if (!is_translatable(updating->arena, translation)) return;
  updating->records = array_reserve(updating->records, updating->count, &updating->capacity,
                                    sizeof *updating->records);
  updating->records[updating->count++] = (struct record){
      translation->language, digest(updating->arena, translation), digest(updating->arena, main)};
}

static int compare(const void *a, const void *b) {
  const struct record *left = a, *right = b;
  int order = strcmp(left->language, right->language);
  if (order == 0) order = strcmp(left->translation, right->translation);
  return order ? order : strcmp(left->main, right->main);
}

static bool same(const char *a, const char *b) {
  return strcmp(a, b) == 0;
}

/* A translation of several texts ("Yes") has all of them in its line. */
static void put_records(const struct updating *updating, struct buffer *out) {
  buffer_append_text(out, "# Written by handout check --update-translations: each translation's\n"
                          "# digest, and those of the texts that it was made from.\n");
  for (size_t i = 0; i < updating->count; i++) {
    const struct record *now = &updating->records[i], *last = i ? now - 1 : NULL;
    bool new_language = !last || !same(last->language, now->language);
    bool new_text = new_language || !same(last->translation, now->translation);
    if (new_language) buffer_printf(out, "%s%s:\n", last ? "\"\n" : "", now->language);
    else if (new_text) buffer_append_text(out, "\"\n");
    if (new_text) buffer_printf(out, "  \"%s\": \"%s", now->translation, now->main);
    else if (!same(last->main, now->main)) buffer_printf(out, " %s", now->main);
  }
  if (updating->count) buffer_append_text(out, "\"\n");
}

bool guide_update_translations(const struct guide *guide, struct messages *messages) {
  const char *path = path_of(guide);
  if (!files_check_below(guide, path, messages)) return false;
  struct updating updating = {.arena = arena_new()};
  visit_translations(guide, note_one, &updating);
  if (updating.count) {
    qsort(updating.records, updating.count, sizeof *updating.records, compare);
  }
  struct buffer text = {0};
  put_records(&updating, &text);
  bool good = file_write(path, text.data, text.length, messages);
  buffer_finish(&text);
  free(updating.records);
  arena_free(updating.arena);
  return good;
}
