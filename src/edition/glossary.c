/* The first time that a text uses a word of the glossary, the word is a link to where
 * it is explained (D5). Where words stand in the guide's texts is found once; which of
 * them is the first depends on what is left for a reader.
 *
 *   guide   text ──▶ uses: (entry, offset, length) …   by a table over the words' first bytes
 *   edition text ──▶ text, link, text                  for the first use of each entry */
#include "edition/maker.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define TABLE_SIZE   1024 /* a power of two */
#define LEAST_LENGTH 2    /* bytes: AI */

/* A word of the glossary in one language. */
struct term {
  const struct node *entry;
  const char *language;
  const char *text;
  size_t length;
  struct term *next;
};

/* Where a text of the guide uses a term. */
struct use {
  const struct term *term;
  size_t offset, length; /* a plural is longer than its term */
  struct use *next;
};

struct text_uses {
  const struct node *text;
  struct use *uses;
  struct text_uses *next;
};

struct glossary {
  struct arena *arena;
  struct term *terms[TABLE_SIZE];
  struct text_uses *texts[TABLE_SIZE];
  size_t term_count;
};

/* --- the words ------------------------------------------------------------------------------ */

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t slot_of_bytes(const char *bytes) {
  char first[LEAST_LENGTH];
  for (size_t i = 0; i < LEAST_LENGTH; i++) first[i] = lower(bytes[i]);
  return hash_quick(first, LEAST_LENGTH, HASH_QUICK_SEED) & (TABLE_SIZE - 1);
}

static size_t slot_of_node(const struct node *node) {
  return hash_quick(&node, sizeof node, HASH_QUICK_SEED) & (TABLE_SIZE - 1);
}

/* A term without what stands behind it in brackets: "Algorithm (算法)". */
static size_t term_length(const char *text) {
  const char *bracket = strpbrk(text, "(");
  const char *wide = strstr(text, "（");
  size_t length = strlen(text);
  if (bracket) length = (size_t)(bracket - text);
  if (wide && (size_t)(wide - text) < length) length = (size_t)(wide - text);
  while (length > 0 && text[length - 1] == ' ') length--;
  return length;
}

static void add_term(struct glossary *glossary, const struct node *variant) {
  const char *text = node_text(glossary->arena, variant);
  size_t length = term_length(text);
  if (length < LEAST_LENGTH || !variant->language) return;
  struct term *term = arena_alloc(glossary->arena, sizeof *term);
  struct term **chain = &glossary->terms[slot_of_bytes(text)];
  *term = (struct term){variant->parent->parent, variant->language, text, length, *chain};
  *chain = term;
  glossary->term_count++;
}

/* --- where they are used ------------------------------------------------------------------------
 */

/* Of an alphabet, whose words have edges: at, or before, this place. */
static bool is_letter(const char *at) {
  size_t step;
  uint32_t c = utf8_decode(at, strlen(at), &step);
  return c < 0x2E80 && u_isalnum((UChar32)c);
}

static bool is_after_letter(const char *text, size_t offset) {
  while (offset > 0 && (text[--offset] & 0xC0) == 0x80) continue;
  return is_letter(text + offset);
}

/* At the edges of a Latin word; a plural's s is let pass. */
static bool stands_alone(const char *text, size_t offset, const struct term *term) {
  size_t end = offset + term->length;
  if (offset > 0 && is_letter(term->text) && is_after_letter(text, offset)) return false;
  if (!is_after_letter(text, end)) return true;
  return !is_letter(text + end + (text[end] == 's'));
}

static size_t use_length(const char *text, const struct term *term) {
  bool plural = is_after_letter(text, term->length) && text[term->length] == 's';
  return term->length + plural;
}

/* A sentence may begin with a term; but "it" is no IT. */
static bool matches(const char *text, size_t left, const struct term *term) {
  if (term->length > left || memcmp(text + 1, term->text + 1, term->length - 1) != 0) return false;
  return *text == *term->text || (term->length > 2 && lower(*text) == lower(*term->text));
}

/* The longest term that stands here. */
static const struct term *find_term(const struct glossary *glossary, const char *text,
                                    size_t offset, size_t length, const char *language) {
  const struct term *found = NULL;
  const struct term *term = glossary->terms[slot_of_bytes(text + offset)];
  for (; term; term = term->next) {
    if (found && found->length >= term->length) continue;
    if (strcmp(term->language, language) != 0) continue;
    if (!matches(text + offset, length - offset, term)) continue;
    if (stands_alone(text, offset, term)) found = term;
  }
  return found;
}

static void find_uses(struct glossary *glossary, const struct node *node, const char *language) {
  struct text_uses *uses = NULL;
  struct use **end = NULL;
  size_t length = strlen(node->text);
  for (size_t at = 0; at + LEAST_LENGTH <= length;) {
    const struct term *term = find_term(glossary, node->text, at, length, language);
    if (!term) {
      at++;
      continue;
    }
    if (!uses) {
      struct text_uses **chain = &glossary->texts[slot_of_node(node)];
      uses = arena_alloc(glossary->arena, sizeof *uses);
      *uses = (struct text_uses){.text = node, .next = *chain};
      *chain = uses;
      end = &uses->uses;
    }
    *end = arena_alloc(glossary->arena, sizeof **end);
    **end = (struct use){.term = term, .offset = at, .length = use_length(node->text + at, term)};
    at += (*end)->length;
    end = &(*end)->next;
  }
}

