/* One walk over the tree, and a small function for each kind of node that can be
 * wrong. All that is wrong is reported, not the first thing. */
#include "guide/checks.h"

#include <string.h>

/* --- ids -------------------------------------------------------------------------- */

void checks_ids(struct loading *loading, const struct node *root) {
  struct ids *ids = ids_new();
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (!walk.entering || !walk.node->id) continue;
    const struct node *first = ids_add(ids, walk.node->id, walk.node);
    if (!first) continue;
    message_error(loading->messages, &walk.node->place, "duplicate-id",
                  "the id '%s' is given a second time", walk.node->id);
    message_note(loading->messages, &first->place, "it was given here before");
  }
  ids_free(ids);
}

static struct ids *all_ids(const struct node *root) {
  struct ids *ids = ids_new();
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (walk.entering && walk.node->id) ids_add(ids, walk.node->id, walk.node);
  }
  return ids;
}

/* --- links and references ------------------------------------------------------------ */

static bool has_text(const struct node *node) {
  struct walk walk = walk_start(node);
  while (walk_next(&walk)) {
    const char *text = walk.node->text;
    if (text && strspn(text, " \t\n") < strlen(text)) return true;
  }
  return false;
}

/* A reference without words is called what it leads to is called. */
static void check_title(struct loading *loading, const struct node *reference,
                        const struct node *target) {
  const struct node *title = node_title(target);
  if (reference->kind != NODE_REFERENCE || reference->first || (title && has_text(title))) return;
  message_error(loading->messages, &reference->place, "untitled-reference",
                "what has the id '%s' has no title", target->id);
  message_hint(loading->messages, "say in the brackets what it is: [the list](#%s)", target->id);
}

static void check_reference(struct loading *loading, struct ids *ids, const struct node *node,
                            const char *id) {
  const struct node *target = ids_find(ids, id);
  if (target) {
    check_title(loading, node, target);
    return;
  }
  message_error(loading->messages, &node->place, "dead-reference", "nothing has the id '%s'", id);
  const char *nearest = ids_nearest(ids, id);
  if (nearest) message_hint(loading->messages, "did you mean '%s'?", nearest);
}

/* The length of "https:" and its like, or 0. */
static size_t scheme_length(const char *target) {
  size_t length =
      strspn(target, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
  return length > 1 && target[length] == ':' ? length + 1 : 0;
}

static bool is_known_scheme(const char *target, size_t length) {
  static const char *const schemes[] = {"https:", "http:", "mailto:", "tel:", "geo:", "doi:"};
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
    if (strlen(schemes[i]) == length && strncmp(schemes[i], target, length) == 0) return true;
  }
  return false;
}

/* Of the web, an address names a host. */
static bool names_host(const char *target, size_t scheme) {
  if (strncmp(target, "http", 4) != 0) return target[scheme] != '\0';
  return strncmp(target + scheme, "//", 2) == 0 && !strchr("/?#", target[scheme + 2]);
}

/* What an address cannot hold as it is, or NULL. A percent sign begins the number of a byte. */
static const char *wrong_character(const char *target) {
  static const char digits[] = "0123456789abcdefABCDEF";
  for (const char *at = strchr(target, '%'); at; at = strchr(at + 1, '%'))
    if (strspn(at + 1, digits) < 2) return at;
  return strpbrk(target, " \t\n\"<>\\^`{|}");
}

static void check_address(struct loading *loading, const struct node *node) {
  if (strstr(node->target, "{{")) return; /* was said */
  size_t scheme = scheme_length(node->target);
  const char *wrong = wrong_character(node->target);
  if (!is_known_scheme(node->target, scheme)) {
    message_error(loading->messages, &node->place, "dead-link",
                  "'%.80s' leads nowhere from a printed page", node->target);
    message_hint(loading->messages,
                 "an address begins with https://, mailto: or tel:; #id is a place in the guide");
  } else if (!names_host(node->target, scheme) || wrong) {
    message_error(loading->messages, &node->place, "dead-link", "'%.80s' is not an address",
                  node->target);
    if (wrong) message_hint(loading->messages, "write %%%02X for '%c'", *wrong, *wrong);
  }
}

static void check_link(struct loading *loading, struct ids *ids, const struct node *link) {
  bool inside = link->target[0] == '#' && link->kind != NODE_QR; /* paper leads nowhere in itself */
  if (inside) check_reference(loading, ids, link, link->target + 1);
  else check_address(loading, link);
  if (link->kind != NODE_LINK) return;
  if (!link->first) {
    message_error(loading->messages, &link->place, "empty-link", "this link has no text");
  }
  if (node_has_class(link, "qr")) {
    message_error(loading->messages, &link->place, "qr-alone",
                  "a QR code stands in a paragraph of its own");
  }
}

