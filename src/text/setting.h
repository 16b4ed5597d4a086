/* A paragraph while it is being set: what the stages of text/ hand to each other.
 * Within text/ only.
 *
 *   itemise → shape → squeeze → opportunities → fit → justify → compose
 *
 * All of them work on one array of characters. A character has a cell: its share of
 * the advance of its cluster, from which `cut` has been taken on either side and
 * `slack` may still be taken; `gap` is the space before the cell that is no
 * character's (between Han and Latin, A15). */
#ifndef HANDOUT_TEXT_SETTING_H
#define HANDOUT_TEXT_SETTING_H

#include "base/arena.h"
#include "text/text.h"

#include <hb.h>

/* What a character is to the composer. The kinds from KIND_HAN on are set in Han cells. */
enum kind {
  KIND_LETTER, /* of an alphabet */
  KIND_DIGIT,
  KIND_SYMBOL,      /* % + # and the like, in Latin text */
  KIND_POINT,       /* . , : ; ! ? and other marks of Latin text */
  KIND_LATIN_OPEN,  /* ( [ { and opening quotes of Latin text */
  KIND_LATIN_CLOSE, /* their counterparts */
  KIND_NOTE,        /* of a note's number: no break and no space before it */
  KIND_HYPHEN,      /* - and U+2010 */
  KIND_SPACE,
  KIND_FIXED_SPACE, /* no break at it */
  KIND_FORCED,      /* a line ends here */
  KIND_INVISIBLE,   /* default ignorable: joiners, selectors */
  KIND_CONNECTOR,   /* – ~ ～, and — between the ends of a range */
  KIND_SOLIDUS,     /* / between Han */
  KIND_HAN,
  KIND_WIDE, /* other signs as wide as Han: ① → */
  KIND_OPEN,
  KIND_CLOSE,
  KIND_COMMA,   /* ，、；： */
  KIND_STOP,    /* 。 */
  KIND_EXCLAIM, /* ？！ */
  KIND_INTERPUNCT,
  KIND_DASH,     /* —— ⸺ */
  KIND_ELLIPSIS, /* …… ⋯⋯ */
};

static inline bool kind_is_han(enum kind kind) {
  return kind >= KIND_HAN;
}
static inline bool kind_is_space(enum kind kind) {
  return kind == KIND_SPACE || kind == KIND_FORCED;
}
/* A full-width mark with a blank half. */
static inline bool kind_is_mark(enum kind kind) {
  return kind >= KIND_OPEN && kind <= KIND_EXCLAIM;
}
/* A Han letter or sign: no mark. */
static inline bool kind_is_ideograph(enum kind kind) {
  return kind == KIND_HAN || kind == KIND_WIDE;
}

/* Korean is set in Han cells; but its words are parted by spaces, as Latin ones are (A31). */
static inline bool is_hangul(uint32_t code) {
  return (code >= 0xAC00 && code <= 0xD7FF) || (code >= 0x3131 && code <= 0x318E) ||
         (code >= 0xA960 && code <= 0xA97F);
}

/* What may give way in a line that is too long (A17), in this order, and what has
 * its own limit of stretching. */
enum tier {
  TIER_NONE,
  TIER_WORD_SPACE,
  TIER_INTERPUNCT,
  TIER_BRACKET,
  TIER_COMMA,
  TIER_HAN_LATIN,
  TIER_STOP,
  TIER_COUNT
};

struct character {
  uint32_t offset; /* of its first byte in the paragraph's text */
  uint32_t item;
  uint32_t glyph; /* the first of its cluster, where starts_cluster */
  uint8_t kind;
  uint8_t cell_tier, gap_tier; /* enum tier: of the slack, of the gap */
  bool starts_cluster : 1;
  bool han_language : 1; /* stands in Chinese or Japanese text */
  bool verbatim : 1;
  bool unsafe : 1;    /* a break before it changes the glyphs around */
  bool stretches : 1; /* the place before it may be opened (A18) */
  mpt advance;        /* what is left after the cuts is the cell */
  mpt cut_left, cut_right;
  mpt slack_left, slack_right;
  mpt gap;
};

static inline mpt character_cell(const struct character *c) {
  return c->advance - c->cut_left - c->cut_right;
}

/* HarfBuzz takes more than linear time for what it cannot cut up itself; a long item
 * ends at a space, and at this many characters in any case. */
enum { ITEM_LONG = 512, ITEM_LONGEST = 1024 };

/* Characters of one run, face and script; shaped in one go. */
struct item {
  uint32_t start, end; /* characters */
  uint32_t run;
  const struct face *face; /* NULL: nothing to be shaped (forced breaks) */
  mpt size;
  hb_script_t script;
  bool han; /* set from the Han stack */
};

struct shaped {
  uint32_t id;
  uint32_t character; /* the first of its cluster */
  mpt advance, x, y;
};

/* Of numbers that are not negative; dividing 32 bits takes a third of the time. */
static inline int64_t quotient(int64_t part, int64_t whole) {
  bool small = part <= UINT32_MAX && whole <= UINT32_MAX;
  return small ? (uint32_t)part / (uint32_t)whole : part / whole;
}

/* Break penalties; demerits are made of them in fit.c (A20). */
enum { BREAK_NEVER = INT32_MAX, PENALTY_HYPHEN = 135, PENALTY_EDGE = 60, PENALTY_SOFT = 25000 };
enum {
  PENALTY_DASH = 50,
  PENALTY_ADDRESS = 120,
  PENALTY_EMERGENCY = 200000,
  PENALTY_PHRASE = 3000,
  PENALTY_WORD = 9000
};

