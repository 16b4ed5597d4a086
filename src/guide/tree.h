/* The content tree: what a guide is once it has been read, whatever it was
 * written in, and what an edition is made of.
 *
 *   guide
 *     section                       has an id; its depth is its heading's level
 *       heading ── variant en       a block that bears text has one variant
 *                └ variant zh-Hans  per language; a variant's children are inlines
 *       paragraph ── variant …
 *       list ── item ── paragraph, list, …
 *       section …
 *
 * A guide's tree is never changed once it is loaded; an edition is a tree of its
 * own. Nodes belong to the arena they were made in and are not freed singly. */
#ifndef HANDOUT_GUIDE_TREE_H
#define HANDOUT_GUIDE_TREE_H

#include "base/arena.h"
#include "base/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TABLE_COLUMNS_MOST 64
/* Lines of a worksheet. */
#define WORKSHEET_LINES_MOST 100

enum node_kind {
  NODE_GUIDE,
  /* blocks that hold blocks */
  NODE_SECTION,
  NODE_DIVISION, /* a group of blocks with attributes and no look of its own */
  NODE_LIST,     /* `ordered`, `start`; items */
  NODE_ITEM,     /* of a list; `task` when it has a box to tick */
  NODE_TABLE,    /* an optional caption, then rows */
  NODE_ROW,      /* `header` when its cells are headings */
  NODE_FIGURE,   /* an image or another block, with an optional caption */
  NODE_CHART,    /* its data as a table, with an optional caption */
  NODE_CALLOUT,
  NODE_FOOTNOTE, /* `id` is what marks point to */
  NODE_GLOSSARY, /* entries */
  NODE_ENTRY,    /* a term, then what it means: blocks */
  NODE_SKILLS,
  NODE_PLAN,
  NODE_WORKSHEET,
  NODE_QUOTE,
  /* blocks that bear text: children are variants */
  NODE_HEADING,
  NODE_PARAGRAPH,
  NODE_CELL,
  NODE_CAPTION,
  NODE_TERM,
  NODE_CODE_BLOCK,
  NODE_QR, /* a link printed as a code, its address beside it */
  /* blocks without text */
  NODE_IMAGE, /* `target`; its variants are the alternative text */
  NODE_RULE,
  NODE_PAGE_BREAK,
  /* the text of a block in one language; children are inlines */
  NODE_VARIANT,
  /* inlines */
  NODE_TEXT, /* `text` */
  NODE_STRONG,
  NODE_EMPHASIS,
  NODE_CODE,          /* `text` */
  NODE_LINK,          /* `target`: an address, or "#id" */
  NODE_REFERENCE,     /* `target`: an id; the edition writes the text */
  NODE_FOOTNOTE_MARK, /* `target`: the footnote's id */
  NODE_FILL_IN,       /* `text`: an XPath expression; none is left in an edition */
  NODE_LINE_BREAK,
  NODE_SPAN,
  NODE_KIND_COUNT
};

/* A name with a value that the author gave a node, in the order written. What has
 * a member in struct node (id, language, target …) is not here. */
struct attribute {
  const char *name;
  const char *value;
  struct place place;
  struct attribute *next;
};

#define LIKENESS_OTHER_LANGUAGE 63

/* What a block of a section has in common with others, in editions of one maker. */
struct likeness {
  uint64_t number;    /* the same of two blocks: all that they hold is the same, but for places */
  uint64_t kinds;     /* a bit for each enum node_kind that is in it */
  uint64_t languages; /* that are said in it: a bit for each of the guide's, the last for others */
  size_t node_count;  /* in it, and itself */
  size_t text_length; /* of all its texts, in bytes */
  bool holds_ids;     /* beside its own */
  bool is_new;        /* no edition before had such a block */
};

/* A kind as a bit of `kinds`. */
#define KIND_BIT(kind) ((uint64_t)1 << (kind))

struct node {
  enum node_kind kind;
  struct node *parent, *previous, *next, *first, *last;
  struct place place;

  const char *id;       /* unique in the tree, or NULL */
  const char *language; /* BCP 47, of a variant or a span in another language; else NULL */
  const char *text;     /* UTF-8, NFC, of what bears text itself; else NULL */
  const char *target;   /* also of a variant, where a QR code or image has one per language */
  const char *when;     /* condition (XPath), or NULL */
  struct place when_place;
  struct attribute *attributes;

  bool ordered;       /* list */
  bool header;        /* row */
  bool task;          /* item */
  bool ticked;        /* item with `task` */
  int start;          /* list: first number */
  int level;          /* heading: 1 to 6 */
  const char *number; /* in an edition: "2.1" of a heading, "3" of a footnote; or NULL */

  /* in an edition: the guide's node that this one was made from; else NULL */
  const struct node *origin;
  /* in an edition: of a block right in a section, a division or the guide that is none; else NULL */
  const struct likeness *likeness;
};

struct node *node_new(struct arena *arena, enum node_kind kind, struct place place);
void node_append(struct node *parent, struct node *child);
void node_insert_before(struct node *sibling, struct node *node);
void node_unlink(struct node *node);

/* A copy of the node without its children and links; strings stay borrowed from
 * the original, whose arena must live as long. `origin` is the original's own, or
 * the original. */
struct node *node_copy(struct arena *arena, const struct node *node);

/* "heading", "page-break": the element's name in the XML form. */
const char *node_kind_name(enum node_kind kind);
/* The same for messages: "QR code". */
const char *node_kind_in_words(enum node_kind kind);
/* NODE_KIND_COUNT where no kind has that name. */
enum node_kind node_kind_find(const char *name);
bool node_is_inline(const struct node *node);
/* Its children are variants. */
bool node_bears_text(const struct node *node);

const char *node_attribute(const struct node *node, const char *name);
/* Words in an attribute (`alt`, `unit`, `source`): in that language, else as the main
 * language has them; NULL where there are none. */
const char *node_attribute_in(const struct node *node, const char *name, const char *language);
void node_set_attribute(struct arena *arena, struct node *node, const char *name, const char *value,
                        struct place place);
/* The attribute "class" holds this word. */
bool node_has_class(const struct node *node, const char *name);

/* The variant of that language, or NULL. */
struct node *node_variant(const struct node *block, const char *language);
/* The language in force at a node: its own or its nearest ancestor's; NULL if none. */
const char *node_language(const struct node *node);

/* What bears a node's title: a section's heading, a table's caption, itself where it bears text;
 * NULL where nothing does. */
const struct node *node_title(const struct node *node);

/* The text below a node, without marks and fill-ins; a line break is a space. */
char *node_text(struct arena *arena, const struct node *node);
/* Its bytes, without making it. */
size_t node_text_length(const struct node *node);

/* The block after this one in the order of reading, below `root`, and not into the texts of
 * blocks; NULL after the last. For readers that change the tree as they go. */
struct node *node_next_block(const struct node *root, struct node *node);

/* One walk for everyone who reads a tree: enters and leaves each node in order,
 * without recursion.
 *
 *   struct walk walk = walk_start(root);
 *   while (walk_next(&walk)) {
 *     if (walk.entering) … walk.node …
 *   }
 *
 * A node without children is entered and left too. walk_skip, called on entering,
 * passes over the children. The tree must not change under a walk. */
struct walk {
  const struct node *root;
  const struct node *node;
  bool entering;
  bool skip;
};

struct walk walk_start(const struct node *root);
bool walk_next(struct walk *walk);
void walk_skip(struct walk *walk);
/* Passes over the leaving, too: to be called on entering. */
void walk_pass(struct walk *walk);

#endif
