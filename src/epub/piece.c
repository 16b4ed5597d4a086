/* What libxml2 has written of a part of a document is kept, of a block with the characters that
 * it shows, and goes into the next book that asks for the same.
 *
 * The key is all that the markup is made of; of a block: what it holds (the number of
 * its likeness), what is the same for the whole book (its setting), the element that it goes
 * into, and what its links, marks and pages have come to in this book. Keys are compared whole. A
 * block for which that is not all (its pictures are files of the book, its footnotes stand
 * elsewhere, it gave a message) is written anew. */
#include "epub/piece.h"

#include "base/keeper.h"
#include "epub/faces.h"
#include "epub/page_list.h"

#include <string.h>

/* The head of what is kept; the characters and then the markup come right after. */
struct piece {
  size_t shown_count, length;
  bool has_svg, ends_in_text;
};

/* --- the key ------------------------------------------------------------------------------ */

void book_settle(struct book *book) {
  const struct edition *edition = book->edition;
  struct epub_cache *cache = book->cache;
  struct buffer *key = &cache->key;
  buffer_clear(key);
  key_add_text(key, "setting");
  key_add_number(key, (uintptr_t)edition->maker);
  key_add_number(key, (uintptr_t)book->options->theme);
  key_add_number(key, book->options->repertoire ? book->options->repertoire->number : 0);
  key_add_number(key, book->options->fonts);
  key_add_number(key, edition->mode);
  key_add_text(key, edition->title);
  key_add_text(key, book->title_language);
  for (size_t i = 0; i < edition->language_count; i++) key_add_text(key, edition->languages[i]);
  const struct kept *kept = keeper_find(cache->pieces, key->data, key->length);
  if (!kept) {
    uint64_t number = ++cache->setting_count;
    kept = keeper_add(cache->pieces, key->data, key->length, &number, sizeof number);
  }
  memcpy(&book->setting, kept->value, sizeof book->setting);
}

struct buffer *piece_key(struct book *book, enum piece_kind kind, const struct markup *parent) {
  struct buffer *key = &book->cache->key;
  buffer_clear(key);
  key_add_number(key, book->setting);
  key_add_number(key, (uint64_t)kind << 1 | markup_ends_in_text(parent));
  key_add_text(key, markup_language(parent));
  return key;
}

/* Where links lead and what marks say, as inlines ask it of the book. */
static void add_reference(struct writer *writer, const struct node *node, struct buffer *key) {
  struct book *book = writer->book;
  if (node->kind == NODE_REFERENCE)
    key_add_text(key, book_address(book, node->target, writer->file));
  if (node->kind == NODE_LINK && node->target && node->target[0] == '#')
    key_add_text(key, book_address(book, node->target + 1, writer->file));
  if (node->kind != NODE_FOOTNOTE_MARK) return;
  const struct note *note = book_note(book, node->target);
  key_add_number(key, note ? 1u | (uint64_t)note->is_placed << 1 | (uint64_t)note->is_marked << 2 : 0);
  key_add_text(key, note ? note->footnote->number : NULL);
  key_add_text(key, book_address(book, node->target, writer->file));
}

static void add_references(struct writer *writer, const struct node *block, struct buffer *key) {
  struct walk walk = walk_start(block);
  while (walk_next(&walk))
    if (walk.entering) add_reference(writer, walk.node, key);
}

static void add_marker(const struct book *book, const struct marker *marker, size_t place,
                       struct buffer *key) {
  key_add_number(key, place);
  key_add_number(key, marker->offset);
  key_add_number(key, marker->page);
  key_add_text(key, book->options->starts[marker->page].label);
}

/* In one walk, for a list may run over hundreds of pages. False where a page has its marker
 * already. */
static bool add_pages(struct book *book, const struct node *block, struct buffer *key) {
  size_t left, place = 0;
  const struct marker *markers = page_list_block(book, block, &left), *end = markers + left;
  key_add_number(key, left);
  for (const struct marker *at = markers; at < end; at++)
    if (book->marker_files[at->page]) return false;
  struct walk walk = walk_start(block);
  while (left > 0 && walk_next(&walk)) {
    if (!walk.entering) continue;
    size_t here;
    const struct marker *at = page_list_markers(book, walk.node, &here);
    if (at < markers || at >= end) here = 0;
    for (size_t i = 0; i < here; i++) add_marker(book, at + i, place, key);
    left -= here;
    place++;
  }
  return true;
}