/* Why a footnote cannot be marked inside such a node; NULL: it can. */
static const char *bars_mark(enum node_kind kind) {
  if (kind == NODE_FOOTNOTE) return "a footnote cannot have a footnote of its own";
  if (kind == NODE_LINK || kind == NODE_REFERENCE)
    return "a footnote's mark is a link, which cannot stand inside another: put it behind that";
  if (kind == NODE_IMAGE) return "what a picture shows cannot have a footnote: it is not printed";
  return NULL;
}

static void check_footnote_mark(struct loading *loading, const struct ids *ids,
                                const struct node *mark) {
  for (const struct node *around = mark->parent; around; around = around->parent) {
    const char *why = bars_mark(around->kind);
    if (!why) continue;
    message_error(loading->messages, &mark->place, "nested-footnote", "%s", why);
    return;
  }
  if (ids_find(ids, mark->target)) return;
  message_error(loading->messages, &mark->place, "dead-reference", "there is no such footnote");
}

/* --- headings, pictures, charts --------------------------------------------------------- */

static void check_heading(struct loading *loading, const struct node *heading) {
  const struct node *above = heading->parent ? heading->parent->parent : NULL;
  while (above && above->kind != NODE_SECTION && above->kind != NODE_FOOTNOTE) above = above->parent;
  if (above && above->kind == NODE_FOOTNOTE) {
    message_error(loading->messages, &heading->place, "heading-in-footnote",
                  "a footnote cannot have headings");
    return;
  }
  int level = above ? above->first->level : 0;
  if (heading->level > level + 1) {
    message_warning(loading->messages, &heading->place, "skipped-level",
                    "a heading of level %d stands under one of level %d", heading->level, level);
  }
  if (!has_text(heading)) {
    message_error(loading->messages, &heading->place, "empty-heading", "this heading has no text");
  }
}

static void check_image(struct loading *loading, const struct node *image) {
  if (image->parent->kind != NODE_FIGURE) {
    message_error(loading->messages, &image->place, "inline-image",
                  "a picture stands in a paragraph of its own");
  }
  bool every = image->first != NULL;
  for (const struct node *variant = image->first; variant; variant = variant->next) {
    every = every && has_text(variant);
  }
  if (every) return;
  message_error(loading->messages, &image->place, "missing-alt",
                "this picture has no alternative text");
  message_hint(loading->messages, "write ![what it shows](%s)", image->target);
}

static void check_chart(struct loading *loading, const struct node *chart) {
  const char *alt = node_attribute(chart, "alt");
  if (!alt || !*alt) {
    message_error(loading->messages, &chart->place, "missing-alt",
                  "this chart has no alternative text");
    message_hint(loading->messages, "add alt=\"what it shows, in a sentence\"");
  }
  const struct node *child = chart->first;
  while (child && child->kind != NODE_TABLE) child = child->next;
  if (child) return;
  message_error(loading->messages, &chart->place, "empty-chart", "this chart holds no table");
}

/* Those of several languages are one by now. */
static void check_caption(struct loading *loading, const struct node *caption) {
  if (!caption->previous || caption->previous->kind != NODE_CAPTION) return;
  message_error(loading->messages, &caption->place, "second-caption",
                "there is a caption already");
}

static void check_table(struct loading *loading, const struct node *table) {
  bool empty = true;
  for (const struct node *child = table->first; child; child = child->next) {
    if (child->kind == NODE_ROW) empty = false;
    else if (child->kind != NODE_CAPTION)
      message_error(loading->messages, &child->place, "loose-block",
                    "a table holds its rows and a caption, and nothing else");
  }
  if (empty) message_error(loading->messages, &table->place, "empty-table", "this table holds no rows");
}

/* They head all of their columns: what reads a table aloud counts on it. */
static void check_row(struct loading *loading, const struct node *row) {
  bool late = row->header && row->previous && row->previous->kind == NODE_ROW && !row->previous->header;
  if (!late) return;
  message_error(loading->messages, &row->place, "late-header",
                "a table's headings stand above all of its rows");
}

/* Both outputs have a list of terms, in which nothing else may stand. */
static void check_glossary(struct loading *loading, const struct node *glossary) {
  for (const struct node *child = glossary->first; child; child = child->next) {
    if (child->kind == NODE_ENTRY) continue;
    message_error(loading->messages, &child->place, "loose-block",
                  "a glossary holds terms and what they mean, and nothing else");
    if (child->kind == NODE_DIVISION)
      message_hint(loading->messages, "a condition stands at the term itself: - Term {when=\"…\"}");
    else
      message_hint(loading->messages, "each term is an item of a list: - Term, an empty line, and "
                                      "its meaning, indented; other text stands before the glossary");
  }
}

static void check_entry(struct loading *loading, const struct node *entry) {
  if (entry->task)
    message_error(loading->messages, &entry->place, "ticked-term", "a term is no task to tick");
}

