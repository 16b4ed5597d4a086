/* The theme's faces, cut to the characters that the book shows in them (C16).
 *
 * A face is named in CSS by its own family, and the order of families differs by language,
 * so that marks that Latin and Chinese share (quotes, dashes) come from the face of the
 * text around them. */
#include "epub/faces.h"

#include "base/keeper.h"
#include "epub/writer.h"

#include <stdlib.h>
#include <string.h>

/* --- files --------------------------------------------------------------------------------- */

static uint32_t *codepoints_of(const struct characters *set) {
  uint32_t *codepoints = memory_alloc(set->count * sizeof *codepoints);
  size_t count = 0;
  for (uint32_t byte = 0; count < set->count; byte++)
    for (uint32_t bits = set->bits[byte], bit = 0; bits; bits >>= 1, bit++)
      if (bits & 1) codepoints[count++] = 8 * byte + bit;
  return codepoints;
}

static bool cut(const struct usage *usage, struct book *book, struct buffer *out) {
  uint32_t *codepoints = codepoints_of(&usage->own);
  bool good = face_subset(usage->face, codepoints, usage->own.count, out);
  free(codepoints);
  if (!good)
    message_error(book->messages, NULL, "face-subset", "the face '%s' cannot be cut for the book",
                  usage->face->postscript_name);
  return good;
}

/* Not the number of a setting, with which the keys of pieces begin. */
#define FACE_KEY 0

/* The face's own file, deflated: names have few characters that no other book has. */
static bool cut_once(const struct usage *usage, struct book *book, struct packed *packed) {
  struct epub_cache *cache = book->cache;
  struct buffer *key = &cache->key, *value = &cache->value, plain = {0};
  uint32_t *codepoints = codepoints_of(&usage->own);
  buffer_clear(key);
  key_add_number(key, FACE_KEY);
  key_add_number(key, (uintptr_t)usage->face);
  buffer_append(key, codepoints, usage->own.count * sizeof *codepoints);
  free(codepoints);
  const struct kept *kept = keeper_find(cache->pieces, key->data, key->length);
  if (!kept && cut(usage, book, &plain)) {
    buffer_clear(value);
    buffer_append(value, packed, sizeof *packed);
    *packed = packer_pack(cache->packer, plain.data, plain.length, PACK_SMALL, value);
    memcpy(value->data, packed, sizeof *packed);
    kept = keeper_add(cache->pieces, key->data, key->length, value->data, value->length);
  }
  buffer_finish(&plain);
  if (!kept) return false;
  memcpy(packed, kept->value, sizeof *packed);
  packed->bytes = (const char *)kept->value + sizeof *packed;
  return true;
}

static void add_file(struct book *book, const struct face *face, bool is_more,
                     struct packed packed, struct buffer *sheet) {
  struct resource resource = {.packed = packed, .place = RESOURCE_ASIDE};
  const char *ending = face->is_cff ? "otf" : "ttf";
  resource.id = arena_printf(book->arena, "face-%zu", ++book->face_count);
  resource.file = arena_printf(book->arena, "fonts/%s%s.%s", face->postscript_name,
                               is_more ? "-more" : "", ending);
  resource.media_type = face->is_cff ? "font/otf" : "font/ttf";
  resource.kind = is_more ? ARCHIVE_OWN : ARCHIVE_SHARED;
  book_add(book, resource);
  buffer_printf(sheet,
                "@font-face {\n  font-family: \"%s%s\";\n  font-weight: %d;\n  font-style: %s;\n"
                "  src: url(%s);\n}\n",
                face->family, is_more ? " More" : "", face->weight,
                face->slant == FONT_ITALIC ? "italic" : "normal", resource.file);
}

/* Beside a shared face, characters that it has not stand in a face of another family: then
 * a reading system finds them by the order of families, whatever else it knows. */
static bool add_faces(struct book *book, const struct usage *usage, struct buffer *sheet) {
  const struct face *face = usage->face;
  struct packed own = {0};
  if (usage->takes_shared)
    add_file(book, face, false, usage->shared->packed, sheet);
  if (usage->own.count == 0) return true;
  bool good = cut_once(usage, book, &own);
  add_file(book, face, usage->takes_shared, own, sheet);
  return good;
}

/* --- the style sheet's part ------------------------------------------------------------------ */

/* The family, where the book brings it; and what it brings beside it. */
static void put_family(const struct faces *faces, const char *family, struct buffer *out) {
  bool plain = false, more = false;
  for (size_t i = 0; i < faces->count; i++) {
    const struct usage *usage = &faces->list[i];
    if (strcmp(usage->face->family, family) != 0) continue;
    plain |= usage->takes_shared || usage->own.count;
    more |= usage->takes_shared && usage->own.count;
  }
  if (plain) buffer_printf(out, "\"%s\", ", family);
  if (more) buffer_printf(out, "\"%s More\", ", family);
}

