/* The theme's faces, cut to the characters that the book shows in them (C16).
 *
 * Each text of the edition is looked at in the style that the style sheet will give it:
 * headings in the display face (and, since they stand in the contents too, in the
 * reading face), stressed text in bold or italics, code in its own. A face is named in
 * CSS by its own family, and the order of families differs by language, so that marks
 * that Latin and Chinese share (quotes, dashes) come from the face of the text around
 * them. */
#include "epub/writer.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define CODEPOINT_LIMIT 0x110000

/* A face and the characters that are shown in it. */
struct usage {
  const struct face *face;
  uint8_t *bits; /* one for each code point */
  size_t count;
};

struct faces {
  struct book *book;
  const struct theme *theme;
  struct usage *list;
  size_t count, room;
};

/* --- which characters in which face ---------------------------------------------------- */

static void use(struct faces *faces, const struct face *face, uint32_t character) {
  struct usage *usage = NULL;
  for (size_t i = 0; i < faces->count && !usage; i++)
    if (faces->list[i].face == face) usage = &faces->list[i];
  if (!usage) {
    faces->list = array_reserve(faces->list, faces->count, &faces->room, sizeof *faces->list);
    usage = &faces->list[faces->count++];
    *usage = (struct usage){.face = face, .bits = memory_alloc(CODEPOINT_LIMIT / 8)};
  }
  uint8_t bit = (uint8_t)(1u << (character % 8));
  if (usage->bits[character / 8] & bit) return;
  usage->bits[character / 8] |= bit;
  usage->count++;
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

static void use_text(struct faces *faces, enum theme_role role, enum theme_weight weight,
                     const char *text, const char *language) {
  const struct font_set *set = &faces->theme->texts[role].fonts[weight];
  bool is_chinese = language && strncmp(language, "zh", 2) == 0;
  size_t length = strlen(text);
  for (size_t i = 0, step; i < length; i += step) {
    uint32_t character = utf8_decode(text + i, length - i, &step);
    if (character < 0x20 || character >= CODEPOINT_LIMIT) continue;
    const struct face *face = font_set_face(set, script_of(character, is_chinese), character);
    if (face) use(faces, face, character);
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

static bool is_bold_block(const struct node *block) {
  if (block->kind != NODE_CELL) return block->kind == NODE_TERM || block->kind == NODE_CAPTION;
  const struct node *row = block->parent;
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
    const char *own = node->parent->kind == NODE_SPAN ? node_language(node) : language;
    use_in_style(faces, &style, node->kind == NODE_CODE, node->text, own ? own : language);
  }
  if (block->target) use_in_style(faces, &style, false, block->target, language);
}

static void use_edition(struct faces *faces) {
  struct walk walk = walk_start(faces->book->edition->root);
  while (walk_next(&walk)) {
    if (!walk.entering || walk.node->kind != NODE_VARIANT) continue;
    use_variant(faces, walk.node);
    walk_skip(&walk);
  }
}

static void use_drawings(struct faces *faces) {
  const struct book *book = faces->book;
  for (size_t i = 0; i < book->drawn_count; i++) {
    const struct drawn_text *drawn = &book->drawn[i];
    use_text(faces, THEME_BODY, drawn->strong ? THEME_STRONG : THEME_REGULAR, drawn->text,
             drawn->language);
  }
}

/* What the book itself says: the title page, the contents' heading, numbers. */
static void use_front(struct faces *faces) {
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
}

/* --- files --------------------------------------------------------------------------------- */

static uint32_t *codepoints_of(const struct usage *usage) {
  uint32_t *codepoints = memory_alloc(usage->count * sizeof *codepoints);
  size_t count = 0;
  for (uint32_t byte = 0; byte < CODEPOINT_LIMIT / 8; byte++)
    for (uint32_t bits = usage->bits[byte], bit = 0; bits; bits >>= 1, bit++)
      if (bits & 1) codepoints[count++] = 8 * byte + bit;
  return codepoints;
}

static bool add_face(struct book *book, const struct usage *usage, size_t number) {
  const struct face *face = usage->face;
  struct resource resource = {
      .id = arena_printf(book->arena, "face-%zu", number),
      .file = arena_printf(book->arena, "fonts/%s.%s", face->postscript_name,
                           face->is_cff ? "otf" : "ttf"),
      .media_type = face->is_cff ? "font/otf" : "font/ttf",
      .place = RESOURCE_ASIDE,
      .kind = ARCHIVE_SHARED,
  };
  uint32_t *codepoints = codepoints_of(usage);
  bool good = face_subset(face, codepoints, usage->count, &resource.bytes);
  free(codepoints);
  if (!good)
    message_error(book->messages, NULL, "face-subset", "the face '%s' cannot be cut for the book",
                  face->postscript_name);
  book_add(book, resource);
  return good;
}

static void put_face(const struct face *face, struct buffer *out) {
  buffer_printf(out,
                "@font-face {\n  font-family: \"%s\";\n  font-weight: %d;\n  font-style: %s;\n"
                "  src: url(fonts/%s.%s);\n}\n",
                face->family, face->weight, face->slant == FONT_ITALIC ? "italic" : "normal",
                face->postscript_name, face->is_cff ? "otf" : "ttf");
}

/* --- the style sheet's part ------------------------------------------------------------------ */

static bool is_used(const struct faces *faces, const char *family) {
  for (size_t i = 0; i < faces->count; i++)
    if (strcmp(faces->list[i].face->family, family) == 0) return true;
  return false;
}

/* The families of a style that the book brings, those of `first` before the others. */
static void put_families(const struct faces *faces, enum theme_role role, enum font_script first,
                         const char *generic, struct buffer *out) {
  const struct font_set *set = &faces->theme->texts[role].fonts[THEME_REGULAR];
  const char *seen[FONT_SCRIPT_COUNT * FONT_STACK_LIMIT];
  size_t seen_count = 0;
  buffer_append_text(out, "  font-family: ");
  for (int i = 0; i < FONT_SCRIPT_COUNT; i++) {
    int script = ((int)first + i) % FONT_SCRIPT_COUNT;
    for (size_t j = 0; j < FONT_STACK_LIMIT && set->faces[script][j]; j++) {
      const char *family = set->faces[script][j]->family;
      bool known = !is_used(faces, family);
      for (size_t k = 0; k < seen_count && !known; k++) known = strcmp(seen[k], family) == 0;
      if (known) continue;
      seen[seen_count++] = family;
      buffer_printf(out, "\"%s\", ", family);
    }
  }
  buffer_printf(out, "%s;\n", generic);
}

static const struct {
  const char *selector;
  enum theme_role role;
  enum font_script first;
  const char *generic;
} rules[] = {
    {"body, svg text", THEME_BODY, FONT_SCRIPT_LATIN, "serif"},
    {"body:lang(zh), p:lang(zh), li:lang(zh), td:lang(zh), span:lang(zh), a:lang(zh), svg "
     "text:lang(zh)",
     THEME_BODY, FONT_SCRIPT_HAN, "serif"},
    {"h1, h2, h3, h4, h5, h6", THEME_HEADING_1, FONT_SCRIPT_LATIN, "sans-serif"},
    {"h1:lang(zh), h2:lang(zh), h3:lang(zh), h4:lang(zh), h5:lang(zh), h6:lang(zh), "
     "h1 span:lang(zh), h2 span:lang(zh), h3 span:lang(zh), h4 span:lang(zh)",
     THEME_HEADING_1, FONT_SCRIPT_HAN, "sans-serif"},
    {"code, code:lang(zh)", THEME_CODE, FONT_SCRIPT_LATIN, "monospace"},
};

static int compare_usages(const void *a, const void *b) {
  const struct usage *first = a, *second = b;
  return strcmp(first->face->postscript_name, second->face->postscript_name);
}

bool faces_write(struct book *book, struct buffer *sheet) {
  const struct theme *theme = book->options->theme;
  if (book->options->fonts == EPUB_FONTS_NONE || !theme) return true;
  struct faces faces = {.book = book, .theme = theme};
  use_edition(&faces);
  use_drawings(&faces);
  use_front(&faces);
  if (faces.count) qsort(faces.list, faces.count, sizeof *faces.list, compare_usages);
  bool good = true;
  for (size_t i = 0; i < faces.count; i++) {
    good = add_face(book, &faces.list[i], i + 1) && good;
    put_face(faces.list[i].face, sheet);
  }
  for (size_t i = 0; faces.count && i < sizeof rules / sizeof *rules; i++) {
    buffer_printf(sheet, "%s {\n", rules[i].selector);
    put_families(&faces, rules[i].role, rules[i].first, rules[i].generic, sheet);
    buffer_append_text(sheet, "}\n");
  }
  for (size_t i = 0; i < faces.count; i++) free(faces.list[i].bits);
  free(faces.list);
  return good;
}
