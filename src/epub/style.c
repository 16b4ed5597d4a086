/* The style sheet: assets/book.css, then the theme's own measures, each as a ratio to
 * the theme's body size, because the size itself is the reader's. Colours stay out:
 * a reading system has its own for day and night (C15). */
#include "epub/writer.h"

#include "base/assets.h"

#include <string.h>

/* A length as a part of another, to three places: "1.333em". */
static void put_ratio(struct buffer *out, const char *property, mpt part, mpt whole) {
  if (whole <= 0) return;
  long long per_mille = ((long long)part * 1000 + whole / 2) / whole;
  buffer_printf(out, "  %s: %lld.%03lldem;\n", property, per_mille / 1000, per_mille % 1000);
}

/* On a small screen a heading may not be much larger than the text. */
#define LARGEST_HEADING 2

/* The distance of lines, as a factor of the size. */
static void put_leading(struct buffer *out, const struct theme_text *text) {
  if (text->size <= 0) return;
  long long percent = ((long long)text->leading * 100 + text->size / 2) / text->size;
  buffer_printf(out, "  line-height: %lld.%02lld;\n", percent / 100, percent % 100);
}

static void put_heading(struct buffer *out, const struct theme *theme, enum theme_role role,
                        const char *selector) {
  const struct theme_text *text = &theme->texts[role];
  buffer_printf(out, "%s {\n", selector);
  mpt body = theme->texts[THEME_BODY].size;
  put_ratio(out, "font-size",
            text->size < LARGEST_HEADING * body ? text->size : LARGEST_HEADING * body, body);
  put_ratio(out, "margin-bottom", text->space_after, text->size);
  buffer_append_text(out, "}\n");
}

static const struct {
  enum theme_role role;
  const char *selector;
} headings[] = {
    {THEME_HEADING_1, "h1"},         {THEME_HEADING_2, "h2"},         {THEME_HEADING_3, "h3"},
    {THEME_HEADING_4, "h4, h5, h6"}, {THEME_TITLE, ".title-page h1"},
};

static const char *const alignments[] = {
    [ALIGN_START] = "left",
    [ALIGN_JUSTIFY] = "justify",
    [ALIGN_CENTRE] = "center",
    [ALIGN_END] = "right",
};

static void put_theme(struct buffer *out, const struct theme *theme) {
  const struct theme_text *body = &theme->texts[THEME_BODY];
  buffer_append_text(out, "\n/* the theme */\n");
  buffer_append_text(out, "body {\n");
  put_leading(out, body);
  buffer_append_text(out, "}\np {\n");
  put_ratio(out, "text-indent", body->latin_indent, body->size);
  put_ratio(out, "margin-bottom", body->space_after, body->size);
  buffer_append_text(out, "}\np:lang(zh) {\n");
  put_ratio(out, "text-indent", body->han_indent, body->size);
  buffer_printf(out, "  text-align: %s;\n}\n", alignments[body->alignment]);
  if (!body->hyphenate)
    buffer_append_text(
        out, "p:lang(en) { -epub-hyphens: none; -webkit-hyphens: none; hyphens: none; }\n");
  const struct face *emphasis = body->fonts[THEME_EMPHASIS].faces[FONT_SCRIPT_LATIN][0];
  if (emphasis && !emphasis->italic_angle)
    buffer_append_text(out, "em { font-style: normal; font-weight: bold; }\n");
  if (!body->emphasis_dots)
    buffer_append_text(
        out, "em:lang(zh) { -epub-text-emphasis-style: none; -webkit-text-emphasis-style: "
             "none; text-emphasis-style: none; font-weight: bold; }\n");
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
    put_heading(out, theme, headings[i].role, headings[i].selector);
}

static const struct source *own_sheet(struct epub_cache *cache, struct messages *messages) {
  if (!cache->sheet)
    cache->sheet =
        source_load(cache->arena, asset_path(cache->arena, "book.css"), LIMIT_FILE, messages);
  return cache->sheet;
}

bool style_write(struct book *book) {
  const struct source *sheet = own_sheet(book->cache, book->messages);
  if (!sheet) return false;
  struct resource resource = {
      .id = "style", .file = "book.css", .media_type = "text/css", .place = RESOURCE_ASIDE, .kind = ARCHIVE_SHARED};
  buffer_append(&resource.bytes, sheet->text, sheet->length);
  if (book->options->theme) put_theme(&resource.bytes, book->options->theme);
  bool good = faces_write(book, &resource.bytes);
  book_add(book, resource);
  return good;
}
