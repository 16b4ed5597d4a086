/* Inside guide/: the parts of the Markdown reader.
 *
 *   source ──prepare──▶ what cmark may see ──cmark──▶ its tree ──▶ our tree
 *
 * cmark knows CommonMark and the tables, task lists and footnotes of GFM. What
 * Pandoc and Quarto add (divs, attributes, fill-ins) is taken out before cmark
 * sees the text and a token is left in its place; where a token turns up in
 * cmark's tree, it means what stood there. */
#ifndef HANDOUT_GUIDE_MARKDOWN_H
#define HANDOUT_GUIDE_MARKDOWN_H

#include "base/buffer.h"
#include "guide/load.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm.h>

/* --- markdown_attributes.c ------------------------------------------------------- */

/* What stood in braces: `{#id .class key="value"}`. */
struct given {
  const char *id;
  struct place id_place;
  const char *language;
  struct place language_place;
  const char *when;
  struct place when_place;
  struct attribute *attributes; /* the rest; one entry for each class */
  struct place place;           /* of the brace */
};

/* Reads the attributes that start with the brace at byte `at`. The bytes that they
 * take, or 0 where what stands there is not a list of attributes; then `*wrong` is
 * the offset of the byte that does not fit. */
size_t attributes_read(struct arena *arena, const struct source *source, size_t at, size_t limit,
                       struct given *given, size_t *wrong);
/* Takes out the first class; NULL where there is none. */
const struct attribute *attributes_take_class(struct given *given);
/* Gives them to a node, but for the language; an unknown attribute or class is reported. */
void attributes_apply(struct loading *loading, struct node *node, const struct given *given);
/* The language that they give to a text, or NULL; what is no language is reported. */
const char *attributes_language(struct loading *loading, const struct given *given);

/* --- markdown_source.c ------------------------------------------------------------- */

enum token_kind { TOKEN_FILL_IN, TOKEN_ATTRIBUTES, TOKEN_OPEN, TOKEN_CLOSE };

struct token {
  enum token_kind kind;
  size_t start, length; /* in the source */
  bool used;
  const char *expression; /* of a fill-in */
  struct place place;     /* of the expression, of the brace, of the colons */
  struct given given;     /* of attributes and of an opened div */
  const char *name;       /* of an opened div: its first word or class; or NULL */
};

/* A token in the text is U+FDD0, its index in decimal, U+FDD1: no source holds
 * these code points, so nothing else looks like it. */
#define TOKEN_START "\xEF\xB7\x90"
#define TOKEN_END   "\xEF\xB7\x91"

struct offset_pair {
  size_t in_text, in_source;
};

struct prepared {
  const struct source *source;
  struct buffer text; /* what cmark sees */
  size_t *line_starts;
  size_t line_count, line_capacity;
  struct offset_pair *pairs; /* from here on, text and source run in step */
  size_t pair_count, pair_capacity;
  struct token *tokens;
  size_t token_count, token_capacity;
  size_t *footnotes; /* in the source: where a line begins like "[^label]:" */
  size_t footnote_count, footnote_capacity;
};

/* False and a message where it is more than cmark should be asked to read. */
bool prepared_read(struct prepared *prepared, struct loading *loading, const struct source *source,
                   size_t from);
void prepared_finish(struct prepared *prepared);

/* --- markdown_places.c -------------------------------------------------------------- */

/* The offset in the text of cmark's line and column. */
size_t prepared_offset(const struct prepared *prepared, int line, int column);
size_t prepared_source_offset(const struct prepared *prepared, size_t in_text);
/* The place of the source that these bytes of the text come from. */
struct place prepared_place(struct prepared *prepared, size_t in_text, size_t length);
/* The token at this point of any text that cmark gives back, and the bytes that it
 * takes; NULL where there is none. */
struct token *prepared_token(const struct prepared *prepared, const char *text, size_t left,
                             size_t *length);
/* A literal with its tokens turned back into what the author wrote. */
const char *prepared_restore(struct prepared *prepared, struct arena *arena, const char *literal);

/* --- markdown.c, markdown_blocks.c, markdown_code.c, markdown_inlines.c ------------ */

/* A block that blocks are being put into. */
struct frame {
  struct node *node;
  struct outline outline;
  cmark_node *owner;         /* cmark's container that it belongs to */
  const struct token *token; /* of a div: where it was opened */
  const char *language;      /* in force inside; NULL: by script */
};

struct markdown {
  struct loading *loading;
  struct arena *arena;
  struct prepared prepared;
  size_t attribute_count; /* tokens that are attributes */
  struct frame frames[LIMIT_DEEPEST + 1];
  int depth;                 /* frames[depth] is the innermost */
  struct node *footnotes;    /* a holder, emptied into the root at the end */
  const char **footnote_ids; /* by cmark's number, from 1 */
  size_t footnote_count, footnote_capacity;
  size_t footnotes_entered;
  const char *language; /* of the file, or NULL: by script */
  bool too_deep;        /* was said */
};

/* The id that marks of this number of cmark's ("3") point to. */
void markdown_note_footnote(struct markdown *markdown, const char *number, const char *id);

/* The inlines of a cmark block into a node that bears text: one variant, or one for
 * each language where the author wrote several. `skip` bytes at the start of the
 * first text are left out. Attributes at the end are given to `bearer`, their language to the
 * text. */
void inlines_read(struct markdown *markdown, cmark_node *block, struct node *node, size_t start,
                  size_t skip, struct node *bearer);
/* Whether a text of this file may be in that language. */
bool variants_may_be(const struct markdown *markdown, const char *language);
/* A text is in that language; where none of this file may be, its words are. */
void variants_say(struct markdown *markdown, struct node *variant, const char *language);
/* Puts what was read into a block, in `language` or, where that is NULL, in the one here; in a file
 * of several languages, spans that say theirs become variants. */
void variants_add(struct markdown *markdown, struct node *block, struct node *variant,
                  const char *language);
/* Texts that stand side by side in the source and in the tree become one. */
void variants_join_texts(struct markdown *markdown, struct node *variant);
/* Words of an attribute, with fill-ins, as a block of that kind; `language` may be NULL. */
struct node *variants_of_words(struct markdown *markdown, enum node_kind kind, const char *words,
                               const char *language, struct place place);
/* The words of a block of code, and the attributes behind its fence. */
void code_read(struct markdown *markdown, cmark_node *block, struct node *node);
/* The id of a footnote of that label. */
const char *markdown_footnote_id(struct arena *arena, const char *label, size_t length);
/* Entering and leaving a block of cmark's. True where its children are done with. */
bool blocks_enter(struct markdown *markdown, cmark_node *block);
void blocks_leave(struct markdown *markdown, cmark_node *block);

#endif
