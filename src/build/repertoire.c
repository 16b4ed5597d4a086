/* Faces for many readers. All who read the guide in the same languages and faces share
 * what is cut to everything that the guide could say to any of them; so a handout's faces
 * depend on the guide and on its own record, never on who else is in the batch.
 *
 *   guide, languages, faces of the theme ──whole edition──▶ pages ──▶ faces of PDF and EPUB
 *
 * The looks in which the whole edition is laid out are the theme's first style that has
 * these faces, on A4, whatever reader came first. */
#include "build/builder.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* Kept at most: each takes about two megabytes. */
#define KEPT 12

/* Of a guide that count here: as many as a number has bits. */
#define LANGUAGES 64

static bool same_faces(const struct theme *one, const struct theme *other) {
  for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
    for (size_t w = 0; w < THEME_WEIGHT_COUNT; w++) {
      if (memcmp(one->texts[i].fonts[w].faces, other->texts[i].fonts[w].faces,
                 sizeof one->texts[i].fonts[w].faces) != 0)
        return false;
    }
  }
  return true;
}

/* The edition's languages, as bits in the order of the guide's. */
static uint64_t languages_of(const struct guide *guide, const struct edition *edition) {
  uint64_t bits = 0;
  for (size_t i = 0; i < guide->language_count && i < LANGUAGES; i++)
    if (language_is_among(guide->languages[i], edition->languages, edition->language_count))
      bits |= (uint64_t)1 << i;
  return bits;
}

static const struct theme *first_with_faces(struct builder *builder, const char *name,
                                            const struct theme *theme, struct messages *messages) {
  for (enum style style = STYLE_STANDARD; style < STYLE_COUNT; style++) {
    const struct theme *first = builder_theme(builder, name, style, PAPER_A4, messages);
    if (first && same_faces(first, theme)) return first;
  }
  return NULL;
}

/* A reader of these languages, the one of that number first. */
static struct reader *anyone(const struct guide *guide, uint64_t languages, size_t first) {
  struct reader *reader = reader_new_anonymous(guide);
  size_t count = guide->language_count;
  reader->languages = arena_alloc_array(reader->arena, count + 1, sizeof *reader->languages);
  reader->language_count = 0;
  for (size_t i = 0; i < count; i++) {
    size_t number = (first + i) % count;
    if (number < LANGUAGES && languages >> number & 1)
      reader->languages[reader->language_count++] = guide->languages[number];
  }
  reader->mode = reader->language_count > 1 ? MODE_INTERLEAVED : MODE_SINGLE;
  return reader;
}

/* The whole editions: one for each language that may be the main one. */
struct wholes {
  struct reader **readers;
  struct edition **editions;
  struct pages **pages;
  size_t count;
  bool good;
};

static void add_whole(struct builder *builder, struct wholes *wholes, struct reader *reader,
                      const struct theme *theme, struct messages *messages) {
  struct edition *edition = edition_make_whole(builder->maker, reader, messages);
  struct pages *pages =
      edition ? pages_new(edition, theme, builder->engine, builder->pages, messages) : NULL;
  wholes->readers[wholes->count] = reader;
  wholes->editions[wholes->count] = edition;
  wholes->pages[wholes->count++] = pages;
  wholes->good = wholes->good && pages;
}

static struct wholes make_wholes(struct builder *builder, uint64_t languages,
                                 const struct theme *theme, struct messages *messages) {
  size_t room = builder->guide->language_count + 1;
  struct wholes wholes = {.readers = memory_alloc(room * sizeof *wholes.readers),
                          .editions = memory_alloc(room * sizeof *wholes.editions),
                          .pages = memory_alloc(room * sizeof *wholes.pages),
                          .good = true};
  for (size_t i = 0; i < builder->guide->language_count && i < LANGUAGES; i++) {
    if (languages >> i & 1)
      add_whole(builder, &wholes, anyone(builder->guide, languages, i), theme, messages);
  }
  return wholes;
}

static void wholes_finish(struct wholes *wholes) {
  for (size_t i = 0; i < wholes->count; i++) {
    pages_free(wholes->pages[i]);
    edition_free(wholes->editions[i]);
    reader_free(wholes->readers[i]);
  }
  free(wholes->pages);
  free(wholes->editions);
  free(wholes->readers);
}

static void cut_faces(struct builder *builder, struct set_repertoire *set,
                      struct messages *messages) {
  struct epub_options options = {.theme = set->faces, .fonts = EPUB_FONTS_SUBSET};
  struct wholes wholes = make_wholes(builder, set->languages, set->faces, messages);
  if (wholes.good && wholes.count) {
    set->pdf = pdf_repertoire_new(wholes.pages, wholes.count, builder->pdf, messages);
    set->epub = epub_repertoire_new(wholes.editions, wholes.count, &options, builder->epub,
                                    messages);
  }
  wholes_finish(&wholes);
}

void set_repertoire_free(struct set_repertoire *set) {
  if (!set) return;
  pdf_repertoire_free(set->pdf);
  epub_repertoire_free(set->epub);
  free(set->theme);
  free(set);
}

static struct set_repertoire *make(struct builder *builder, const struct draft *draft,
                                   uint64_t languages) {
  struct set_repertoire *set = memory_alloc(sizeof *set);
  struct messages *silent = messages_new_silent();
  size_t size = strlen(draft->theme_name) + 1;
  set->theme = memcpy(memory_alloc(size), draft->theme_name, size);
  set->faces = first_with_faces(builder, set->theme, draft->theme, silent);
  set->languages = languages;
  if (set->faces) cut_faces(builder, set, silent);
  memory_return();
  messages_free(silent);
  return set;
}

/* The newest stand first; the one that has not been asked for longest goes. */
static void drop_last(struct builder *builder) {
  struct set_repertoire **at = &builder->repertoires;
  for (size_t i = 0; *at && i < KEPT; i++) at = &(*at)->next;
  while (*at) {
    struct set_repertoire *dropped = *at;
    *at = dropped->next;
    set_repertoire_free(dropped);
  }
}

const struct set_repertoire *builder_repertoire(struct builder *builder,
                                                const struct draft *draft) {
  static const struct set_repertoire none = {0};
  if (!builder->many) return &none;
  uint64_t languages = languages_of(builder->guide, draft->edition);
  struct set_repertoire **at = &builder->repertoires, *set;
  for (; (set = *at); at = &set->next) {
    if (set->languages == languages && set->faces && strcmp(set->theme, draft->theme_name) == 0 &&
        same_faces(set->faces, draft->theme))
      break;
  }
  if (set) *at = set->next;
  else set = make(builder, draft, languages);
  set->next = builder->repertoires;
  builder->repertoires = set;
  drop_last(builder);
  return set;
}
