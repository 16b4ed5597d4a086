/* The plan of a book, made in one walk over the edition before anything is written:
 * links may point forward, and the contents come first in the spine. Look-ups are
 * binary searches in sorted arrays, so a guide of any size costs n log n. */
#include "epub/book.h"

#include "base/utf8.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

/* --- ids ---------------------------------------------------------------------- */

static bool is_own_form(const char *id) {
  static const char *const prefixes[] = {"page.", "mark.", "id."};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
    if (strncmp(id, prefixes[i], strlen(prefixes[i])) == 0) return true;
  return false;
}

const char *book_id(struct book *book, const char *id) {
  if (!id) return NULL;
  if (!is_own_form(id) && xmlValidateNCName((const xmlChar *)id, 0) == 0) return id;
  struct buffer spelled = {0};
  buffer_append_text(&spelled, "id.");
  for (const char *byte = id; *byte; byte++) {
    if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", *byte))
      buffer_append_byte(&spelled, *byte);
    else buffer_printf(&spelled, "_%02X", (unsigned char)*byte);
  }
  return buffer_take(&spelled, book->arena);
}

static int compare_anchors(const void *a, const void *b) {
  const struct anchor *first = a, *second = b;
  return strcmp(first->id, second->id);
}

const char *book_address(struct book *book, const char *id, const char *from_file) {
  if (!id || !book->anchor_count) return NULL;
  const struct anchor key = {.id = id};
  const struct anchor *anchor =
      bsearch(&key, book->anchors, book->anchor_count, sizeof key, compare_anchors);
  if (!anchor) return NULL;
  const char *file = book->chapters[anchor->chapter].file;
  if (strcmp(file, from_file) == 0) file = "";
  return arena_printf(book->arena, "%s#%s", file, book_id(book, id));
}

static void note_anchor(struct book *book, const char *id, size_t chapter) {
  book->anchors =
      array_reserve(book->anchors, book->anchor_count, &book->anchor_room, sizeof *book->anchors);
  book->anchors[book->anchor_count++] = (struct anchor){id, chapter};
}

/* --- chapters ------------------------------------------------------------------- */

static struct chapter *add_chapter(struct book *book, const struct node *first) {
  book->chapters = array_reserve(book->chapters, book->chapter_count, &book->chapter_room,
                                 sizeof *book->chapters);
  struct chapter *chapter = &book->chapters[book->chapter_count++];
  *chapter = (struct chapter){.first = first, .root = first->parent};
  chapter->is_introduction = first->kind != NODE_SECTION;
  chapter->file = chapter->is_introduction
                      ? "introduction.xhtml"
                      : arena_printf(book->arena, "chapter-%03zu.xhtml", book->chapter_count);
  return chapter;
}

/* Blocks that show nothing where they stand do not make a chapter. */
static bool is_silent(const struct node *node) {
  return node->kind == NODE_FOOTNOTE || node->kind == NODE_PAGE_BREAK;
}

/* About as many bytes as it will have in XHTML, of which reading systems want no more
 * than some hundred thousand in a document. */
#define LARGEST_CHAPTER 160000
#define MARKUP_SIZE     30

static size_t size_of(const struct node *block) {
  size_t nodes = 0, length = 0;
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    const struct likeness *likeness = walk.node->likeness;
    if (!walk.entering) continue;
    nodes += likeness ? likeness->node_count : 1;
    if (likeness) length += likeness->text_length;
    else if (walk.node->text) length += strlen(walk.node->text);
    if (likeness) walk_skip(&walk);
  }
  return MARKUP_SIZE * nodes + length;
}

/* Between a heading and what it stands over nothing is cut. */
static bool follows_heading(const struct node *block) {
  return block->previous && block->previous->kind == NODE_HEADING;
}

/* Chapters of the blocks from `first` up to `end`: one, if they are not too large; of a
 * section in them that is too large itself, some of its own. */
static void cut_blocks(struct book *book, const struct node *section, const struct node *first,
                       const struct node *end) {
  struct chapter *chapter = NULL;
  size_t size = 0;
  for (const struct node *node = first; node != end; node = node->next) {
    if (node != first && is_silent(node)) continue;
    size_t more = size_of(node);
    bool is_continued = node != first;
    if (section && node->kind == NODE_SECTION && more > LARGEST_CHAPTER) {
      if (chapter) chapter->end = node;
      chapter = NULL;
      cut_blocks(book, node, node->first, NULL);
      continue;
    }
    if (!chapter || (size + more > LARGEST_CHAPTER && !follows_heading(node))) {
      if (chapter) chapter->end = node;
      chapter = add_chapter(book, section ? section : node);
      chapter->section = section;
      chapter->first = node;
      chapter->end = end;
      chapter->is_continued = is_continued;
      size = 0;
    }
    size += more;
  }
}

/* An author's division around chapters, for one condition: it shows nothing of its own. One
 * that can be gone to stays whole. */
