/* Cells and gaps: how wide everything is before a line is filled, and how far it may
 * be pressed together.
 *
 * A full-width mark is half blank. Where two marks meet, the blank between them goes
 * once (A9); what is left of blanks is slack, which a line that is too long uses, and
 * which goes at the line's edges (A10). Between Han and Latin stands a gap of a
 * quarter em that no character fills; a space typed there is that same gap (A15, A16). */
#include "text/setting.h"

#include <string.h>

static mpt em(const struct setting *s, const struct character *c) {
  return character_style(s, c)->size;
}

/* --- cells ----------------------------------------------------------------- */

/* A cell of half an em, whatever the face says (A11); a cut may be negative. */
static void set_half(const struct setting *s, struct character *c) {
  mpt cut = c->advance - em(s, c) / 2;
  c->cut_left = cut / 2;
  c->cut_right = cut - cut / 2;
  if (c->kind != KIND_INTERPUNCT || s->spec->punctuation == PUNCTUATION_NONE) return;
  c->slack_left = c->slack_right = em(s, c) / 8;
  c->cell_tier = TIER_INTERPUNCT;
}

static enum tier mark_tier(enum kind kind) {
  if (kind == KIND_COMMA) return TIER_COMMA;
  return kind == KIND_STOP || kind == KIND_EXCLAIM ? TIER_STOP : TIER_BRACKET;
}

static bool is_half_by_mode(enum text_punctuation mode, enum kind kind) {
  if (mode == PUNCTUATION_BANJIAO) return true;
  return mode == PUNCTUATION_KAIMING && kind != KIND_STOP && kind != KIND_EXCLAIM;
}

/* Marks with blanks on both sides (Taiwan's, in the middle of the cell) stay whole. */
static void set_mark(struct setting *s, struct character *c, uint32_t code) {
  if (s->spec->punctuation == PUNCTUATION_NONE) return;
  struct mark_cuts cuts = mark_cuts(s, c, code);
  if (cuts.left > 0 && cuts.right > 0) return;
  c->cell_tier = (uint8_t)mark_tier((enum kind)c->kind);
  if (is_half_by_mode(s->spec->punctuation, (enum kind)c->kind)) {
    c->cut_left = cuts.left;
    c->cut_right = cuts.right;
  } else {
    c->slack_left = cuts.left;
    c->slack_right = cuts.right;
  }
}

static void set_cell(struct setting *s, uint32_t i) {
  struct character *c = &s->characters[i];
  switch ((enum kind)c->kind) {
  case KIND_OPEN:
  case KIND_CLOSE:
  case KIND_COMMA:
  case KIND_STOP:
  case KIND_EXCLAIM:
    set_mark(s, c, s->codes[i]);
    break;
  case KIND_CONNECTOR:
    if (s->codes[i] == 0x2013) set_half(s, c);
    break;
  case KIND_SOLIDUS:
    if (s->codes[i] == '/') set_half(s, c);
    break;
  case KIND_INTERPUNCT:
    set_half(s, c);
    break;
  default:
    break;
  }
}

/* --- marks that meet ---------------------------------------------------------- */

static void cut_left(struct character *c) {
  c->cut_left += c->slack_left;
  c->slack_left = 0;
}
static void cut_right(struct character *c) {
  c->cut_right += c->slack_right;
  c->slack_right = 0;
}

static void squeeze_pair(struct character *a, struct character *b) {
  if (!kind_is_mark((enum kind)a->kind) || !kind_is_mark((enum kind)b->kind)) return;
  if (a->slack_right > 0) cut_right(a);
  else if (a->kind == KIND_OPEN && b->kind == KIND_OPEN) cut_left(b);
}

/* ！！ and ？！ take one em together, three marks two: the last of an even number is
 * half too (A4). */
static void squeeze_exclamations(struct setting *s) {
  if (s->spec->punctuation == PUNCTUATION_NONE) return;
  uint32_t length = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    length = s->characters[i].kind == KIND_EXCLAIM ? length + 1 : 0;
    bool last = i + 1 == s->count || s->characters[i + 1].kind != KIND_EXCLAIM;
    if (last && length > 0 && length % 2 == 0) cut_right(&s->characters[i]);
  }
}