/* False where the block cannot be kept. */
static bool make_key(struct writer *writer, const struct node *block) {
  const struct likeness *likeness = block->likeness;
  uint64_t kinds = likeness->kinds;
  if (block->kind != NODE_FOOTNOTE && kinds & KIND_BIT(NODE_FOOTNOTE)) return false;
  if (kinds & KIND_BIT(NODE_IMAGE)) return false;
  struct buffer *key = piece_key(writer->book, PIECE_BLOCK, writer->current);
  key_add_number(key, likeness->number);
  key_add_number(key, writer->note != NULL);
  key_add_text(key, node_language(block->parent));
  if (kinds & (KIND_BIT(NODE_LINK) | KIND_BIT(NODE_REFERENCE) | KIND_BIT(NODE_FOOTNOTE_MARK)))
    add_references(writer, block, key);
  return add_pages(writer->book, block, key);
}

/* --- keeping ------------------------------------------------------------------------------- */

static const struct piece *find(struct epub_cache *cache) {
  const struct kept *kept = keeper_find(cache->pieces, cache->key.data, cache->key.length);
  return kept ? kept->value : NULL;
}

static const struct shown *shown_in(const struct piece *piece) {
  return (const struct shown *)(piece + 1);
}

static void add(struct markup *parent, const struct piece *piece) {
  const char *bytes = (const char *)(shown_in(piece) + piece->shown_count);
  markup_add_written(parent, bytes, piece->length, piece->ends_in_text);
}

/* What was written below `part`, with the characters that it shows. */
static const struct piece *keep(struct epub_cache *cache, const struct markup *part, bool has_svg,
                                const struct shown *shown, size_t shown_count) {
  struct buffer *value = &cache->value;
  struct piece piece = {.shown_count = shown_count,
                        .has_svg = has_svg,
                        .ends_in_text = markup_ends_in_text(part)};
  buffer_clear(value);
  buffer_append(value, &piece, sizeof piece);
  buffer_append(value, shown, shown_count * sizeof *shown);
  size_t start = value->length;
  markup_write_part(cache->writer, part, value);
  piece.length = value->length - start;
  memcpy(value->data, &piece, sizeof piece);
  return keeper_add(cache->pieces, cache->key.data, cache->key.length, value->data, value->length)
      ->value;
}

struct markup *piece_open(struct book *book, struct markup *parent, bool keeps) {
  if (!keeps) return parent;
  const struct piece *piece = find(book->cache);
  if (!piece) return markup_new_part(parent);
  add(parent, piece);
  return NULL;
}

void piece_close(struct book *book, struct markup *parent, struct markup *part) {
  if (part != parent) add(parent, keep(book->cache, part, false, NULL, 0));
}

/* --- blocks --------------------------------------------------------------------------------- */

static size_t told(const struct book *book) {
  return messages_errors(book->messages) + messages_warnings(book->messages);
}

static bool has_its_pages(const struct book *book, const struct node *block) {
  size_t count;
  const struct marker *markers = page_list_block(book, block, &count);
  for (size_t i = 0; i < count; i++)
    if (!book->marker_files[markers[i].page]) return false;
  return true;
}

static void write_and_keep(struct writer *writer, const struct node *block) {
  struct book *book = writer->book;
  struct markup *parent = writer->current, *part = markup_new_part(parent);
  size_t before = told(book);
  bool had_svg = writer->has_svg;
  writer->current = part;
  writer->has_svg = false;
  block_write_whole(writer, block);
  faces_note_block(book->faces, block);
  if (told(book) == before && has_its_pages(book, block))
    add(parent, keep(book->cache, part, writer->has_svg, book->faces->shown,
                     book->faces->shown_count));
  else markup_move_part(parent, part);
  writer->current = parent;
  writer->has_svg |= had_svg;
}

/* What writing the block anew would have left in the book. */
static void replay(struct writer *writer, const struct node *block, const struct piece *piece) {
  struct book *book = writer->book;
  size_t count;
  const struct marker *markers = page_list_block(book, block, &count);
  for (size_t i = 0; i < count; i++) book->marker_files[markers[i].page] = writer->file;
  faces_note_shown(book->faces, shown_in(piece), piece->shown_count);
  writer->note = NULL;
  writer->has_svg |= piece->has_svg;
  book->has_figures |= piece->has_svg;
  if (!(block->likeness->kinds & KIND_BIT(NODE_FOOTNOTE_MARK))) return;
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    struct note *note =
        walk.node->kind == NODE_FOOTNOTE_MARK ? book_note(book, walk.node->target) : NULL;
    if (note && note->is_placed) note->is_marked = true;
  }
}

void piece_write(struct writer *writer, const struct node *block) {
  if (!make_key(writer, block)) {
    block_write_whole(writer, block);
    faces_note_block(writer->book->faces, block);
    return;
  }
  const struct piece *piece = find(writer->book->cache);
  if (!piece) {
    write_and_keep(writer, block);
    return;
  }
  replay(writer, block, piece);
  add(writer->current, piece);
}
