/* The Markdown reader: prepare the text, let cmark parse it, walk cmark's tree. What
 * is left over at the end (a token that turned up nowhere, a footnote that no mark
 * points to) was written for nothing, and its author hears of it. */
#include "guide/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* cmark counts bytes in an int. */
#define LONGEST_TEXT (INT_MAX / 2)

/* --- cmark -------------------------------------------------------------------------- */

static void attach(cmark_parser *parser, const char *name) {
  cmark_syntax_extension *extension = cmark_find_syntax_extension(name);
  if (extension) cmark_parser_attach_syntax_extension(parser, extension);
}

/* cmark keeps its extensions in a list for all of the process, without a lock. */
static pthread_once_t registered = PTHREAD_ONCE_INIT;

static cmark_node *parse(const struct buffer *text) {
  pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES);
  attach(parser, "table");
  attach(parser, "tasklist");
  if (text->length) cmark_parser_feed(parser, text->data, text->length);
  cmark_node *document = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  return document;
}

static void walk_document(struct markdown *markdown, cmark_node *document) {
  cmark_iter *iterator = cmark_iter_new(document);
  cmark_event_type event;
  while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
    cmark_node *block = cmark_iter_get_node(iterator);
    if (event == CMARK_EVENT_EXIT) {
      blocks_leave(markdown, block);
    } else if (blocks_enter(markdown, block) && cmark_node_first_child(block)) {
      cmark_iter_reset(iterator, block, CMARK_EVENT_EXIT);
    }
  }
  cmark_iter_free(iterator);
}

/* --- footnotes ------------------------------------------------------------------------ */

void markdown_note_footnote(struct markdown *markdown, const char *number, const char *id) {
  unsigned long index = strtoul(number, NULL, 10);
  if (index == 0 || index > 100000) return;
  while (markdown->footnote_count < index) {
    markdown->footnote_ids =
        array_reserve(markdown->footnote_ids, markdown->footnote_count,
                      &markdown->footnote_capacity, sizeof *markdown->footnote_ids);
    markdown->footnote_ids[markdown->footnote_count++] = NULL;
  }
  if (!markdown->footnote_ids[index - 1]) markdown->footnote_ids[index - 1] = id;
}

const char *markdown_footnote_id(struct arena *arena, const char *label, size_t length) {
  char *id = arena_printf(arena, "fn-%.*s", (int)length, label);
  for (char *c = id; *c; c++) {
    if (strchr(" \t\n\"'<>&#{}", *c)) *c = '-';
  }
  return script_normalise(arena, id, strlen(id));
}

/* The divs that are open at a token. */
struct around {
  size_t token, depth, conditional; /* the outermost that has a condition, from 1; or 0 */
};

/* Of offsets that grow. */
static bool is_conditional_at(const struct prepared *prepared, size_t offset,
                              struct around *around) {
  for (; around->token < prepared->token_count; around->token++) {
    const struct token *token = &prepared->tokens[around->token];
    if (token->start >= offset) break;
    if (token->kind == TOKEN_OPEN) {
      around->depth++;
      if (token->given.when && !around->conditional) around->conditional = around->depth;
    } else if (token->kind == TOKEN_CLOSE && around->depth > 0) {
      if (around->conditional == around->depth) around->conditional = 0;
      around->depth--;
    }
  }
  return around->conditional > 0;
}

static void report_around(struct messages *messages, const struct place *place) {
  message_error(messages, place, "footnote-in-div",
                "the condition of the div around this footnote does not count for it");
  message_hint(messages, "put it behind the div, and the condition at its end: [^1]: … {when=\"…\"}");
}

/* cmark keeps the first footnote of a name, and drops one that nothing points to; its author may
 * have mistyped the mark. */
static void report_dropped(struct markdown *markdown) {
  struct around around = {0};
  struct prepared *prepared = &markdown->prepared;
  struct messages *messages = markdown->loading->messages;
  struct ids *ids = ids_new(), *seen = ids_new();
  for (const struct node *note = markdown->footnotes->first; note; note = note->next) {
    if (note->id) ids_add(ids, note->id, note);
  }
  for (size_t i = 0; i < prepared->footnote_count; i++) {
    size_t start = prepared->footnotes[i] + 2;
    const char *label = prepared->source->text + start;
    size_t length = strcspn(label, "]\n");
    const char *id = markdown_footnote_id(markdown->arena, label, length);
    struct place place = source_place(prepared->source, start - 2, length + 3);
    const struct node *note = ids_find(ids, id);
    if (is_conditional_at(prepared, prepared->footnotes[i], &around)) report_around(messages, &place);
    if (!note) message_warning(messages, &place, "unused-footnote", "no mark points to this footnote");
    else if (ids_add(seen, id, note))
      message_error(messages, &place, "duplicate-footnote", "there is a footnote of this name already");
  }
  ids_free(seen);
  ids_free(ids);
}

static void move_footnotes(struct markdown *markdown, struct node *root) {
  while (markdown->footnotes->first) {
    struct node *footnote = markdown->footnotes->first;
    node_unlink(footnote);
    node_append(root, footnote);
  }
}

/* --- what is left over ------------------------------------------------------------------ */

static size_t count_attributes(const struct prepared *prepared) {
  size_t count = 0;
  for (size_t i = 0; i < prepared->token_count; i++) {
    count += prepared->tokens[i].kind == TOKEN_ATTRIBUTES;
  }
  return count;
}

static void report_unused(struct markdown *markdown) {
  struct messages *messages = markdown->loading->messages;
  for (size_t i = 0; i < markdown->prepared.token_count && !markdown->too_deep; i++) {
    const struct token *token = &markdown->prepared.tokens[i];
    if (token->used) continue;
    if (token->kind == TOKEN_FILL_IN) {
      message_error(messages, &token->place, "stray-fill-in", "a fill-in cannot stand here");
    } else if (token->kind == TOKEN_ATTRIBUTES) {
      message_error(messages, &token->place, "stray-attributes",
                    "these attributes belong to nothing");
    }
  }
}

static struct node *read_prepared(struct markdown *markdown, struct place start) {
  markdown->attribute_count = count_attributes(&markdown->prepared);
  struct node *root = node_new(markdown->arena, NODE_GUIDE, start);
  markdown->footnotes = node_new(markdown->arena, NODE_GUIDE, start);
  cmark_node *document = parse(&markdown->prepared.text);
  markdown->frames[0] = (struct frame){
      .node = root, .outline = outline_start(markdown->arena, root), .owner = document};
  walk_document(markdown, document);
  report_dropped(markdown);
  move_footnotes(markdown, root);
  report_unused(markdown);
  cmark_node_free(document);
  free(markdown->footnote_ids);
  return root;
}

struct node *markdown_read(struct loading *loading, const struct source *source, size_t from,
                           const char *language) {
  struct place start = source_place(source, from, 0);
  if (source->length >= LONGEST_TEXT) {
    message_error(loading->messages, &start, "too-long", "a text in Markdown has %d bytes at most",
                  LONGEST_TEXT);
    return NULL;
  }
  struct markdown *markdown = memory_alloc(sizeof *markdown);
  markdown->loading = loading;
  markdown->arena = loading->arena;
  markdown->language = language;
  bool good = prepared_read(&markdown->prepared, loading, source, from);
  struct node *root = good ? read_prepared(markdown, start) : NULL;
  prepared_finish(&markdown->prepared);
  free(markdown);
  return root;
}
