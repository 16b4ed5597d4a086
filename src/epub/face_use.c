/* Which characters a book shows in which face.
 *
 * Each text of the edition is looked at in the style that the style sheet will give it:
 * headings in the display face (and, since they stand in the contents too, in the
 * reading face), stressed text in bold or italics, code in its own. */
#include "epub/faces.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* --- which characters in which face ---------------------------------------------------- */

static struct usage *usage_of(struct faces *faces, const struct face *face) {
  for (size_t i = 0; i < faces->count; i++)
    if (faces->list[i].face == face) return &faces->list[i];
  faces->list = array_reserve(faces->list, faces->count, &faces->room, sizeof *faces->list);
  struct usage *usage = &faces->list[faces->count++];
  *usage = (struct usage){.face = face};
  for (size_t i = 0; faces->shared && i < faces->shared->count; i++)
    if (faces->shared->faces[i].face == face) usage->shared = &faces->shared->faces[i];
  return usage;
}

static bool holds(const struct characters *set, uint32_t character) {
  return character / 8 < set->length && set->bits[character / 8] >> character % 8 & 1;
}

/* Bytes of room more: Latin characters are the first ones, Han has some thousand. */
#define STEP 1024

static void add(struct characters *set, uint32_t character) {
  if (holds(set, character)) return;
  if (character / 8 >= set->length) {
    size_t length = (character / 8 / STEP + 1) * STEP;
    set->bits = memory_grow(set->bits, length);
    memset(set->bits + set->length, 0, length - set->length);
    set->length = length;
  }
  set->bits[character / 8] |= (uint8_t)(1u << character % 8);
  set->count++;
}

static bool is_shared(const struct usage *usage, uint32_t character) {
  return usage->shared && holds(&usage->shared->characters, character);
}

static void use(struct faces *faces, const struct face *face, uint32_t character) {
  struct usage *usage = usage_of(faces, face);
  if (character) add(&usage->own, character);
  else usage->takes_shared = true;
}

/* Marks that are Latin or Chinese by the text they stand in. */
static bool is_shared_mark(uint32_t character) {
  static const uint32_t marks[] = {0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (marks[i] == character) return true;
  return false;
}

static enum font_script script_of(uint32_t character, bool is_chinese) {
  bool is_wide = (character >= 0x2E80 && character <= 0xA4CF) ||
                 (character >= 0xAC00 && character <= 0xD7AF) ||
                 (character >= 0xF900 && character <= 0xFAFF) ||
                 (character >= 0xFE30 && character <= 0xFE4F) ||
                 (character >= 0xFF00 && character <= 0xFFEF) ||
                 (character >= 0x20000 && character <= 0x3FFFF);
  return is_wide || (is_chinese && is_shared_mark(character)) ? FONT_SCRIPT_HAN : FONT_SCRIPT_LATIN;
}

static void add_shown(struct faces *faces, const struct face *face, uint32_t character) {
  faces->shown = array_reserve(faces->shown, faces->shown_count, &faces->shown_room,
                               sizeof *faces->shown);
  faces->shown[faces->shown_count++] = (struct shown){face, character};
}

static void show(struct faces *faces, const struct face *face, uint32_t character) {
  if (is_shared(usage_of(faces, face), character)) {
    character = 0;
    for (size_t i = 0; i < faces->shown_count; i++)
      if (faces->shown[i].face == face && !faces->shown[i].character) return;
  }
  add_shown(faces, face, character);
}

/* An accent that has no letter made with it: it is set on the one before. */
static bool is_accent(uint32_t character) {
  return character >= 0x300 && character <= 0x36F;
}

/* Both stand in one file: no reading system sets an accent of one face on a letter of another. */
static void show_accent(struct faces *faces, const struct face *face, uint32_t letter,
                        uint32_t accent) {
  const struct usage *usage = usage_of(faces, face);
  if (is_shared(usage, letter) && is_shared(usage, accent)) return;
  if (letter) add_shown(faces, face, letter);
  add_shown(faces, face, accent);
}

/* True once for each character of a style; rare ones are always new. */
static bool is_new(struct faces *faces, uint64_t *seen, uint32_t character) {
  if (character >= SEEN_LIMIT) return true;
  uint64_t bit = (uint64_t)1 << character % 64, *word = &seen[character / 64];
  if (*word & bit) return false;
  if (!*word) {
    faces->touched = array_reserve(faces->touched, faces->touched_count, &faces->touched_room,
                                   sizeof *faces->touched);
    faces->touched[faces->touched_count++] = word;
  }
  *word |= bit;
  return true;
}

static void start_text(struct faces *faces) {
  for (size_t i = 0; i < faces->touched_count; i++) *faces->touched[i] = 0;
  faces->touched_count = faces->shown_count = 0;
}

static void use_text(struct faces *faces, enum theme_role role, enum theme_weight weight,
                     const char *text, const char *language) {
  const struct font_set *set = &faces->theme->texts[role].fonts[weight];
  bool is_chinese = language && strncmp(language, "zh", 2) == 0;
  uint64_t **seen = &faces->seen[role][weight][is_chinese];
  if (!*seen) *seen = memory_alloc(SEEN_LIMIT / 8);
  size_t length = strlen(text);
  uint32_t letter = 0;
  for (size_t i = 0, step; i < length; i += step) {
    uint32_t character = (unsigned char)text[i];
    step = 1;
    if (character >= 0x80) character = utf8_decode(text + i, length - i, &step);
    bool accent = is_accent(character);
    if (!accent) letter = character;
    if (character < 0x20 || character >= CODEPOINT_LIMIT) continue;
    if (!is_new(faces, *seen, character) && !accent) continue;
    const struct face *face = font_set_face(set, script_of(character, is_chinese), character);
    if (face) show(faces, face, character);
    if (face && accent) show_accent(faces, face, letter, character);
  }
}

/* --- the styles of the style sheet ------------------------------------------------------- */

struct style_state {
  enum theme_role role;
  bool is_heading, is_bold;
  int strong, emphasis; /* depth */
};

static void use_in_style(struct faces *faces, const struct style_state *style, bool is_code,
                         const char *text, const char *language) {
  enum theme_weight weight = style->strong || style->is_bold ? THEME_STRONG
                             : style->emphasis               ? THEME_EMPHASIS
                                                             : THEME_REGULAR;
  if (is_code || style->role == THEME_CODE) {
    use_text(faces, THEME_CODE, THEME_REGULAR, text, language);
    return;
  }
  use_text(faces, THEME_BODY, weight, text, language);
  if (style->is_heading) use_text(faces, THEME_HEADING_1, THEME_REGULAR, text, language);
}

/* As assets/book.css has it: a figure's caption is not bold, that of a table or a box is. */
static bool is_bold_block(const struct node *block) {
  const struct node *row = block->parent;
  if (block->kind == NODE_CAPTION) return row->kind != NODE_FIGURE && row->kind != NODE_CHART;
  if (block->kind != NODE_CELL) return block->kind == NODE_TERM;
  return row->header || (block == row->first && node_has_class(row->parent, "row-headers"));
}

static void use_variant(struct faces *faces, const struct node *variant) {
  const struct node *block = variant->parent;
  struct style_state style = {
      .role = block->kind == NODE_CODE_BLOCK ? THEME_CODE : THEME_BODY,
      .is_heading = block->kind == NODE_HEADING,
      .is_bold = is_bold_block(block),
  };
  const char *language = node_language(variant);
  if (block->number) use_in_style(faces, &style, false, block->number, language);
  struct walk walk = walk_start(variant);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    int step = walk.entering ? 1 : -1;
    if (node->kind == NODE_STRONG) style.strong += step;
    if (node->kind == NODE_EMPHASIS) style.emphasis += step;
    if (!walk.entering || !node->text) continue;
    use_in_style(faces, &style, node->kind == NODE_CODE, node->text, node_language(node));
  }
  if (block->target) use_in_style(faces, &style, false, block->target, language);
}

