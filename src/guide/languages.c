/* In a file of several languages: which of them a text is in that does not say so.
 *
 * A sentence tells by its script. A name or a figure does not: "Python" stands in Chinese
 * lists, "400" in tables of either language. So
 *
 *   - a language is spoken where a sentence is in it, or a text that says so; in a file
 *     that speaks one alone, all is in that;
 *   - the cells of a table are in one language, and so are the names in a list, unless its
 *     items follow each other as translations;
 *   - a name or a figure that translates nothing, and that nothing translates, is in the
 *     language of what stands around it; such code, and such an address to scan, is for the
 *     readers of all;
 *   - a footnote in one language is in that of its mark. */
#include "guide/load.h"

#include "base/buffer.h"
#include "base/index.h"
#include "guide/pairing.h"

#include <stdlib.h>
#include <string.h>

/* A variant in a language that is only likely. */
struct loose {
  struct node *variant;
  const char *likely;
};

struct settling {
  struct loading *loading;
  struct loose *loose;
  size_t loose_count, loose_capacity;
};

/* --- what a text shows ------------------------------------------------------------ */

static bool is_apart(const struct node *node) {
  return node->kind == NODE_CODE || (node->kind != NODE_VARIANT && node->language);
}

/* All but code and what says its own language. */
static void add_own_words(const struct node *variant, struct buffer *out) {
  for (struct walk walk = walk_start(variant); walk_next(&walk);) {
    if (!walk.entering) continue;
    if (is_apart(walk.node)) walk_skip(&walk);
    else if (walk.node->kind == NODE_TEXT) buffer_append_text(out, walk.node->text);
    else if (walk.node->kind == NODE_LINE_BREAK) buffer_append_byte(out, ' ');
  }
}

static enum script_says says(const struct node *variant) {
  if (variant->parent->kind == NODE_CODE_BLOCK) return SCRIPT_SAYS_NAME;
  struct buffer words = {0};
  add_own_words(variant, &words);
  enum script_says says = script_says(words.data ? words.data : "", words.length);
  buffer_finish(&words);
  return says;
}

static const char *likely(const struct loading *loading, const struct node *variant) {
  struct buffer words = {0};
  add_own_words(variant, &words);
  if (!words.length) buffer_append_text(&words, node_text(loading->arena, variant));
  const char *language = script_block_language(loading->guide, words.data, words.length);
  buffer_finish(&words);
  return language;
}

/* The one that says no language, or NULL. */
static struct node *unsettled(const struct node *block) {
  if (!block || !node_bears_text(block)) return NULL;
  struct node *variant = block->first;
  while (variant && variant->language) variant = variant->next;
  return variant;
}

/* Keeps the first language in `*only`; NULL is none. False where it is another. */
static bool agrees(const char **only, const char *language) {
  if (language && !*only) *only = language;
  return !language || strcmp(language, *only) == 0;
}

/* Footnotes come last. */
static bool is_text(const struct node *block) {
  return block && block->kind != NODE_FOOTNOTE;
}

/* NULL: each in its likely one. */
static void settle_as(const struct loading *loading, struct node *root, const char *language) {
  for (struct node *block = root; block; block = node_next_block(root, block)) {
    struct node *variant = unsettled(block);
    if (variant) variant->language = language ? language : likely(loading, variant);
  }
}

/* --- the languages that a file speaks --------------------------------------------- */

/* A sentence's; and that of a Chinese word on its own, which is seldom a name in other texts. */
static const char *shown(const struct loading *loading, const struct node *variant) {
  const struct node *block = variant->parent;
  enum script_says said = says(variant);
  if (said == SCRIPT_SAYS_NOTHING) return NULL;
  const char *language = likely(loading, variant);
  bool on_its_own = block->kind != NODE_CELL && block->parent->kind != NODE_ITEM;
  bool word = on_its_own && strncmp(language, "zh", 2) == 0;
  return said == SCRIPT_SAYS_SENTENCE || word ? language : NULL;
}

/* The only one; NULL where there are several, or no text shows any. */
static const char *only_spoken(const struct loading *loading, struct node *root) {
  const char *only = NULL;
  if (loading->guide->language_count > 1) return NULL;
  for (struct node *block = root; is_text(block); block = node_next_block(root, block)) {
    if (!node_bears_text(block)) continue;
    for (const struct node *variant = block->first; variant; variant = variant->next) {
      const char *language = variant->language ? variant->language : shown(loading, variant);
      if (!agrees(&only, language)) return NULL;
    }
  }
  return only;
}

/* --- tables and lists ------------------------------------------------------------- */

/* The language of all below `root` together. */
static const char *likely_whole(const struct loading *loading, struct node *root) {
  struct buffer words = {0};
  for (struct node *block = root; block; block = node_next_block(root, block)) {
    const struct node *variant = unsettled(block);
    if (variant) add_own_words(variant, &words);
  }
  const char *language =
      script_block_language(loading->guide, words.data ? words.data : "", words.length);
  buffer_finish(&words);
  return language;
}

