/* The steps by which an edition is made. Each is a file of its own; here is their
 * order, and what belongs to the edition as a whole: titles, date, UUID. */
#include "edition/maker.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/keeper.h"

#include <string.h>

/* --- the maker --------------------------------------------------------------------- */

static void index_guide(struct edition_maker *maker) {
  struct walk walk = walk_start(maker->guide->root);
  while (walk_next(&walk)) {
    if (!walk.entering || !walk.node->id) continue;
    index_add(maker->ids, walk.node->id, (struct node *)walk.node);
  }
}

static bool compile(struct edition_maker *maker, const char *text, const struct place *place,
                    struct messages *messages) {
  return !text || expressions_add(maker->expressions, text, place, messages);
}

#define TYPE_BIT(type) (1u << (type))

/* A choice of skills can say what is held, one of figures a day or a number. */
static bool can_say(const struct field *field, unsigned types) {
  if (types & TYPE_BIT(field->type)) return true;
  if (field->type != FIELD_CHOICE || !field->choice_count) return false;
  if (types == TYPE_BIT(FIELD_SET)) return field->chooses_skills;
  return field->choices[0][0] >= '0' && field->choices[0][0] <= '9';
}

/* What skills and a plan ask of, where it is a field: only some types can say it. */
static bool check_asked(const struct edition_maker *maker, const struct node *node,
                        const char *what, const char *name, unsigned types,
                        struct messages *messages) {
  const struct field *field = name ? guide_field(maker->guide, name) : NULL;
  bool is_set = types == TYPE_BIT(FIELD_SET);
  if (!name || (field ? can_say(field, types) : !is_set)) return true;
  message_error(messages, &node->place, "bad-value", "%s: '%s' is no field %s", what, name,
                is_set ? "of the type set, such as skills are held in" : "that could say it");
  return false;
}

/* What a node asks of a record. */
static bool compile_node(struct edition_maker *maker, const struct node *node,
                         struct messages *messages) {
  const struct guide *guide = maker->guide;
  bool good = compile(maker, node->when, &node->when_place, messages);
  if (node->kind == NODE_FILL_IN) good = compile(maker, node->text, &node->place, messages) && good;
  if (node->kind == NODE_SKILLS || node->kind == NODE_PLAN) {
    const char *held = lower_held_field(guide, node);
    good = compile(maker, held, &node->place, messages) &&
           check_asked(maker, node, "held", held, TYPE_BIT(FIELD_SET), messages) && good;
  }
  if (node->kind == NODE_PLAN) {
    const char *start = lower_start(guide, node), *hours = lower_hours(guide, node);
    unsigned days = TYPE_BIT(FIELD_DATE) | TYPE_BIT(FIELD_TEXT);
    unsigned numbers = TYPE_BIT(FIELD_NUMBER) | TYPE_BIT(FIELD_INTEGER) | TYPE_BIT(FIELD_TEXT);
    good = compile(maker, start, &node->place, messages) &&
           check_asked(maker, node, "start", start, days, messages) && good;
    good = compile(maker, hours, &node->place, messages) &&
           check_asked(maker, node, "hours", hours, numbers, messages) && good;
  }
  return good;
}

/* Compiles and checks what the guide asks of records. */
static bool compile_guide(struct edition_maker *maker, struct messages *messages) {
  bool good = true;
  struct walk walk = walk_start(maker->guide->root);
  while (walk_next(&walk)) {
    if (walk.entering) good = compile_node(maker, walk.node, messages) && good;
  }
  return good;
}

struct edition_maker *edition_maker_new(const struct guide *guide, struct messages *messages) {
  struct arena *arena = arena_new();
  struct edition_maker *maker = arena_alloc(arena, sizeof *maker);
  maker->arena = arena;
  maker->guide = guide;
  maker->ids = index_new();
  index_guide(maker);
  maker->formats = formats_new();
  maker->expressions = expressions_new(guide, maker->formats);
  maker->lexicon = lexicon_load(arena, guide, messages);
  maker->glossary = glossary_new(guide, arena);
  maker->likenesses = keeper_new();
  bool good = compile_guide(maker, messages);
  good = skills_order(maker, messages) && good;
  facts_check(guide, messages);
  if (good && maker->lexicon) return maker;
  messages_flush(messages); /* what is held back may point into the arena */
  edition_maker_free(maker);
  return NULL;
}

void edition_maker_free(struct edition_maker *maker) {
  if (!maker) return;
  index_free(maker->ids);
  expressions_free(maker->expressions);
  formats_free(maker->formats);
  keeper_free(maker->likenesses);
  buffer_finish(&maker->spelling);
  arena_free(maker->arena);
}

/* --- what an edition is as a whole --------------------------------------------------- */