static bool holds_chapters(const struct node *node) {
  if (node->kind != NODE_DIVISION || node->id) return false;
  const struct node *child = node->first;
  while (child && child->kind != NODE_SECTION && !holds_chapters(child)) child = child->next;
  return child != NULL;
}

/* The blocks that belong to a section's chapter: those up to the next section. */
static const struct node *chapter_end(const struct node *first) {
  const struct node *end = first->next;
  while (end && end->kind != NODE_SECTION && !holds_chapters(end)) end = end->next;
  return end;
}

/* One chapter for each section below `root`; the languages of a sequential edition
 * have the whole guide each. */
static void cut_into_chapters(struct book *book, const struct node *root) {
  const struct node *node = root->first;
  while (node && is_silent(node)) node = node->next;
  while (node) {
    const struct node *end = chapter_end(node);
    if (holds_chapters(node)) {
      cut_into_chapters(book, node);
      end = node->next;
    } else if (node->kind == NODE_SECTION && size_of(node) > LARGEST_CHAPTER) {
      cut_blocks(book, node, node->first, NULL);
      end = node->next;
    } else {
      cut_blocks(book, NULL, node, end);
    }
    node = end;
    while (node && is_silent(node)) node = node->next;
  }
}

static bool is_whole_guide(const struct node *node) {
  return node->kind == NODE_DIVISION && node_has_class(node, "language");
}

/* An author may give the class to a division of his own. */
static bool is_in_parts(const struct node *root) {
  for (const struct node *part = root->first; part; part = part->next)
    if (!is_whole_guide(part)) return false;
  return true;
}

static void find_chapters(struct book *book) {
  const struct node *root = book->edition->root;
  if (!is_in_parts(root)) {
    cut_into_chapters(book, root);
    return;
  }
  for (const struct node *part = root->first; part; part = part->next) cut_into_chapters(book, part);
}

/* Two introductions (of two languages) need two names. */
static void name_introductions(struct book *book) {
  size_t count = 0;
  for (size_t i = 0; i < book->chapter_count; i++)
    if (book->chapters[i].is_introduction && count++)
      book->chapters[i].file = arena_printf(book->arena, "introduction-%zu.xhtml", count);
}

/* --- notes ------------------------------------------------------------------------ */

static int compare_notes(const void *a, const void *b) {
  const struct note *first = a, *second = b;
  return strcmp(first->footnote->id, second->footnote->id);
}

struct note *book_note(struct book *book, const char *id) {
  if (!id || !book->note_count) return NULL;
  const struct node wanted = {.id = id};
  const struct note key = {.footnote = &wanted};
  return bsearch(&key, book->notes, book->note_count, sizeof key, compare_notes);
}

static void collect_footnote(struct book *book, const struct node *node) {
  book->notes = array_reserve(book->notes, book->note_count, &book->note_room, sizeof *book->notes);
  book->notes[book->note_count++] = (struct note){.footnote = node};
}

static void place_note(struct book *book, const struct node *mark, size_t chapter) {
  struct note *note = book_note(book, mark->target);
  if (!note || note->is_placed) return;
  note->is_placed = true;
  note->chapter = chapter;
  book->placed_notes = array_reserve(book->placed_notes, book->placed_count, &book->placed_room,
                                     sizeof *book->placed_notes);
  book->placed_notes[book->placed_count++] = note;
}

/* --- the walk ------------------------------------------------------------------------ */

static void collect_ids(struct book *book, const struct node *block, size_t chapter) {
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    if (walk.node->id) note_anchor(book, walk.node->id, chapter);
  }
}

/* The book's languages as bits of a likeness. */
static uint64_t language_bits(const struct book *book) {
  const struct guide *guide = book->edition->guide;
  uint64_t bits = 0;
  for (size_t i = 0; i < guide->language_count && i < LIKENESS_OTHER_LANGUAGE; i++)
    for (size_t j = 0; j < book->language_count; j++)
      if (strcmp(guide->languages[i], book->languages[j]) == 0) bits |= (uint64_t)1 << i;
  return bits;
}

static void note_language(struct book *book, const char *language) {
  if (language_is_among(language, book->languages, book->language_count)) return;
  book->languages = array_reserve(book->languages, book->language_count, &book->language_room,
                                  sizeof *book->languages);
  book->languages[book->language_count++] = language;
}

static void collect_notes_and_languages(struct book *book) {
  note_language(book, book->language);
  for (size_t i = 0; i < book->edition->language_count; i++)
    note_language(book, book->edition->languages[i]);
  if (book->edition->author) note_language(book, book_text_language(book, book->edition->author));
  if (book->edition->reader->name)
    note_language(book, book_text_language(book, book->edition->reader->name));
  uint64_t known = language_bits(book);
  struct walk walk = walk_start(book->edition->root);
  while (walk_next(&walk)) {
    const struct likeness *likeness = walk.node->likeness;
    if (!walk.entering) continue;
    if (likeness && !(likeness->languages & ~known) && !(likeness->kinds & KIND_BIT(NODE_FOOTNOTE))) {
      walk_skip(&walk);
      continue;
    }
    if (walk.node->language) note_language(book, walk.node->language);
    if (walk.node->kind == NODE_FOOTNOTE && walk.node->id) collect_footnote(book, walk.node);
  }
  if (book->note_count) qsort(book->notes, book->note_count, sizeof *book->notes, compare_notes);
}