enum break_kind { BREAK_PLAIN, BREAK_HYPHEN, BREAK_FORCED };

struct joint { /* the place before a character */
  int32_t penalty;
  enum break_kind kind;
};

struct line_span { /* characters [start, end) are printed; the line ends before `next` */
  uint32_t start, end, next;
  enum break_kind kind;
};

struct setting {
  struct text_engine *engine;
  const struct paragraph_spec *spec;
  struct messages *messages;
  struct arena *scratch; /* the engine's */
  char *text;
  size_t text_length;
  uint32_t *codes; /* of the characters, as they are shaped */
  struct character *characters;
  uint32_t count, capacity;
  struct item *items;
  size_t item_count, item_capacity;
  struct shaped *glyphs;
  size_t glyph_count, glyph_capacity;
  struct joint *joints; /* count + 1 of them; the last is the paragraph's end */
  struct line_span *lines;
  size_t line_count;
};

/* What an engine holds for the stages. */
struct hyphenator;
struct text_engine {
  hb_buffer_t *buffer;
  struct arena *scratch; /* empty between two paragraphs */
  struct mark_cache *marks;
  struct break_iterators *iterators;
  struct hyphenator *hyphenator;
  struct shaping_language {      /* the last that HarfBuzz was asked for, by stack */
    char name[32];
    hb_language_t language;
  } languages[FONT_SCRIPT_COUNT];
  struct paragraph_cache *cache;
  uint64_t identities; /* given to glyph runs so far */
};

/* --- cache.c ------------------------------------------------------------------- */

struct paragraph_cache *paragraph_cache_new(void);
void paragraph_cache_free(struct paragraph_cache *cache);

/* What paragraph_set gives a copy of: its lines are right, marks and styles are not the asker's. */
const struct paragraph *paragraph_look(struct text_engine *engine,
                                       const struct paragraph_spec *spec,
                                       struct messages *messages);
/* paragraph_set without the cache (paragraph.c). */
const struct paragraph *paragraph_set_afresh(struct text_engine *engine, struct arena *arena,
                                             const struct paragraph_spec *spec,
                                             struct messages *messages);

static inline const struct text_run *character_run(const struct setting *s,
                                                   const struct character *c) {
  return &s->spec->runs[s->items[c->item].run];
}
static inline const struct text_style *character_style(const struct setting *s,
                                                       const struct character *c) {
  return character_run(s, c)->style;
}

/* paragraph.c: room for a spec's text; then all stages up to the joints; then the end. */
void setting_init(struct setting *s, struct arena *text_arena);
bool setting_prepare(struct setting *s);
void setting_finish(struct setting *s);

/* itemise.c: decodes the runs into characters and their kinds; then divides those into
 * items. False and messages where a character has no glyph. */
void read_characters(struct setting *s);
bool is_han_language(const char *language);
bool itemise(struct setting *s);
/* classify.c: the kinds of characters [0, count), in their contexts. */
void classify(struct setting *s);
enum kind classify_alone(uint32_t code);

/* shape.c */
void shape(struct setting *s);
/* Shapes characters [start, end) of one item again, on their own. */
void shape_again(struct setting *s, uint32_t item, uint32_t start, uint32_t end);
/* The cell of a mark when it is half as wide: what `halt` takes from either side (A12). */
struct mark_cuts {
  mpt left, right;
};
struct mark_cuts mark_cuts(struct setting *s, const struct character *c, uint32_t code);
struct mark_cache *mark_cache_new(void);
void mark_cache_free(struct mark_cache *cache);
/* The glyph and the width of a lone character in an item's face, in its size. */
uint32_t item_glyph(const struct item *item, uint32_t code, mpt *width);

/* squeeze.c: cuts, slacks, gaps and tiers. */
void squeeze(struct setting *s);
/* How far character `i` stands out of a line that starts, or ends, with it. */
mpt overhang_start(const struct setting *s, uint32_t i);
mpt overhang_end(const struct setting *s, uint32_t i);
/* The width in the line of the hyphen that breaking adds after character `i`. */
mpt hyphen_width(const struct setting *s, uint32_t i);
mpt gap_least(const struct character *c);
mpt gap_most(const struct character *c);

/* opportunities.c: the joints, by ICU alone (A1); then with the filter of A3 to A8. */
bool ask_icu(struct setting *s);
bool find_opportunities(struct setting *s);
struct break_iterators *break_iterators_new(struct messages *messages);
void break_iterators_free(struct break_iterators *iterators);
/* filter.c */
void filter_joints(struct setting *s);
/* tokens.c: addresses and telephone numbers (A8). */
void filter_tokens(struct setting *s);
/* hyphenate.c (A28) */
void hyphenate(struct setting *s);
struct hyphenator *hyphenator_new(struct messages *messages);
void hyphenator_free(struct hyphenator *hyphenator);

/* The indent of a line that starts with character `start`. */
static inline mpt line_indent(const struct setting *s, uint32_t start) {
  mpt indent = s->spec->first_indent;
  if (start == 0) return indent > 0 ? indent : 0;
  return indent < 0 ? -indent : 0;
}

/* fit.c: the lines. */
void fit_lines(struct setting *s);

/* justify.c: how far each place of a line is opened or closed. */
struct adjustment {
  mpt before;      /* added to the gap before the cell */
  mpt left, right; /* cut from the cell */
};
/* `out` has one entry for each character, of which those that are not printed stay as they are.
 * Returns the width that results, and what it was before. */
mpt justify(const struct setting *s, const struct line_span *line, mpt measure, bool fill,
            struct adjustment *out, mpt *natural);

/* compose.c */
const struct line *compose(struct setting *s, struct arena *arena);

#endif