static void settle_languages(struct edition *edition) {
  const struct guide *guide = edition->guide;
  const struct reader *reader = edition->reader;
  const char **from = reader->language_count ? reader->languages : guide->languages;
  size_t count = reader->language_count ? reader->language_count : guide->language_count;
  edition->mode = reader->mode;
  if (edition->mode == MODE_SINGLE && count > 1) count = 1;
  if (count <= 1) edition->mode = MODE_SINGLE;
  edition->languages = arena_alloc_array(edition->arena, count + 1, sizeof *edition->languages);
  edition->language_count = count;
  for (size_t i = 0; i < count; i++) edition->languages[i] = from[i];
  if (count == 0) edition->languages[edition->language_count++] = "en";
}

static void settle_titles(struct edition *edition) {
  struct words **end = &edition->titles;
  for (size_t i = 0; i < edition->language_count; i++) {
    const struct words *title = edition->guide->titles;
    const char *text = words_in(title, edition->languages[i]);
    while (title && title->text != text) title = title->next;
    *end = arena_alloc(edition->arena, sizeof **end);
    **end = (struct words){.language = edition->languages[i],
                           .text = text ? text : edition->guide->name};
    if (title) (*end)->place = title->place;
    end = &(*end)->next;
  }
  edition->title = edition->titles->text;
}

static void settle_looks(struct edition *edition) {
  const struct guide *guide = edition->guide;
  const struct reader *reader = edition->reader;
  edition->style = reader->style;
  edition->paper = reader->paper;
  edition->theme = reader->theme ? reader->theme : guide->theme_file ? guide->theme_file : DEFAULT_THEME;
  edition->author = words_in(guide->authors, edition->languages[0]);
  edition->date = guide->date;
  struct date date;
  if (guide->date && date_read(guide->date, &date)) {
    edition->date_text =
        format_date(edition->maker->formats, edition->arena, edition->languages[0], date);
  }
}

/* --- the UUID: of all that an edition is made of ---------------------------------------- */

static void add_optional(struct hash *hash, const char *text) {
  hash_add_text(hash, text ? text : "");
}

/* The guide's files, what a command line may change of them, and the record decide
 * every word of an edition; to hash them is cheaper than to hash the words. */
static void settle_uuid(struct edition *edition) {
  uint8_t digest[HASH_SIZE];
  struct hash *hash = hash_new();
  hash_add(hash, edition->guide->digest, sizeof edition->guide->digest);
  for (const struct words *title = edition->titles; title; title = title->next) {
    add_optional(hash, title->language);
    add_optional(hash, title->text);
  }
  add_optional(hash, edition->author);
  add_optional(hash, edition->date);
  add_optional(hash, edition->theme);
  reader_hash(edition->reader, hash);
  hash_take(hash, digest);
  hash_uuid(digest, sizeof digest, edition->uuid);
}

/* --- making ------------------------------------------------------------------------------ */

/* One language after the other: each is the whole guide, in a division of its own. */
static void select_in_sequence(struct making *making) {
  struct edition *edition = making->edition;
  for (size_t i = 0; i < edition->language_count; i++) {
    struct node *part = node_new(edition->arena, NODE_DIVISION, edition->root->place);
    const char *language = edition->languages[i];
    const char *suffix = i ? arena_printf(edition->arena, "-%s", language) : NULL;
    part->language = language;
    node_set_attribute(edition->arena, part, "class", "language", edition->root->place);
    node_append(edition->root, part);
    select_tree(making, part, &edition->languages[i], 1, suffix);
    if (!part->first) node_unlink(part);
  }
}

static void make_tree(struct making *making) {
  struct edition *edition = making->edition;
  edition->root = node_copy(edition->arena, edition->guide->root);
  if (edition->mode == MODE_SEQUENTIAL) {
    select_in_sequence(making);
  } else {
    select_tree(making, edition->root, edition->languages, edition->language_count, NULL);
  }
  number_tree(making);
  glossary_link(making);
  refer_tree(making);
  likeness_settle(making);
}

/* More than sheets turned. */
static bool shows_something(const struct node *root) {
  struct walk walk = walk_start(root);
  while (walk_next(&walk))
    if (walk.node->kind != NODE_GUIDE && walk.node->kind != NODE_DIVISION &&
        walk.node->kind != NODE_PAGE_BREAK)
      return true;
  return false;
}

static bool check_content(struct making *making) {
  const struct edition *edition = making->edition;
  if (shows_something(edition->root)) return true;
  if (edition->reader->id) {
    message_error(making->messages, &edition->root->place, "empty-edition",
                  "nothing of the guide is left for reader '%s'", edition->reader->id);
  } else {
    message_error(making->messages, &edition->root->place, "empty-edition",
                  "nothing of the guide is left");
  }
  return false;
}

