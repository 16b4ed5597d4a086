/* The steps in order: reader → edition → theme → pages → PDF, and the same edition
 * with the pages' starts → EPUB. Both outputs are finished in memory before anything
 * is written, so that a mistake in one leaves no half of a pair behind. */
#include "build/builder.h"

#include "base/arena.h"
#include "edition/edition.h"
#include "figure/figure.h"
#include "raster/raster.h"

#include <stdlib.h>
#include <string.h>

/* The book's cover in pixels (C20). */
#define COVER_WIDTH 1600

struct builder *builder_new(const struct guide *guide, const struct font_options *fonts,
                            struct messages *messages) {
  struct builder *builder = memory_alloc(sizeof *builder);
  builder->arena = arena_new();
  builder->guide = guide;
  builder->fonts = font_library_new(fonts, messages);
  builder->pdf = pdf_cache_new();
  builder->epub = epub_cache_new();
  builder->maker = edition_maker_new(guide, messages);
  builder->engine = builder->fonts ? text_engine_new(messages) : NULL;
  builder->pages = pages_cache_new();
  if (builder->engine && builder->maker) return builder;
  builder_free(builder);
  return NULL;
}

void builder_free(struct builder *builder) {
  if (!builder) return;
  for (struct set_theme *set = builder->themes; set; set = set->next) theme_free(set->theme);
  for (struct set_cover *set = builder->covers; set; set = set->next) {
    buffer_finish(&set->look);
    buffer_finish(&set->png);
  }
  while (builder->repertoires) {
    struct set_repertoire *set = builder->repertoires;
    builder->repertoires = set->next;
    set_repertoire_free(set);
  }
  pdf_cache_free(builder->pdf);
  epub_cache_free(builder->epub);
  text_engine_free(builder->engine);
  pages_cache_free(builder->pages);
  edition_maker_free(builder->maker);
  font_library_free(builder->fonts);
  arena_free(builder->arena);
  free(builder);
}

bool builder_change_guide(struct builder *builder, const struct guide *guide,
                          struct messages *messages) {
  struct edition_maker *maker = edition_maker_new(guide, messages);
  if (!maker) return false;
  edition_maker_free(builder->maker);
  builder->maker = maker;
  builder->guide = guide;
  pages_cache_forget(builder->pages);
  epub_cache_forget(builder->epub);
  for (struct set_cover *set = builder->covers; set; set = set->next) set->current = false;
  return true;
}

void builder_for_print(struct builder *builder) {
  builder->print = true;
}

void builder_for_many(struct builder *builder) {
  builder->many = true;
  font_library_cut_often(builder->fonts);
}

void builder_warm(struct builder *builder) {
  static const struct build_request everything = {.pdf = true, .epub = true};
  struct reader *nobody = reader_new_anonymous(builder->guide);
  struct messages *silent = messages_new_silent();
  struct handout handout;
  builder_make(builder, nobody, &everything, &handout, silent);
  handout_finish(&handout);
  messages_free(silent);
  reader_free(nobody);
}

const struct theme *builder_theme(struct builder *builder, const char *name, enum style style,
                                  enum paper paper, struct messages *messages) {
  for (struct set_theme *set = builder->themes; set; set = set->next) {
    if (set->style == style && set->paper == paper && strcmp(set->name, name) == 0)
      return set->theme;
  }
  struct theme *theme = theme_load(name, style, paper, builder->fonts, messages);
  if (!theme) return NULL;
  if (builder->print) theme_set_print(theme);
  struct set_theme *set = arena_alloc(builder->arena, sizeof *set);
  *set = (struct set_theme){.name = arena_strdup(builder->arena, name),
                            .style = style,
                            .paper = paper,
                            .theme = theme,
                            .next = builder->themes};
  builder->themes = set;
  return theme;
}

static bool same_languages(const struct set_cover *set, const struct edition *edition) {
  bool same = set->language_count == edition->language_count;
  for (size_t i = 0; same && i < set->language_count; i++)
    same = strcmp(set->languages[i], edition->languages[i]) == 0;
  return same;
}

static void keep_languages(struct builder *builder, struct set_cover *set,
                           const struct edition *edition) {
  set->language_count = edition->language_count;
  set->languages = arena_alloc_array(builder->arena, set->language_count, sizeof *set->languages);
  for (size_t i = 0; i < set->language_count; i++)
    set->languages[i] = arena_strdup(builder->arena, edition->languages[i]);
}