/* --- the parts of a book ------------------------------------------------------------------- */

static void use_drawings(struct faces *faces) {
  struct book *book = faces->book;
  for (size_t i = 0; i < book->drawn_count; i++) {
    const struct drawn_text *drawn = &book->drawn[i];
    use_text(faces, THEME_BODY, drawn->strong ? THEME_STRONG : THEME_REGULAR, drawn->text,
             drawn->language);
  }
  book->drawn_count = 0;
}

void faces_note_shown(struct faces *faces, const struct shown *shown, size_t count) {
  for (size_t i = 0; i < count; i++) use(faces, shown[i].face, shown[i].character);
}

void faces_note_block(struct faces *faces, const struct node *block) {
  start_text(faces);
  if (!faces->theme) return;
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    if (!walk.entering || walk.node->kind != NODE_VARIANT) continue;
    use_variant(faces, walk.node);
    walk_skip(&walk);
  }
  use_drawings(faces);
  faces_note_shown(faces, faces->shown, faces->shown_count);
}

void faces_note_front(struct faces *faces) {
  start_text(faces);
  if (!faces->theme) return;
  const struct book *book = faces->book;
  const struct edition *edition = book->edition;
  static const enum theme_role roles[] = {THEME_BODY, THEME_HEADING_1};
  for (size_t i = 0; i < 2; i++) {
    const char *contents = edition_word(edition, WORD_CONTENTS, book->language);
    use_text(faces, roles[i], THEME_REGULAR, edition->title, book->title_language);
    use_text(faces, roles[i], THEME_REGULAR, contents, book->language);
  }
  for (const struct words *words = edition->titles; words; words = words->next)
    use_text(faces, THEME_BODY, THEME_REGULAR, words->text, words->language);
  const char *made_for = edition_made_for(edition, book->language);
  const char *lines[] = {made_for, edition->author, edition->date_text, "0123456789"};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
    if (lines[i])
      use_text(faces, THEME_BODY, THEME_REGULAR, lines[i], book_text_language(book, lines[i]));
  faces_note_shown(faces, faces->shown, faces->shown_count);
}

void faces_init(struct faces *faces, const struct epub_options *options) {
  *faces = (struct faces){.shared = options->repertoire};
  if (options->fonts != EPUB_FONTS_NONE) faces->theme = options->theme;
}

void faces_finish(struct faces *faces) {
  for (size_t i = 0; i < faces->count; i++) free(faces->list[i].own.bits);
  for (int role = 0; role < THEME_ROLE_COUNT; role++)
    for (int weight = 0; weight < THEME_WEIGHT_COUNT; weight++)
      for (int chinese = 0; chinese < 2; chinese++) free(faces->seen[role][weight][chinese]);
  free(faces->list);
  free(faces->shown);
  free(faces->touched);
}

/* A face that shows Latin letters may be asked for any of ASCII by a name or a number. */
static void use_ascii(struct faces *faces, struct usage *usage) {
  if (!holds(&usage->own, 'e')) return;
  for (uint32_t character = 0x20; character < 0x7F; character++)
    if (face_glyph(usage->face, character)) use(faces, usage->face, character);
}

void faces_note_ascii(struct faces *faces) {
  for (size_t i = 0; i < faces->count; i++) use_ascii(faces, &faces->list[i]);
}