/* The families of a style that the book brings, those of `first` before the others. */
static void put_families(const struct faces *faces, enum theme_role role, enum font_script first,
                         const char *generic, struct buffer *out) {
  const struct font_set *set = &faces->theme->texts[role].fonts[THEME_REGULAR];
  const char *seen[FONT_SCRIPT_COUNT * FONT_STACK_LIMIT];
  size_t seen_count = 0;
  buffer_append_text(out, "  font-family: ");
  for (int i = 0; i < FONT_SCRIPT_COUNT; i++) {
    int script = ((int)first + i) % FONT_SCRIPT_COUNT;
    for (size_t j = 0; j < FONT_STACK_LIMIT && set->faces[script][j]; j++) {
      const char *family = set->faces[script][j]->family;
      bool known = false;
      for (size_t k = 0; k < seen_count && !known; k++) known = strcmp(seen[k], family) == 0;
      if (known) continue;
      seen[seen_count++] = family;
      put_family(faces, family, out);
    }
  }
  buffer_printf(out, "%s;\n", generic);
}

#define HEADINGS(after) \
  "h1" after ", h2" after ", h3" after ", h4" after ", h5" after ", h6" after

/* Families are inherited, so they are said anew of whatever says its language: English in
 * a Chinese book takes its quotes from the Latin face. */
static const struct {
  const char *selector;
  enum theme_role role;
  enum font_script first;
  const char *generic;
} rules[] = {
    {"[lang], svg text", THEME_BODY, FONT_SCRIPT_LATIN, "serif"},
    {"[lang|=zh], svg text:lang(zh)", THEME_BODY, FONT_SCRIPT_HAN, "serif"},
    {HEADINGS("") ", " HEADINGS("[lang]") ", " HEADINGS(" [lang]"), THEME_HEADING_1,
     FONT_SCRIPT_LATIN, "sans-serif"},
    {HEADINGS(":lang(zh)") ", " HEADINGS(" [lang|=zh]"), THEME_HEADING_1, FONT_SCRIPT_HAN,
     "sans-serif"},
    {"code, code[lang]", THEME_CODE, FONT_SCRIPT_LATIN, "monospace"},
};

static int compare_usages(const void *a, const void *b) {
  const struct usage *first = a, *second = b;
  return strcmp(first->face->postscript_name, second->face->postscript_name);
}

static void sort_faces(struct faces *faces) {
  if (faces->count) qsort(faces->list, faces->count, sizeof *faces->list, compare_usages);
}

bool faces_write(struct book *book, struct buffer *sheet) {
  struct faces *faces = book->faces;
  if (!faces->theme) return true;
  faces_note_front(faces);
  sort_faces(faces);
  bool good = true;
  for (size_t i = 0; i < faces->count; i++)
    good = add_faces(book, &faces->list[i], sheet) && good;
  for (size_t i = 0; faces->count && i < sizeof rules / sizeof *rules; i++) {
    buffer_printf(sheet, "%s {\n", rules[i].selector);
    put_families(faces, rules[i].role, rules[i].first, rules[i].generic, sheet);
    buffer_append_text(sheet, "}\n");
  }
  return good;
}

/* --- faces for many books ------------------------------------------------------------------ */

static bool share(struct usage *usage, struct book *book, struct shared_face *shared) {
  struct buffer plain = {0};
  bool good = cut(usage, book, &plain);
  *shared = (struct shared_face){.face = usage->face, .characters = usage->own};
  usage->own = (struct characters){0}; /* taken over */
  if (good)
    shared->packed = packer_pack(book->cache->packer, plain.data, plain.length, PACK_SMALL,
                                 &shared->bytes);
  buffer_finish(&plain);
  return good;
}

struct epub_repertoire *faces_share(struct book *book) {
  struct epub_repertoire *repertoire = memory_alloc(sizeof *repertoire);
  struct faces *faces = book->faces;
  faces_note_ascii(faces);
  bool good = true;
  repertoire->number = ++book->cache->repertoire_count;
  repertoire->faces = memory_alloc((faces->count + 1) * sizeof *repertoire->faces);
  for (size_t i = 0; good && i < faces->count; i++)
    good = share(&faces->list[i], book, &repertoire->faces[repertoire->count++]);
  if (good) return repertoire;
  epub_repertoire_free(repertoire);
  return NULL;
}

void epub_repertoire_free(struct epub_repertoire *repertoire) {
  if (!repertoire) return;
  for (size_t i = 0; i < repertoire->count; i++) {
    free(repertoire->faces[i].characters.bits);
    buffer_finish(&repertoire->faces[i].bytes);
  }
  free(repertoire->faces);
  free(repertoire);
}
