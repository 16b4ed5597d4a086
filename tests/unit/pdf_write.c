/* Pages made by hand, through HarfBuzz alone, become a PDF. Here it is what the door
 * promises: the same pages, the same bytes. What is in them is for programs of others to
 * say: given a folder, the test leaves there what tests/pdf/check looks at, once by
 * our writer and once by libharu's. */
#include "check.h"

#include "pdf/serialise.h"
#include "pdf/write.h"
#include "pdf_sample.h"

#include <stdlib.h>

enum {
  DOCUMENT,
  TITLE,
  PARAGRAPH,
  LINK,
  CHINESE,
  WORDS,
  LIST,
  ITEM,
  LABEL,
  BODY,
  TABLE,
  HEAD,
  HEAD_ROW,
  CORNER,
  COLUMN,
  REST,
  ROW,
  SIDE,
  CELL,
  FIGURE,
  NEXT,
  ELEMENTS
};

/* The last glyph becomes one that breaking added. */
static const struct glyph_run *without_last_text(struct sample *s, const struct glyph_run *run) {
  struct glyph_run *changed = arena_alloc(s->arena, sizeof *changed);
  struct glyph *glyphs = arena_alloc_array(s->arena, run->glyph_count, sizeof *glyphs);
  memcpy(glyphs, run->glyphs, run->glyph_count * sizeof *glyphs);
  glyphs[run->glyph_count - 1].text_length = 0;
  *changed = *run;
  changed->glyphs = glyphs;
  return changed;
}

static const struct element elements[ELEMENTS] = {
    [DOCUMENT] = {.role = ROLE_DOCUMENT},
    [TITLE] = {.role = ROLE_H1, .parent = DOCUMENT},
    [PARAGRAPH] = {.role = ROLE_P, .parent = DOCUMENT},
    [LINK] = {.role = ROLE_LINK, .parent = PARAGRAPH},
    [CHINESE] = {.role = ROLE_P, .parent = DOCUMENT, .language = "zh-Hans"},
    [WORDS] = {.role = ROLE_P, .parent = DOCUMENT},
    [LIST] = {.role = ROLE_L, .parent = DOCUMENT, .numbering = LIST_DISC},
    [ITEM] = {.role = ROLE_LI, .parent = LIST},
    [LABEL] = {.role = ROLE_LBL, .parent = ITEM},
    [BODY] = {.role = ROLE_LBODY, .parent = ITEM},
    [TABLE] = {.role = ROLE_TABLE, .parent = DOCUMENT},
    [HEAD] = {.role = ROLE_THEAD, .parent = TABLE},
    [HEAD_ROW] = {.role = ROLE_TR, .parent = HEAD},
    [CORNER] = {.role = ROLE_TH, .parent = HEAD_ROW, .scope = SCOPE_COLUMN},
    [COLUMN] = {.role = ROLE_TH, .parent = HEAD_ROW, .scope = SCOPE_COLUMN},
    [REST] = {.role = ROLE_TBODY, .parent = TABLE},
    [ROW] = {.role = ROLE_TR, .parent = REST},
    [SIDE] = {.role = ROLE_TH, .parent = ROW, .scope = SCOPE_ROW},
    [CELL] = {.role = ROLE_TD, .parent = ROW},
    [FIGURE] = {.role = ROLE_FIGURE,
                .parent = DOCUMENT,
                .alternative = "A rising line: 上升",
                .bounds = {72000, 300000, 172000, 340000}},
    [NEXT] = {.role = ROLE_H2, .parent = DOCUMENT},
};

static const struct path_step rising[] = {
    {PATH_MOVE, {0, 0, 72000}, {0, 0, 340000}},
    {PATH_LINE, {0, 0, 120000}, {0, 0, 320000}},
    {PATH_CURVE, {130000, 150000, 172000}, {310000, 305000, 300000}},
};