static void check_fill_in(struct loading *loading, const struct node *node) {
  if (node->text[0]) return;
  message_error(loading->messages, &node->place, "empty-fill-in", "this fill-in names nothing");
}

/* Nobody could read a text in a language that the guide does not list. */
static void check_variant(struct loading *loading, const struct node *variant) {
  const struct guide *guide = loading->guide;
  const char *language = variant->language;
  if (language && !language_is_among(language, guide->languages, guide->language_count))
    message_error(loading->messages, &variant->place, "unlisted-language",
                  "the guide's languages do not list '%s'", language);
  if (variant->target && variant->parent->kind == NODE_QR)
    check_address(loading, variant); /* where a code leads in its language */
}

/* --- the walk ------------------------------------------------------------------------------ */

static void check_node(struct loading *loading, struct ids *ids, const struct node *node) {
  switch ((int)node->kind) {
  case NODE_REFERENCE:
    check_reference(loading, ids, node, node->target);
    break;
  case NODE_LINK:
  case NODE_QR:
    check_link(loading, ids, node);
    break;
  case NODE_VARIANT:
    check_variant(loading, node);
    break;
  case NODE_ENTRY:
    check_entry(loading, node);
    break;
  case NODE_FOOTNOTE_MARK:
    check_footnote_mark(loading, ids, node);
    break;
  case NODE_HEADING:
    check_heading(loading, node);
    break;
  case NODE_IMAGE:
    check_image(loading, node);
    break;
  case NODE_CAPTION:
    check_caption(loading, node);
    break;
  case NODE_TABLE:
    check_table(loading, node);
    break;
  case NODE_ROW:
    check_row(loading, node);
    break;
  case NODE_CHART:
    check_chart(loading, node);
    break;
  case NODE_GLOSSARY:
    check_glossary(loading, node);
    break;
  case NODE_FILL_IN:
    check_fill_in(loading, node);
    break;
  case NODE_TEXT:
    if (loading->markup) checks_text(loading, node);
    break;
  }
}

/* A heading, an address, the words for a link or a picture: a PDF has each in one string, of 32,767
 * bytes at most (ISO 19005-2, 6.1.13), two or three for one of ours. */
#define STRING_MOST 10000

static void check_length(struct loading *loading, const struct place *place, size_t length) {
  if (length > STRING_MOST)
    message_error(loading->messages, place, "long-text",
                  "a heading, an address or the words for a link or a picture may have %d bytes; "
                  "here are %zu",
                  STRING_MOST, length);
}

static void check_lengths(struct loading *loading, const struct node *node) {
  if (node->target) check_length(loading, &node->place, strlen(node->target));
  for (const struct attribute *at = node->attributes; at; at = at->next)
    if (strncmp(at->name, "alt", 3) == 0) check_length(loading, &at->place, strlen(at->value));
  if (node->kind != NODE_HEADING && node->kind != NODE_LINK && node->kind != NODE_IMAGE) return;
  size_t length = 0;
  for (struct walk walk = walk_start(node); walk_next(&walk);)
    if (walk.entering && walk.node->text) length += strlen(walk.node->text);
  check_length(loading, &node->place, length);
}

/* What a picture shows, or where figures are from, is the same for every reader. */
static void check_attribute(struct loading *loading, const struct attribute *attribute) {
  if (!strstr(attribute->value, "{{")) return;
  message_error(loading->messages, &attribute->place, "fill-in-in-attribute",
                "a fill-in cannot stand in '%s': %.80s", attribute->name, attribute->value);
}

static void check_characters(struct loading *loading, const struct node *node) {
  bool good = script_check_text(node->text, &node->place, loading->messages) &&
              script_check_text(node->target, &node->place, loading->messages);
  for (const struct attribute *at = node->attributes; good && at; at = at->next) {
    good = script_check_text(at->value, &at->place, loading->messages);
    check_attribute(loading, at);
  }
}

/* The head is the same for every reader: it names files and stands in their metadata. */
static void check_head(struct loading *loading, const struct words *words) {
  for (; words; words = words->next) {
    script_check_text(words->text, &words->place, loading->messages);
    check_length(loading, words->place.source ? &words->place : NULL, strlen(words->text));
    if (!strstr(words->text, "{{")) continue;
    message_error(loading->messages, words->place.source ? &words->place : NULL, "fill-in-in-head",
                  "a guide's title and author are the same for every reader: %s", words->text);
    message_hint(loading->messages, "the reader's name is on the cover; fill-ins stand in the text");
  }
}

void checks_tree(struct loading *loading, const struct node *root) {
  check_head(loading, loading->guide->titles);
  check_head(loading, loading->guide->authors);
  struct ids *ids = all_ids(root);
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    check_characters(loading, walk.node);
    check_lengths(loading, walk.node);
    check_node(loading, ids, walk.node);
    if (walk.node->kind == NODE_CODE_BLOCK) walk_skip(&walk);
  }
  ids_free(ids);
}