static size_t count_items(const struct node *list) {
  size_t count = 0;
  if (list && list->kind == NODE_LIST)
    for (const struct node *item = list->first; item; item = item->next) count++;
  return count;
}

/* One list beside its like in the other language has no translations inside. */
static bool is_beside_its_like(const struct node *list) {
  size_t count = count_items(list);
  return count_items(list->previous) == count || count_items(list->next) == count;
}

/* "Gloves, 手套, Glasses, 眼镜". */
static bool alternates(const struct loading *loading, const struct node *list) {
  const char *both[2] = {NULL, NULL};
  size_t count = 0;
  for (const struct node *item = list->first; item; item = item->next, count++) {
    const struct node *variant = unsettled(item->first);
    const char *language = variant ? likely(loading, variant) : NULL;
    if (!language || (both[count % 2] && strcmp(both[count % 2], language) != 0)) return false;
    both[count % 2] = language;
  }
  return count % 2 == 0 && both[1] && strcmp(both[0], both[1]) != 0 && !is_beside_its_like(list);
}

/* --- block by block --------------------------------------------------------------- */

static void add_loose(struct settling *settling, struct node *variant, const char *language) {
  variant->language = language;
  settling->loose = array_reserve(settling->loose, settling->loose_count, &settling->loose_capacity,
                                  sizeof *settling->loose);
  settling->loose[settling->loose_count++] = (struct loose){variant, language};
}

static void settle_table(const struct settling *settling, struct node *table) {
  const char *language = likely_whole(settling->loading, table);
  for (struct node *block = table; block; block = node_next_block(table, block)) {
    struct node *variant = block->kind == NODE_CELL ? unsettled(block) : NULL;
    if (variant) variant->language = language;
  }
}

static void settle_list(struct settling *settling, struct node *list) {
  const char *language = likely_whole(settling->loading, list);
  for (struct node *block = list; block; block = node_next_block(list, block)) {
    struct node *variant = block->kind == NODE_CODE_BLOCK ? NULL : unsettled(block);
    if (variant && says(variant) != SCRIPT_SAYS_SENTENCE) add_loose(settling, variant, language);
  }
}

static void settle_text(struct settling *settling, struct node *variant) {
  const char *language = likely(settling->loading, variant);
  if (says(variant) != SCRIPT_SAYS_SENTENCE) add_loose(settling, variant, language);
  else variant->language = language;
}

static void settle(struct settling *settling, struct node *block) {
  struct node *variant = unsettled(block);
  if (variant) settle_text(settling, variant);
  else if (block->kind == NODE_TABLE) settle_table(settling, block);
  else if (block->kind == NODE_LIST && !alternates(settling->loading, block))
    settle_list(settling, block);
}

/* --- names beside sentences ------------------------------------------------------- */

static bool ends_sentence(const struct node *variant) {
  struct buffer words = {0};
  add_own_words(variant, &words);
  bool ends = words.length && script_ends_sentence(words.data, words.length);
  buffer_finish(&words);
  return ends;
}

enum beside { BESIDE_NOTHING, BESIDE_NAME, BESIDE_SENTENCE };

/* What stands there in another language. */
static enum beside beside(const struct node *block, const char *language) {
  if (!block || block->kind != NODE_PARAGRAPH || !block->first) return BESIDE_NOTHING;
  const struct node *variant = block->first;
  if (!variant->language || strcmp(variant->language, language) == 0) return BESIDE_NOTHING;
  return ends_sentence(variant) ? BESIDE_SENTENCE : BESIDE_NAME;
}

/* A sentence is not the translation of a name. */
static bool is_name_by_sentence(const struct loose *loose) {
  const struct node *block = loose->variant->parent;
  if (block->kind != NODE_PARAGRAPH || ends_sentence(loose->variant)) return false;
  enum beside before = beside(block->previous, loose->likely);
  enum beside after = beside(block->next, loose->likely);
  bool sentence = before == BESIDE_SENTENCE || after == BESIDE_SENTENCE;
  return sentence && before != BESIDE_NAME && after != BESIDE_NAME;
}

/* --- what nothing translates ------------------------------------------------------ */

/* A name's neighbours: the one language of the texts in its block, or NULL. */
struct around {
  const struct node *block;
  const char *language;
};

/* What shows none does not count. */
static const char *only_around(const struct node *block) {
  const char *only = NULL;
  for (struct walk walk = walk_start(block); walk_next(&walk);) {
    if (!walk.entering || walk.node->kind != NODE_VARIANT) continue;
    if (!agrees(&only, walk.node->language)) return NULL;
    walk_skip(&walk);
  }
  return only;
}

/* Texts of one block come one after the other. */
static void settle_as_around(struct around *around, const struct loose *loose) {
  const struct node *block = loose->variant->parent->parent;
  while (block->kind == NODE_FIGURE || block->kind == NODE_ITEM || block->kind == NODE_LIST)
    block = block->parent;
  if (around->block != block) *around = (struct around){block, only_around(block)};
  loose->variant->language = around->language ? around->language : loose->likely;
}

