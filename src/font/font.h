/* The door of font/: faces, what they cover, and which one sets which script.
 *
 * A library is made once for a process; afterwards it is read-only, but that a face
 * is opened when it is first asked for (by the theme, before workers are forked).
 * All faces of a collection (.ttc) are faces of their own here; those that share one
 * CFF table say so in `outlines`, so that a PDF embeds the outlines once. */
#ifndef HANDOUT_FONT_FONT_H
#define HANDOUT_FONT_FONT_H

#include "base/buffer.h"
#include "base/message.h"
#include "base/units.h"

#include <stdbool.h>
#include <stdint.h>

struct hb_face_t;
struct hb_font_t;
struct hb_set_t;
struct glyph_cache;
struct sandbox;
struct cutting;

enum font_slant { FONT_UPRIGHT, FONT_ITALIC };

/* An opened face; borrowed from its library for as long as that lives. Vertical
 * metrics are in units of the face, `units_per_em` of them to an em. */
struct face {
  uint32_t index;     /* in the library, from 0: for arrays by face */
  const char *family; /* "Noto Serif CJK SC" */
  const char *postscript_name;
  const char *path;
  unsigned collection_index;
  int weight; /* 400 regular, 700 bold (CSS) */
  enum font_slant slant;
  int units_per_em;
  int ascender, descender; /* descender is negative */
  int cap_height, x_height;
  int underline_position, underline_thickness;
  int italic_angle; /* in 1/65536 degrees */
  int bounds[4];    /* x min, y min, x max, y max */
  bool is_cff;      /* CFF outlines, else glyf */
  bool is_monospaced, is_serif;
  uint32_t outlines;                 /* faces with the same number have the same glyphs */
  struct hb_face_t *hb_face;         /* for font/, text/ and pdf/ only */
  struct hb_font_t *hb_font;         /* scaled to units_per_em; immutable */
  struct glyph_cache *cache;         /* of face_glyph; threads may share it */
  struct cutting *cutting;           /* of face_common */
};

/* Scripts that are given faces of their own; the rest goes by coverage. */
enum font_script { FONT_SCRIPT_LATIN, FONT_SCRIPT_HAN, FONT_SCRIPT_COUNT };

#define FONT_STACK_LIMIT 8

/* One style of type in all scripts: for each script the faces tried, in order; a
 * character that none of them has is looked for in the stacks of the other scripts. */
struct font_set {
  const struct face *faces[FONT_SCRIPT_COUNT][FONT_STACK_LIMIT]; /* NULL after the last */
  int scale[FONT_SCRIPT_COUNT]; /* per mille of the size: matches Latin to Han (A27) */
};

struct font_options {
  const char **folders; /* looked in first: --font-path, then fonts/ of the program */
  size_t folder_count;
  bool ignore_system_fonts;
};

struct font_library;
struct font_library *font_library_new(const struct font_options *options,
                                      struct messages *messages);
void font_library_free(struct font_library *library);

/* The face of exactly that family nearest in weight, of that slant (upright where
 * the family has no italic, as Han families do). NULL and a message (which names the
 * package that brings it, from fonts/manifest.yaml) where there is no such family. */
const struct face *font_library_find(struct font_library *library, const char *family, int weight,
                                     enum font_slant slant, struct messages *messages);

/* For a batch: faces will be cut to a few characters again and again. */
void font_library_cut_often(struct font_library *library);

#define FONT_GLYPH_LIMIT 65536

/* A large face cut to its common characters, which is quicker to cut again. */
struct common_face {
  struct hb_face_t *hb_face;
  struct hb_set_t *characters;
  uint16_t *glyphs;    /* by glyph of the whole face; 0: it is not there */
  uint32_t *originals; /* glyph of the whole face by its own */
};
/* To be asked for before each cut, which gives the same bytes from either face. NULL where
 * the whole face is to be cut: it is small, or is not cut often. */
const struct common_face *face_common(const struct face *face);
/* To be told after each cut: a face that is not cut often gives back the memory that the
 * outlines it was cut from have taken, ten megabytes of a Han face. */
void face_was_cut(const struct face *face);

/* Lets a sandbox open every font file that may still be asked for. */
void font_library_let_read(const struct font_library *library, struct sandbox *sandbox);
/* And what a library with these options is set up from. */
void font_library_let_find(const struct font_library *library, struct sandbox *sandbox);

size_t font_library_count(const struct font_library *library);
const struct face *font_library_face(const struct font_library *library, size_t index);

/* The glyph of a character, or 0. */
uint32_t face_glyph(const struct face *face, uint32_t codepoint);
/* The horizontal advance of hmtx, in units of the face. */
int face_glyph_width(const struct face *face, uint32_t glyph);
/* Appends a font file with these characters alone, the licence in it; OpenType with CFF
 * or TrueType outlines as the face has them. False where it cannot be cut. */
bool face_subset(const struct face *face, const uint32_t *codepoints, size_t count,
                 struct buffer *out);

/* The face for a character of a script: from its own stack, then from the others;
 * NULL where none has it. */
const struct face *font_set_face(const struct font_set *set, enum font_script script,
                                 uint32_t codepoint);

#endif