/* --- gaps and spaces -------------------------------------------------------------- */

/* What of Latin text is set off from Han: letters, digits, and signs that belong to them;
 * points and brackets are not. */
static bool is_spaced(const struct setting *s, uint32_t i) {
  enum kind kind = (enum kind)s->characters[i].kind;
  return kind == KIND_LETTER || kind == KIND_DIGIT || (kind == KIND_SYMBOL && s->codes[i] != '/');
}

static bool is_han_beside_latin(const struct setting *s, uint32_t a, uint32_t b) {
  const struct character *first = &s->characters[a], *second = &s->characters[b];
  if (first->verbatim && second->verbatim) return false;
  if (is_hangul(s->codes[a]) || is_hangul(s->codes[b])) return false;
  if (first->kind == KIND_HAN) return is_spaced(s, b);
  bool point = first->kind == KIND_POINT && second->han_language; /* "是,的" as people type */
  return second->kind == KIND_HAN && (is_spaced(s, a) || point);
}

static void set_gap(const struct setting *s, uint32_t a, uint32_t b) {
  const struct character *han = &s->characters[s->characters[a].kind == KIND_HAN ? a : b];
  s->characters[b].gap = em(s, han) / 4;
  s->characters[b].gap_tier = TIER_HAN_LATIN;
}

static bool is_typed_space(const struct character *c) {
  return c->kind == KIND_SPACE && !c->verbatim;
}

static void set_space(const struct setting *s, struct character *c) {
  mpt least = em(s, c) / 4;
  c->cell_tier = TIER_WORD_SPACE;
  c->slack_right = c->advance > least ? c->advance - least : 0;
}

/* Spaces [start, end) between two characters: one word space, or nothing where a gap
 * or the blank of a mark is there anyway, or a line begins. */
static void set_spaces(struct setting *s, uint32_t start, uint32_t end) {
  bool inner = start > 0 && end < s->count;
  const struct character *before = inner ? &s->characters[start - 1] : NULL;
  const struct character *after = inner ? &s->characters[end] : NULL;
  bool gap = inner && is_han_beside_latin(s, start - 1, end);
  bool blank = inner && (before->kind == KIND_FORCED || kind_is_mark((enum kind)before->kind) ||
                         kind_is_mark((enum kind)after->kind));
  if (gap) set_gap(s, start - 1, end);
  for (uint32_t i = start; i < end; i++) {
    struct character *c = &s->characters[i];
    if (i == start && !gap && !blank) set_space(s, c);
    else c->cut_right = c->advance;
  }
}

/* A tab of code ends at every eighth column, as it does in a book. */
enum { TAB_COLUMNS = 8 };

static void set_tabs(struct setting *s) {
  uint32_t column = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    struct character *c = &s->characters[i];
    uint32_t columns = kind_is_han((enum kind)c->kind) ? 2 : c->starts_cluster;
    if (c->verbatim && s->text[c->offset] == '\t') {
      columns = TAB_COLUMNS - column % TAB_COLUMNS;
      c->cut_right = -c->advance * (mpt)(columns - 1);
    }
    column = c->kind == KIND_FORCED ? 0 : column + columns;
  }
}

/* --- marks that hang (A14, A29) ------------------------------------------------------- */

enum { HYPHEN_OVERHANG = 550 };

/* What of their width Latin marks stand out at a line's start and end, in thousandths. */
static const struct overhang {
  uint32_t code;
  int start, end;
} overhangs[] = {
    {'-', 0, HYPHEN_OVERHANG}, {0x2010, 0, HYPHEN_OVERHANG},
    {0x2013, 200, 200},        {0x2014, 200, 200},
    {'.', 0, 800},             {',', 0, 800},
    {':', 0, 300},             {';', 0, 300},
    {0x2018, 500, 0},          {0x201C, 500, 0},
    {'"', 500, 0},             {'\'', 500, 0},
};

static const struct overhang *find_overhang(const struct setting *s, uint32_t i) {
  if (!s->spec->hanging || kind_is_han((enum kind)s->characters[i].kind)) return NULL;
  for (size_t k = 0; k < sizeof overhangs / sizeof *overhangs; k++) {
    if (overhangs[k].code == s->codes[i]) return &overhangs[k];
  }
  return NULL;
}