static void fill_first(struct sample *s) {
  set(s, TITLE, s->latin, "en", 20000, 72000, 100000, "First office (fifth floor)");
  set(s, PARAGRAPH, s->latin, "en", 10000, 72000, 130000, "Words of a paragraph and ");
  set(s, LINK, s->latin, "en", 10000, 200000, 130000, "a link");
  set(s, PARAGRAPH, s->latin, "en", 10000, 230000, 130000, ", then more.");
  set(s, CHINESE, s->han, "zh-Hans", 10000, 72000, 150000, "办公室在五层——“请进”。");
  set(s, CHINESE, s->japanese, "ja", 10000, 72000, 165000, "直ぐ骨");
  /* U+2F50 is a radical that the face draws with the glyph of U+6BD4. */
  set(s, CHINESE, s->han, "zh-Hans", 10000, 200000, 165000, "比⽐比");
  set(s, WORDS, s->latin, "en", 10000, 72000, 180000, "A word that breaking has divi-");
  s->items[s->item_count - 1].text.run = without_last_text(s, s->items[s->item_count - 1].text.run);
  set(s, WORDS, s->latin, "en", 10000, 72000, 195000, "ded, and one that is well-");
  set(s, WORDS, s->latin, "en", 10000, 72000, 210000, "known.");
  /* Both are drawn as a space; no map may hold the third as it is. */
  set(s, WORDS, s->latin, "en", 10000, 150000, 210000, "seam\u200B\u200Dless i\uFEFFj so\u00ADda");
  set(s, LABEL, s->latin, "en", 10000, 72000, 265000, "•");
  set(s, BODY, s->latin, "en", 10000, 82000, 265000, "An item");
  set(s, CORNER, s->latin, "en", 10000, 72000, 450000, "Year");
  set(s, COLUMN, s->latin, "en", 10000, 172000, 450000, "Pay");
  set(s, SIDE, s->latin, "en", 10000, 72000, 465000, "2026");
  set(s, CELL, s->latin, "en", 10000, 172000, 465000, "12");
  s->items[s->item_count++] =
      (struct item){.kind = ITEM_PATH,
                    .element = FIGURE,
                    .path = {.steps = rising, .step_count = 3, .stroke_width = 1000}};
  s->items[s->item_count++] = (struct item){.kind = ITEM_RECTANGLE,
                                            .element = ELEMENT_ARTIFACT,
                                            .rectangle = {72000, 700000, 500000, 700500, 0x808080}};
}

static bool write(struct sample *s, document_writer *writer, struct pdf_cache *cache,
                  struct buffer *out) {
  static const struct link_area links[] = {{.element = LINK,
                                            .left = 200000,
                                            .top = 120000,
                                            .right = 228000,
                                            .bottom = 132000,
                                            .destination = "second",
                                            .contents = "Go to the second page"}};
  static const struct link_area onwards[] = {{.element = LINK,
                                              .left = 72000,
                                              .top = 120000,
                                              .right = 100000,
                                              .bottom = 132000,
                                              .address = "https://例子.测试/a b?(é)",
                                              .contents = "An address"}};
  static const struct destination places[] = {{"first", 0, 90000}, {"second", 1, 90000}};
  static const struct outline_entry outline[] = {
      {"First office (fifth floor)", 1, "first", TITLE}, {"The second page.", 2, "second", NEXT}};
  static const struct label_range labels[] = {{0, LABEL_ROMAN, 1}, {1, LABEL_DECIMAL, 1}};
  static const char *languages[] = {"en", "zh-Hans"};
  struct words chinese = {.language = "zh-Hans", .text = "样本 <&>"};
  struct words titles = {.language = "en", .text = "A sample", .next = &chinese};
  struct edition edition = {.title = "A sample",
                            .titles = &titles,
                            .languages = languages,
                            .language_count = 2,
                            .author = "A. Author",
                            .date = "2026-03-01"};
  s->item_count = 0;
  fill_first(s);
  size_t first = s->item_count;
  set(s, NEXT, s->latin, "en", 10000, 72000, 100000, "The second page.");
  set(s, ELEMENT_HEAD, s->latin, "en", 10000, 72000, 40000, "Head");
  set(s, ELEMENT_FOOT, s->latin, "en", 10000, 72000, 800000, "1");
  struct page two[] = {
      {.width = 595276,
       .height = 841890,
       .label = "i",
       .items = s->items,
       .item_count = first,
       .links = links,
       .link_count = 1},
      {.width = 595276,
       .height = 841890,
       .label = "1",
       .items = s->items + first,
       .item_count = s->item_count - first,
       .links = onwards,
       .link_count = 1},
  };
  struct pages pages = {.edition = &edition,
                        .pages = two,
                        .page_count = 2,
                        .elements = elements,
                        .element_count = ELEMENTS,
                        .destinations = places,
                        .destination_count = 2,
                        .outline = outline,
                        .outline_count = 2,
                        .labels = labels,
                        .label_count = 2};
  return pdf_write_by(writer, &pages, NULL, cache, out, s->messages);
}