/* The ids and marks of a chapter's own blocks; footnotes are left for later. */
static void read_chapter(struct book *book, size_t index) {
  const struct chapter *chapter = &book->chapters[index];
  if (chapter->section && !chapter->is_continued) note_anchor(book, chapter->section->id, index);
  for (const struct node *block = chapter->first; block != chapter->end; block = block->next) {
    struct walk walk = walk_start(block);
    while (walk_next(&walk)) {
      if (!walk.entering) continue;
      if (walk.node->kind == NODE_FOOTNOTE) walk_skip(&walk);
      else if (walk.node->id) note_anchor(book, walk.node->id, index);
      if (walk.node->kind == NODE_FOOTNOTE_MARK) place_note(book, walk.node, index);
      const struct likeness *likeness = walk.node->likeness;
      if (likeness && !likeness->holds_ids && !(likeness->kinds & KIND_BIT(NODE_FOOTNOTE_MARK)))
        walk_skip(&walk);
    }
  }
}

static void read_chapters(struct book *book) {
  collect_notes_and_languages(book);
  for (size_t i = 0; i < book->chapter_count; i++) read_chapter(book, i);
  for (size_t i = 0; i < book->placed_count; i++)
    collect_ids(book, book->placed_notes[i]->footnote, book->placed_notes[i]->chapter);
  if (book->anchor_count)
    qsort(book->anchors, book->anchor_count, sizeof *book->anchors, compare_anchors);
}

/* --- a book --------------------------------------------------------------------------- */

void book_init(struct book *book, const struct edition *edition, const struct epub_options *options,
               struct messages *messages) {
  *book = (struct book){.edition = edition, .options = options, .messages = messages};
  book->arena = arena_new();
  book->language = edition->language_count ? edition->languages[0] : "en";
  book->title_language = edition->titles && strcmp(edition->titles->text, edition->title) == 0
                             ? edition->titles->language
                             : book_text_language(book, edition->title);
  find_chapters(book);
  name_introductions(book);
  read_chapters(book);
}

void book_finish(struct book *book) {
  for (size_t i = 0; i < book->resource_count; i++) buffer_finish(&book->resources[i].bytes);
  free(book->resources);
  free(book->drawn);
  free(book->languages);
  free(book->chapters);
  free(book->anchors);
  free(book->notes);
  free(book->placed_notes);
  free(book->markers);
  free(book->marker_files);
  arena_free(book->arena);
}

void book_add(struct book *book, struct resource resource) {
  book->resources = array_reserve(book->resources, book->resource_count, &book->resource_room,
                                  sizeof *book->resources);
  book->resources[book->resource_count++] = resource;
}

void book_note_text(struct book *book, const char *text, const char *language, bool strong) {
  book->drawn =
      array_reserve(book->drawn, book->drawn_count, &book->drawn_room, sizeof *book->drawn);
  book->drawn[book->drawn_count++] = (struct drawn_text){text, language, strong};
}

/* --- texts ------------------------------------------------------------------------------ */

const struct node *section_heading(const struct node *section) {
  for (const struct node *node = section->first; node; node = node->next)
    if (node->kind == NODE_HEADING) return node;
  return NULL;
}

const char *book_heading_text(struct book *book, const struct node *heading) {
  const char *text = heading->first ? node_text(book->arena, heading->first) : "";
  return heading->number ? arena_printf(book->arena, "%s %s", heading->number, text) : text;
}

/* CJK ideographs, with their first extension; kana and the marks of Chinese text come
 * with them. */
static bool is_han(uint32_t character) {
  return (character >= 0x3400 && character <= 0x9FFF) ||
         (character >= 0x20000 && character <= 0x3FFFF);
}

static bool is_chinese(const char *language) {
  return strncmp(language, "zh", 2) == 0;
}

/* A name in Han characters may be Japanese or Korean as well; one without is not Chinese. */
static bool may_be_in(const char *language, bool has_han) {
  if (!has_han) return !is_chinese(language);
  return is_chinese(language) || strncmp(language, "ja", 2) == 0 || strncmp(language, "ko", 2) == 0;
}

const char *book_text_language(const struct book *book, const char *text) {
  bool has_han = false;
  size_t length = strlen(text);
  for (size_t i = 0, step; i < length && !has_han; i += step)
    has_han = is_han(utf8_decode(text + i, length - i, &step));
  if (may_be_in(book->language, has_han)) return book->language;
  const struct guide *guide = book->edition->guide;
  for (size_t i = 0; i < guide->language_count; i++)
    if (may_be_in(guide->languages[i], has_han)) return guide->languages[i];
  return has_han ? "zh" : book->language;
}