static mpt part_of(mpt length, int thousandths) {
  return (mpt)((int64_t)length * thousandths / 1000);
}

mpt overhang_start(const struct setting *s, uint32_t i) {
  const struct overhang *overhang = find_overhang(s, i);
  return overhang ? part_of(character_cell(&s->characters[i]), overhang->start) : 0;
}

/* 、，。 hang by the half of their cell that is not blank; in the middle of it they do not. */
mpt overhang_end(const struct setting *s, uint32_t i) {
  const struct character *c = &s->characters[i];
  const struct overhang *overhang = find_overhang(s, i);
  if (overhang) return part_of(character_cell(c), overhang->end);
  uint32_t code = s->codes[i];
  bool hangs = s->spec->hanging && (code == 0x3001 || code == 0x3002 || code == 0xFF0C);
  mpt cell = character_cell(c) - c->slack_right;
  return hangs && cell <= em(s, c) / 2 ? cell : 0;
}

mpt hyphen_width(const struct setting *s, uint32_t i) {
  mpt width;
  item_glyph(&s->items[s->characters[i].item], '-', &width);
  return s->spec->hanging ? width - part_of(width, HYPHEN_OVERHANG) : width;
}

mpt gap_least(const struct character *c) {
  return c->gap / 2;
}
mpt gap_most(const struct character *c) {
  return c->gap * 4 / 3;
}

/* --- places that may be opened (A18) ------------------------------------------------ */

static bool is_rigid(enum kind kind) {
  return kind == KIND_CONNECTOR || kind == KIND_SOLIDUS || kind == KIND_INTERPUNCT;
}

static bool is_unit(enum kind a, enum kind b) {
  return a == b && (a == KIND_DASH || a == KIND_ELLIPSIS || a == KIND_EXCLAIM);
}

static bool may_open(const struct character *a, const struct character *b) {
  enum kind first = (enum kind)a->kind, second = (enum kind)b->kind;
  if (!b->starts_cluster || b->gap || (a->verbatim && b->verbatim)) return false;
  if (!kind_is_han(first) && !kind_is_han(second)) return false;
  if (kind_is_space(first) || kind_is_space(second)) return false;
  if (first == KIND_INVISIBLE || second == KIND_INVISIBLE) return false;
  if (is_rigid(first) || is_rigid(second) || second == KIND_NOTE) return false;
  bool bang = first == KIND_EXCLAIM && second == KIND_EXCLAIM;
  return !is_unit(first, second) && !bang;
}

/* A few Han in a Latin sentence keep together: there the word spaces give. */
enum { SHORT_STRETCH = 16 };

static void close_short_stretches(struct setting *s) {
  uint32_t length = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    bool han = kind_is_han((enum kind)s->characters[i].kind);
    length = han ? length + 1 : 0;
    bool last = i + 1 == s->count || !kind_is_han((enum kind)s->characters[i + 1].kind);
    if (!han || !last || length > SHORT_STRETCH) continue;
    for (uint32_t k = i + 1 - length; k <= i + 1 && k < s->count; k++)
      s->characters[k].stretches = false;
  }
}

void squeeze(struct setting *s) {
  for (uint32_t i = 0; i < s->count; i++) {
    enum kind kind = (enum kind)s->characters[i].kind;
    if (kind >= KIND_CONNECTOR && kind != KIND_HAN) set_cell(s, i);
  }
  for (uint32_t i = 1; i < s->count; i++) {
    struct character *a = &s->characters[i - 1], *b = &s->characters[i];
    squeeze_pair(a, b);
    if (is_typed_space(b) && !is_typed_space(a)) {
      uint32_t end = i + 1;
      while (end < s->count && is_typed_space(&s->characters[end])) end++;
      set_spaces(s, i, end);
    } else if (is_han_beside_latin(s, i - 1, i)) {
      set_gap(s, i - 1, i);
    }
    b->stretches = may_open(a, b);
  }
  squeeze_exclamations(s);
  if (memchr(s->text, '\t', s->text_length)) set_tabs(s);
  if (!is_han_language(s->spec->language)) close_short_stretches(s);
  if (s->count && is_typed_space(&s->characters[0]))
    s->characters[0].cut_right = s->characters[0].advance;
}