static void leave(const char *folder, const char *name, const struct buffer *bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  CHECK(file && fwrite(bytes->data, 1, bytes->length, file) == bytes->length);
  CHECK(file && fclose(file) == 0);
}

/* A face that is cut often gives the same bytes, here and for a book. */
static void check_cut_often(struct sample *s, const struct buffer *wanted) {
  static const uint32_t characters[] = {'A', 'f', 'i', 0x5728, 0x6BD4, 0x2014};
  struct buffer book = {0}, prepared_book = {0}, pdf = {0};
  CHECK(face_subset(s->han, characters, 6, &book));
  font_library_cut_often(s->fonts);
  for (int i = 0; i < 100 && !face_common(s->han); i++) continue;
  CHECK(face_common(s->han) != NULL);
  CHECK(face_subset(s->han, characters, 6, &prepared_book));
  CHECK(write(s, serialise, NULL, &pdf));
  CHECK(book.length == prepared_book.length &&
        memcmp(book.data, prepared_book.data, book.length) == 0);
  CHECK(pdf.length == wanted->length && memcmp(pdf.data, wanted->data, pdf.length) == 0);
  buffer_finish(&book);
  buffer_finish(&prepared_book);
  buffer_finish(&pdf);
}

int main(int argc, char **argv) {
  struct sample s = {.arena = arena_new(), .messages = messages_new(stderr, MESSAGES_HUMAN, false)};
  struct font_options options = {0};
  s.fonts = font_library_new(&options, s.messages);
  s.latin = font_library_find(s.fonts, "Noto Sans", 400, FONT_UPRIGHT, s.messages);
  s.han = font_library_find(s.fonts, "Noto Serif CJK SC", 400, FONT_UPRIGHT, s.messages);
  s.japanese = font_library_find(s.fonts, "Noto Serif CJK JP", 400, FONT_UPRIGHT, s.messages);
  struct buffer one = {0}, two = {0}, plain = {0};
  CHECK(s.latin && s.han && s.japanese);
  if (s.latin && s.han && s.japanese) {
    struct pdf_cache *cache = pdf_cache_new();
    CHECK(write(&s, serialise, NULL, &one));
    CHECK(write(&s, document_save_by_libharu, cache, &plain));
    CHECK(write(&s, serialise, cache, &two));
    pdf_cache_free(cache);
    if (argc > 2) check_cut_often(&s, &one); /* takes a second */
    CHECK(one.length == two.length && memcmp(one.data, two.data, one.length) == 0);
    CHECK(one.length > 8 && memcmp(one.data, "%PDF-1.7", 8) == 0);
    CHECK(one.length < plain.length);
  }
  if (argc > 1 && plain.length > 0) {
    leave(argv[1], "sample.pdf", &one);
    leave(argv[1], "sample-by-libharu.pdf", &plain);
  }
  buffer_finish(&one);
  buffer_finish(&two);
  buffer_finish(&plain);
  font_library_free(s.fonts);
  messages_free(s.messages);
  arena_free(s.arena);
  return check_summary();
}