static struct edition *make(struct edition_maker *maker, const struct reader *reader, bool whole,
                            struct messages *messages) {
  struct arena *arena = arena_new();
  struct edition *edition = arena_alloc(arena, sizeof *edition);
  *edition =
      (struct edition){.arena = arena, .guide = maker->guide, .reader = reader, .maker = maker};
  struct making making = {.maker = maker,
                          .edition = edition,
                          .messages = messages,
                          .ids = index_new(),
                          .good = true,
                          .whole = whole};
  settle_languages(edition);
  settle_titles(edition);
  settle_looks(edition);
  expressions_start(maker->expressions, reader, arena);
  make_tree(&making);
  index_free(making.ids);
  if (making.good && check_content(&making)) {
    settle_uuid(edition);
    return edition;
  }
  edition_free(edition);
  return NULL;
}

struct edition *edition_make(struct edition_maker *maker, const struct reader *reader,
                             struct messages *messages) {
  return make(maker, reader, false, messages);
}

struct edition *edition_make_whole(struct edition_maker *maker, const struct reader *reader,
                                   struct messages *messages) {
  return make(maker, reader, true, messages);
}

struct edition *edition_new(const struct guide *guide, const struct reader *reader,
                            struct messages *messages) {
  struct edition_maker *maker = edition_maker_new(guide, messages);
  struct edition *edition = maker ? edition_make(maker, reader, messages) : NULL;
  if (edition) edition->owns_maker = true;
  else edition_maker_free(maker);
  return edition;
}

void edition_free(struct edition *edition) {
  if (!edition) return;
  if (edition->owns_maker) edition_maker_free(edition->maker);
  arena_free(edition->arena);
}

/* --- words -------------------------------------------------------------------------------- */

const char *edition_word(const struct edition *edition, enum word word, const char *language) {
  return lexicon_word(edition->maker->lexicon, word, language);
}

const char *edition_made_for(const struct edition *edition, const char *language) {
  if (!edition->reader->name) return NULL;
  const char *const values[][2] = {{"name", edition->reader->name}};
  return phrase_fill(edition->arena, edition_word(edition, WORD_MADE_FOR, language), values, 1);
}

/* Each variant of the block has one of the other in its language. */
static bool has_all_in(const struct node *block, const struct node *other) {
  for (const struct node *variant = block->first; variant; variant = variant->next)
    if (!variant->language || !node_variant(other, variant->language)) return false;
  return true;
}

bool edition_entry_is_paired(const struct node *entry) {
  const struct node *term = entry->first, *meaning = term ? term->next : NULL;
  if (!meaning || meaning->next || term->kind != NODE_TERM || meaning->kind != NODE_PARAGRAPH)
    return false;
  return has_all_in(term, meaning) && has_all_in(meaning, term);
}

/* A caption, or a picture's own words. */
static struct words text_in(const struct edition *edition, const struct node *block,
                            const char *language) {
  const struct node *variant = node_variant(block, language);
  if (!variant) variant = block->first;
  if (!variant) return (struct words){0};
  return (struct words){.text = node_text(edition->arena, variant), .language = variant->language};
}

struct words edition_alternative(const struct edition *edition, const struct node *node,
                                 const char *language) {
  const char *alt = node_attribute(node, "alt");
  const char *own = node_attribute_in(node, "alt", language);
  const char *main = edition->guide->language_count ? edition->guide->languages[0] : NULL;
  if (alt) return (struct words){.text = own, .language = own == alt ? main : language};
  for (const struct node *child = node->first; child; child = child->next) {
    if (child->kind == NODE_VARIANT) return text_in(edition, node, language);
    if (child->kind == NODE_CAPTION) return text_in(edition, child, language);
  }
  return (struct words){0};
}

char *edition_heading_text(const struct node *heading, struct arena *arena) {
  struct buffer text = {0};
  if (heading->number) buffer_append_text(&text, heading->number);
  for (const struct node *variant = heading->first; variant; variant = variant->next) {
    if (text.length) buffer_append_byte(&text, ' ');
    buffer_append_text(&text, node_text(arena, variant));
  }
  return buffer_take(&text, arena);
}

const char *edition_source(const struct edition *edition, const struct node *chart,
                           const char *language) {
  const char *source = node_attribute_in(chart, "source", language);
  const char *date = node_attribute(chart, "date");
  if (!source) return NULL;
  const char *comma = strncmp(language, "zh", 2) == 0 ? "，" : ", ";
  struct date day;
  if (date && date_read_month(date, &day))
    date = format_date(edition->maker->formats, edition->arena, language, day);
  const char *dated = date ? arena_printf(edition->arena, "%s%s%s", source, comma, date) : source;
  const char *const values[][2] = {{"source", dated}};
  return phrase_fill(edition->arena, edition_word(edition, WORD_SOURCE, language), values, 1);
}