static void add_copy(struct arena *arena, const struct node *variant, const char *language) {
  struct node *at = variant->parent;
  for (struct walk walk = walk_start(variant); walk_next(&walk);) {
    if (walk.entering) {
      struct node *copy = node_copy(arena, walk.node);
      copy->origin = NULL;
      copy->id = NULL; /* there is one of that name */
      if (walk.node == variant) copy->language = language;
      node_append(at, copy);
      at = copy;
    } else {
      at = at->parent;
    }
  }
}

static bool is_for_all(const struct node *variant) {
  return variant->parent->kind == NODE_CODE_BLOCK || variant->parent->kind == NODE_QR;
}

static void share(struct arena *arena, const struct loose *loose, const char *const *languages,
                  size_t count) {
  loose->variant->language = loose->likely;
  for (size_t i = 0; i < count; i++) {
    if (!node_variant(loose->variant->parent, languages[i]))
      add_copy(arena, loose->variant, languages[i]);
  }
}

static bool is_alone(const struct node *variant) {
  return variant->parent && variant->parent->first == variant->parent->last;
}

static void settle_loose(const struct settling *settling, const struct node *root) {
  struct arena *arena = settling->loading->arena;
  struct around around = {0};
  size_t count;
  const char **languages = languages_of(arena, root, &count);
  for (size_t i = 0; i < settling->loose_count; i++) {
    struct node *variant = settling->loose[i].variant;
    if (is_alone(variant)) variant->language = NULL;
  }
  for (size_t i = 0; i < settling->loose_count; i++) {
    struct loose *loose = &settling->loose[i];
    if (loose->variant->language) continue;
    if (is_for_all(loose->variant)) share(arena, loose, languages, count);
    else settle_as_around(&around, loose);
  }
}

const char **languages_of(struct arena *arena, const struct node *root, size_t *count) {
  const char **languages = NULL;
  size_t capacity = 0;
  *count = 0;
  for (struct walk walk = walk_start(root); walk_next(&walk);) {
    if (!walk.entering || walk.node->kind != NODE_VARIANT) continue;
    const char *language = walk.node->language;
    walk_skip(&walk);
    if (!language || language_is_among(language, languages, *count)) continue;
    if (*count == capacity) {
      const char *const *old = languages;
      capacity = capacity ? capacity * 2 : 4;
      languages = arena_alloc_array(arena, capacity, sizeof *languages);
      for (size_t i = 0; i < *count; i++) languages[i] = old[i];
    }
    languages[(*count)++] = language;
  }
  return languages;
}

/* --- footnotes -------------------------------------------------------------------- */

static bool is_in_one_language(const struct loading *loading, struct node *footnote) {
  const char *only = NULL;
  for (struct node *block = footnote; block; block = node_next_block(footnote, block)) {
    const struct node *variant = unsettled(block);
    if (variant && !agrees(&only, likely(loading, variant))) return false;
  }
  return true;
}

/* Of the marks that point to one footnote. */
struct marks {
  const char *language;
  bool several;
};

static void note_mark(struct arena *arena, struct index *index, const struct node *mark) {
  struct marks *marks = index_find(index, mark->target);
  const char *language = node_language(mark);
  if (marks) {
    marks->several = marks->several || !language || strcmp(marks->language, language) != 0;
  } else if (language) {
    marks = arena_alloc(arena, sizeof *marks);
    marks->language = language;
    index_add(index, mark->target, marks);
  }
}

static void settle_footnotes(const struct loading *loading, struct node *root) {
  struct index *index = index_new();
  for (struct walk walk = walk_start(root); walk_next(&walk);)
    if (walk.entering && walk.node->kind == NODE_FOOTNOTE_MARK)
      note_mark(loading->arena, index, walk.node);
  for (struct node *node = root->first; node; node = node->next) {
    const struct marks *marks = node->id ? index_find(index, node->id) : NULL;
    if (node->kind == NODE_FOOTNOTE)
      settle_as(loading, node, marks && !marks->several ? marks->language : NULL);
  }
  index_free(index);
}

/* --- the whole -------------------------------------------------------------------- */

static void settle_blocks(struct settling *settling, struct node *root) {
  for (struct node *block = root, *next; block; block = next) {
    bool waits = block->kind == NODE_FOOTNOTE && is_in_one_language(settling->loading, block);
    next = waits ? block->next : node_next_block(root, block);
    if (!waits) settle(settling, block);
  }
  for (size_t i = 0; i < settling->loose_count; i++) {
    struct loose *loose = &settling->loose[i];
    if (is_name_by_sentence(loose)) loose->variant->language = NULL;
  }
}

void languages_settle(struct loading *loading, struct node *root) {
  struct settling settling = {.loading = loading};
  const char *only = only_spoken(loading, root);
  if (only) settle_as(loading, root, only);
  settle_blocks(&settling, root);
  if (loading->markup) pairing_neighbours(loading, root);
  settle_loose(&settling, root);
  settle_footnotes(loading, root);
  free(settling.loose);
}