/* Running text alone: no headings, links, code, nor the glossary itself. */
static bool is_passed_over(const struct node *node) {
  return node->kind == NODE_GLOSSARY || node->kind == NODE_LINK || node->kind == NODE_REFERENCE ||
         (node_bears_text(node) && node->kind != NODE_PARAGRAPH);
}

struct glossary *glossary_new(const struct guide *guide, struct arena *arena) {
  struct glossary *glossary = arena_alloc(arena, sizeof *glossary);
  glossary->arena = arena;
  struct walk walk = walk_start(guide->root);
  while (walk_next(&walk)) {
    const struct node *parent = walk.node->parent;
    bool term = walk.entering && walk.node->kind == NODE_VARIANT && parent->kind == NODE_TERM;
    if (term && parent->parent->kind == NODE_ENTRY) add_term(glossary, walk.node);
  }
  walk = walk_start(guide->root);
  while (glossary->term_count && walk_next(&walk)) {
    if (!walk.entering) continue;
    if (is_passed_over(walk.node)) walk_skip(&walk);
    const char *language = walk.node->kind == NODE_TEXT ? node_language(walk.node) : NULL;
    if (language) find_uses(glossary, walk.node, language);
  }
  return glossary;
}

/* --- in an edition
 * --------------------------------------------------------------------------------- */

struct found {
  struct node *text;
  const struct text_uses *uses;
};

static const struct text_uses *uses_of(const struct glossary *glossary, const struct node *text) {
  const struct text_uses *uses = glossary->texts[slot_of_node(text->origin)];
  while (uses && uses->text != text->origin) uses = uses->next;
  return uses;
}

static struct node *add_piece(struct arena *arena, struct node *before, const char *text,
                              size_t length) {
  struct node *piece = node_new(arena, NODE_TEXT, before->place);
  piece->origin = before->origin;
  piece->text = arena_strndup(arena, text, length);
  return piece;
}

/* Splits a text at a use: what is before it, the link; the text itself keeps the rest. */
static void set_link(struct arena *arena, struct node *text, size_t start, size_t length,
                     const char *id) {
  struct node *link = node_new(arena, NODE_LINK, text->place);
  link->target = arena_printf(arena, "#%s", id);
  node_set_attribute(arena, link, "class", "term", text->place);
  node_append(link, add_piece(arena, text, text->text + start, length));
  if (start > 0) node_insert_before(text, add_piece(arena, text, text->text, start));
  node_insert_before(text, link);
  text->text += start + length;
}

/* Entries that are left, by the guide's entry and the language of their term. */
static const char *entry_key(struct arena *arena, const struct node *entry, const char *language) {
  return arena_printf(arena, "%p %s", (const void *)entry, language);
}

static void link_text(struct making *making, const struct found *found, struct index *entries,
                      struct index *used) {
  struct arena *arena = making->edition->arena;
  size_t cut = 0; /* of the guide's text, by links before */
  for (const struct use *use = found->uses->uses; use; use = use->next) {
    const char *key = entry_key(arena, use->term->entry, use->term->language);
    struct node *entry = index_find(entries, key);
    if (!entry || !index_add(used, key, entry)) continue;
    set_link(arena, found->text, use->offset - cut, use->length, entry->id);
    cut = use->offset + use->length;
  }
  if (!*found->text->text) node_unlink(found->text);
}

static void add_entries(struct making *making, struct index *entries, struct node *entry) {
  for (const struct node *term = entry->first; term; term = term->next) {
    if (term->kind != NODE_TERM) continue;
    for (const struct node *variant = term->first; variant; variant = variant->next) {
      if (!variant->language) continue;
      index_add(entries, entry_key(making->edition->arena, entry->origin, variant->language),
                entry);
    }
  }
}

void glossary_link(struct making *making) {
  const struct glossary *glossary = making->maker->glossary;
  struct index *entries, *used;
  struct found *found = NULL;
  size_t count = 0, room = 0;
  if (glossary->term_count == 0) return;
  entries = index_new();
  used = index_new();
  struct walk walk = walk_start(making->edition->root);
  while (walk_next(&walk)) {
    struct node *node = (struct node *)walk.node; /* the edition is ours until it is done */
    if (!walk.entering || !node->origin) continue;
    if (node->kind == NODE_ENTRY) add_entries(making, entries, node);
    const struct text_uses *uses = node->kind == NODE_TEXT ? uses_of(glossary, node) : NULL;
    if (!uses) continue;
    found = array_reserve(found, count, &room, sizeof *found);
    found[count++] = (struct found){node, uses};
  }
  for (size_t i = 0; i < count; i++) link_text(making, &found[i], entries, used);
  free(found);
  index_free(entries);
  index_free(used);
}