static struct set_cover *cover_of(struct builder *builder, const struct edition *edition,
                                  const struct theme *theme) {
  for (struct set_cover *set = builder->covers; set; set = set->next) {
    if (set->theme == theme && same_languages(set, edition)) return set;
  }
  struct set_cover *set = arena_alloc(builder->arena, sizeof *set);
  set->theme = theme;
  keep_languages(builder, set, edition);
  set->next = builder->covers;
  builder->covers = set;
  return set;
}

static bool draw_cover(struct set_cover *set, const struct pages *pages,
                       struct messages *messages) {
  struct buffer look = {0};
  pages_dump(pages, &look);
  bool same = set->png.length && look.length == set->look.length &&
              memcmp(look.data, set->look.data, look.length) == 0;
  buffer_finish(&set->look);
  set->look = look;
  if (same) return true;
  buffer_clear(&set->png);
  return raster_write_png(&pages->pages[0], COVER_WIDTH, &set->png, messages);
}

static const struct buffer *find_cover(struct builder *builder, const struct edition *edition,
                                       const struct theme *theme, struct messages *messages) {
  struct set_cover *set = cover_of(builder, edition, theme);
  if (set->current) return &set->png;
  struct pages *pages = pages_new_cover(edition, theme, builder->engine, messages);
  if (!pages) return NULL;
  set->current = draw_cover(set, pages, messages);
  pages_free(pages);
  return set->current ? &set->png : NULL;
}

bool builder_draft(struct builder *builder, const struct reader *reader, const char *theme,
                   struct draft *draft, struct messages *messages) {
  pages_cache_trim(builder->pages, builder->engine);
  *draft = (struct draft){.edition = edition_make(builder->maker, reader, messages)};
  if (draft->edition) {
    draft->theme_name = theme ? theme : draft->edition->theme;
    draft->theme = builder_theme(builder, draft->theme_name, draft->edition->style,
                                 draft->edition->paper, messages);
  }
  if (draft->theme)
    draft->pages = pages_new(draft->edition, draft->theme, builder->engine, builder->pages, messages);
  if (!draft->pages) draft_finish(draft);
  return draft->pages != NULL;
}

void draft_finish(struct draft *draft) {
  pages_free(draft->pages);
  edition_free(draft->edition);
  *draft = (struct draft){0};
}

bool builder_write_pdf(struct builder *builder, const struct draft *draft, struct buffer *out,
                       struct messages *messages) {
  const struct set_repertoire *set = builder_repertoire(builder, draft);
  return pdf_write(draft->pages, set->pdf, builder->pdf, out, messages);
}

bool builder_write_epub(struct builder *builder, const struct draft *draft, enum epub_fonts fonts,
                        struct buffer *out, struct messages *messages) {
  const struct buffer *cover = find_cover(builder, draft->edition, draft->theme, messages);
  if (!cover) return false;
  struct epub_options options = {.starts = draft->pages->starts,
                                 .start_count = draft->pages->page_count,
                                 .theme = draft->theme,
                                 .cover = cover->data,
                                 .cover_length = cover->length,
                                 .fonts = fonts};
  if (fonts == EPUB_FONTS_SUBSET) options.repertoire = builder_repertoire(builder, draft)->epub;
  return epub_write(draft->edition, &options, builder->epub, out, messages);
}

bool builder_make(struct builder *builder, const struct reader *reader,
                  const struct build_request *request, struct handout *handout,
                  struct messages *messages) {
  *handout = (struct handout){0};
  struct draft draft;
  if (!builder_draft(builder, reader, request->theme, &draft, messages)) return false;
  handout->page_count = draft.pages->page_count;
  bool ok = !request->pdf || builder_write_pdf(builder, &draft, &handout->pdf, messages);
  enum epub_fonts fonts = request->epub_without_fonts ? EPUB_FONTS_NONE : EPUB_FONTS_SUBSET;
  if (ok && request->epub) ok = builder_write_epub(builder, &draft, fonts, &handout->epub, messages);
  draft_finish(&draft);
  if (!ok) handout_finish(handout);
  return ok;
}

void handout_finish(struct handout *handout) {
  buffer_finish(&handout->pdf);
  buffer_finish(&handout->epub);
  handout->page_count = 0;
}

void build_check(const struct guide *guide, const char *theme, const struct font_options *fonts,
                 struct messages *messages) {
  edition_maker_free(edition_maker_new(guide, messages));
  figures_check(guide, messages);
  survey_free(survey_new(guide, theme, fonts, messages));
}
