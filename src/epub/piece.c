/* Blocks that are the same in many books: what libxml2 has written of a block is kept, with the
 * characters that it shows, and goes into the next book that asks for the same.
 *
 * The key is all that the markup of a block is made of: what the block holds (the number of
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

#define KIND(kind) ((uint64_t)1 << (kind))

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
  for (size_t i = 0; i < edition->language_count; i++) key_add_text(key, edition->languages[i]);
  const struct kept *kept = keeper_find(cache->pieces, key->data, key->length);
  if (!kept) {
    uint64_t number = ++cache->setting_count;
    kept = keeper_add(cache->pieces, key->data, key->length, &number, sizeof number);
  }
  memcpy(&book->setting, kept->value, sizeof book->setting);
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

/* How many nodes of the block come before. */
static size_t place_in(const struct node *block, const struct node *node) {
  size_t count = 0;
  struct walk walk = walk_start(block);
  while (walk_next(&walk) && walk.node != node) count += walk.entering;
  return count;
}

/* False where a page has its marker already. */
static bool add_pages(struct book *book, const struct node *block, struct buffer *key) {
  size_t count;
  const struct marker *markers = page_list_block(book, block, &count);
  key_add_number(key, count);
  for (size_t i = 0; i < count; i++) {
    if (book->marker_files[markers[i].page]) return false;
    key_add_number(key, place_in(block, markers[i].node));
    key_add_number(key, markers[i].offset);
    key_add_number(key, markers[i].page);
    key_add_text(key, book->options->starts[markers[i].page].label);
  }
  return true;
}

/* False where the block cannot be kept. */
static bool make_key(struct writer *writer, const struct node *block, struct buffer *key) {
  const struct likeness *likeness = block->likeness;
  uint64_t kinds = likeness->kinds;
  if (block->kind != NODE_FOOTNOTE && kinds & KIND(NODE_FOOTNOTE)) return false;
  if (kinds & KIND(NODE_IMAGE)) return false;
  buffer_clear(key);
  key_add_number(key, writer->book->setting);
  key_add_number(key, likeness->number);
  key_add_number(key, (uint64_t)markup_ends_in_text(writer->current) << 1 | (writer->note != NULL));
  key_add_text(key, markup_language(writer->current));
  key_add_text(key, node_language(block->parent));
  if (kinds & (KIND(NODE_LINK) | KIND(NODE_REFERENCE) | KIND(NODE_FOOTNOTE_MARK)))
    add_references(writer, block, key);
  return add_pages(writer->book, block, key);
}

/* --- writing ------------------------------------------------------------------------------- */

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

/* What was written below `part`, and the characters that it shows. */
static const struct kept *keep(struct book *book, const struct markup *part, bool has_svg) {
  struct epub_cache *cache = book->cache;
  struct buffer *value = &cache->value;
  struct piece piece = {.shown_count = book->faces->shown_count,
                        .has_svg = has_svg,
                        .ends_in_text = markup_ends_in_text(part)};
  buffer_clear(value);
  buffer_append(value, &piece, sizeof piece);
  buffer_append(value, book->faces->shown, piece.shown_count * sizeof *book->faces->shown);
  size_t start = value->length;
  markup_write_part(cache->writer, part, value);
  piece.length = value->length - start;
  memcpy(value->data, &piece, sizeof piece);
  return keeper_add(cache->pieces, cache->key.data, cache->key.length, value->data, value->length);
}

static const struct kept *write_and_keep(struct writer *writer, const struct node *block) {
  struct book *book = writer->book;
  struct markup *parent = writer->current, *part = markup_new_part(parent);
  size_t before = told(book);
  bool had_svg = writer->has_svg;
  const struct kept *kept = NULL;
  writer->current = part;
  writer->has_svg = false;
  block_write_whole(writer, block);
  faces_note_block(book->faces, block);
  if (told(book) == before && has_its_pages(book, block)) kept = keep(book, part, writer->has_svg);
  else markup_move_part(parent, part);
  writer->current = parent;
  writer->has_svg |= had_svg;
  return kept;
}

/* What writing the block anew would have left in the book. */
static void replay(struct writer *writer, const struct node *block, const struct piece *piece) {
  struct book *book = writer->book;
  size_t count;
  const struct marker *markers = page_list_block(book, block, &count);
  for (size_t i = 0; i < count; i++) book->marker_files[markers[i].page] = writer->file;
  faces_note_shown(book->faces, (const struct shown *)(piece + 1), piece->shown_count);
  writer->note = NULL;
  writer->has_svg |= piece->has_svg;
  book->has_figures |= piece->has_svg;
  if (!(block->likeness->kinds & KIND(NODE_FOOTNOTE_MARK))) return;
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    struct note *note =
        walk.node->kind == NODE_FOOTNOTE_MARK ? book_note(book, walk.node->target) : NULL;
    if (note && note->is_placed) note->is_marked = true;
  }
}

void piece_write(struct writer *writer, const struct node *block) {
  struct book *book = writer->book;
  struct epub_cache *cache = book->cache;
  if (!make_key(writer, block, &cache->key)) {
    block_write_whole(writer, block);
    faces_note_block(book->faces, block);
    return;
  }
  const struct kept *kept = keeper_find(cache->pieces, cache->key.data, cache->key.length);
  if (kept) replay(writer, block, kept->value);
  else kept = write_and_keep(writer, block);
  if (!kept) return;
  const struct piece *piece = kept->value;
  const char *bytes = (const char *)((const struct shown *)(piece + 1) + piece->shown_count);
  markup_add_written(writer->current, bytes, piece->length, piece->ends_in_text);
}
