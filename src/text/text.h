/* The door of text/: a paragraph in, lines of positioned glyphs out.
 *
 *   runs of text + style ──itemise──▶ items of one script, language and face
 *        ──shape──▶ glyphs with clusters ──break──▶ lines ──justify──▶ positions
 *
 * A pure function of what it is given; it knows nothing of nodes, pages or PDF. */
#ifndef HANDOUT_TEXT_TEXT_H
#define HANDOUT_TEXT_TEXT_H

#include "base/message.h"
#include "base/units.h"
#include "font/font.h"

#include <stdbool.h>
#include <stdint.h>

struct text_style {
  const struct font_set *fonts;
  mpt size;
  rgb colour;
  const char *language; /* BCP 47 */
  mpt rise;             /* of the baseline: superscripts */
  bool verbatim;        /* code: spaces kept, no Han–Latin space, no hyphens, no kerning across */
  bool emphasis_dots;   /* Chinese emphasis (A26) */
  bool underlined;
};

/* A stretch of text in one style. `mark` is the caller's: it comes back with the
 * glyphs (which inline element, which link). A U+2028 in the text is a forced break. */
struct text_run {
  const char *text; /* UTF-8, NFC; borrowed until the paragraph is freed */
  size_t length;
  const struct text_style *style;
  uint32_t mark;
  bool note;          /* a note's number: it holds to what stands before it */
  struct place place; /* of the run's first character, for messages */
};

enum text_alignment { ALIGN_START, ALIGN_JUSTIFY, ALIGN_CENTRE, ALIGN_END };

/* How strictly marks are kept from line edges (A2). */
enum text_strictness { STRICTNESS_STRICT, STRICTNESS_GB, STRICTNESS_BASIC };

/* Which marks are set at half width where they meet (A13). */
enum text_punctuation {
  PUNCTUATION_QUANJIAO,
  PUNCTUATION_KAIMING,
  PUNCTUATION_BANJIAO,
  PUNCTUATION_NONE
};

struct paragraph_spec {
  const struct text_run *runs;
  size_t run_count;
  const char *language; /* BCP 47, of the whole */
  mpt measure;
  mpt first_indent; /* negative: the other lines hang */
  enum text_alignment alignment;
  enum text_strictness strictness;
  enum text_punctuation punctuation;
  bool hyphenate;
  bool balanced; /* headings: lines of even length */
  bool hanging;  /* small marks stand partly outside of the measure (A14, A29) */
};

/* A book has millions of these, so they are small. The first glyph of a cluster tells how many
 * bytes of text stand behind the cluster; the others continue it. */
struct glyph {
  mpt x; /* of the origin, from the line's left edge (its indent included) */
  uint16_t id;
  uint16_t text_length : 15, continues : 1;
};

/* Glyphs of one face, size, style and mark, in the order of the text. */
struct glyph_run {
  const struct face *face;
  const struct text_style *style;
  const struct glyph *glyphs;
  const mpt *offsets; /* of each glyph above the run's baseline; NULL: all stand on it */
  uint32_t glyph_count;
  uint32_t text_start; /* of its text in the paragraph's, all runs one after the other */
  uint32_t mark;
  mpt size;       /* the scale of the font set applied */
  mpt start, end; /* x of its box: for underlines and links */
  bool dots;      /* no glyphs: the middles of Chinese emphasis dots under the run before (A26) */
  /* Runs of the same number, of one engine, have the same face, size, glyphs, clusters and
   * text behind them; only mark and style may differ. */
  uint64_t identity;
};

static inline mpt glyph_rise(const struct glyph_run *run, size_t glyph) {
  return run->style->rise + (run->offsets ? run->offsets[glyph] : 0);
}

/* What glyphs and text correspond by: `glyph_count` glyphs from `first_glyph` show the bytes
 * [text_start, text_end). Without text (a hyphen that breaking added) both ends are equal. */
struct cluster {
  uint32_t first_glyph, glyph_count;
  uint32_t text_start, text_end;
};

/* Goes to the next cluster of a run, from a zeroed one to the first; false after the last. */
static inline bool cluster_next(const struct glyph_run *run, struct cluster *cluster) {
  uint32_t at = cluster->first_glyph + cluster->glyph_count, end = at + 1;
  if (at == run->glyph_count) return false;
  while (end < run->glyph_count && run->glyphs[end].continues) end++;
  uint32_t start = at ? cluster->text_end : run->text_start;
  *cluster = (struct cluster){at, end - at, start, start + run->glyphs[at].text_length};
  return true;
}

struct line {
  const struct glyph_run *runs;
  size_t run_count;
  mpt width;                     /* of what is printed, without trailing space */
  mpt natural_width;             /* before justification */
  uint32_t text_start, text_end; /* spaces at its end belong to it */
  bool hyphenated;
  bool forced; /* ended by a forced break or the paragraph's end */
};

struct paragraph {
  const struct line *lines;
  size_t line_count;
  const char *text; /* all runs one after the other */
  size_t text_length;
};

/* What is set up once and shared by all paragraphs: break iterators, hyphenation
 * patterns, shaping buffers. One for each thread. */
struct text_engine;
struct text_engine *text_engine_new(struct messages *messages);
void text_engine_free(struct text_engine *engine);

/* Drops what the engine keeps of paragraphs set before, when it has become much; true where it
 * did. Only to be called when no paragraph of the engine is in use. */
bool text_engine_trim(struct text_engine *engine);

/* Sets a paragraph; the result lives in the arena, its glyphs and text in the engine. NULL and
 * messages where a character has no glyph in any face: one message for each different character,
 * with its name, place and the faces tried. A paragraph without text has no lines. */
const struct paragraph *paragraph_set(struct text_engine *engine, struct arena *arena,
                                      const struct paragraph_spec *spec, struct messages *messages);

/* The width of a text on one line of any length: labels, numbers, column widths.
 * Negative, with messages, where a glyph is missing. */
mpt paragraph_natural_width(struct text_engine *engine, const struct paragraph_spec *spec,
                            struct messages *messages);

/* --- missing.c: characters that cannot be set --- */

/* Lines run from left to right; what is written the other way is refused, never set backwards. */
bool is_right_to_left(uint32_t code);
/* An error for a character that none of the faces has or that is_right_to_left, with its name, its
 * place in the source, at `from` or after it, and the faces that were tried. */
void report_missing_glyph(const struct font_set *faces, uint32_t code, const struct place *from,
                          struct messages *messages);

/* Lets a sandbox open what a new engine reads. */
struct sandbox;
void text_let_read(struct sandbox *sandbox);

#endif
