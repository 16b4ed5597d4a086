/* Pages and runs that are kept between documents: whatever differs between two pages, the
 * second one is as if there had been no first. */
#include "check.h"
#include "pdf_sample.h"

#include "pdf/pdf.h"

static const struct element elements[] = {
    {.role = ROLE_DOCUMENT},
    {.role = ROLE_H1},
    {.role = ROLE_P},
    {.role = ROLE_P},
    {.role = ROLE_FIGURE, .alternative = "A line"},
};

static const struct path_step steps[] = {
    {PATH_MOVE, {0, 0, 72000}, {0, 0, 340000}},
    {PATH_LINE, {0, 0, 120000}, {0, 0, 320000}},
    {PATH_LINE, {0, 0, 140000}, {0, 0, 330000}},
};
static const struct path_step other_steps[] = {
    {PATH_MOVE, {0, 0, 72000}, {0, 0, 340000}},
    {PATH_LINE, {0, 0, 120000}, {0, 0, 320001}},
    {PATH_LINE, {0, 0, 140000}, {0, 0, 330000}},
};

enum { TITLE_ITEM, WORDS_ITEM, LINE_ITEM, RULE_ITEM, OTHER_ITEM, ITEMS };

/* As the text engine numbers them: the same number, the same glyphs. */
static void fill(struct sample *s) {
  set(s, 1, s->latin, "en", 20000, 72000, 100000, "A title");
  set(s, 2, s->latin, "en", 10000, 72000, 130000, "Words of a paragraph");
  s->items[s->item_count++] = (struct item){
      .kind = ITEM_PATH,
      .element = 4,
      .path = {.steps = steps, .step_count = 3, .stroke_width = 1000, .stroke = 0x102030}};
  s->items[s->item_count++] = (struct item){.kind = ITEM_RECTANGLE,
                                            .element = ELEMENT_ARTIFACT,
                                            .rectangle = {72000, 700000, 500000, 700500, 0x808080}};
  set(s, 3, s->latin, "en", 10000, 72000, 160000, "Other words – of another paragraph");
  for (size_t i = 0; i < s->item_count; i++) {
    if (s->items[i].kind == ITEM_TEXT)
      ((struct glyph_run *)(uintptr_t)s->items[i].text.run)->identity = i + 1;
  }
}

static const struct text_style red = {.colour = 0xFF0000};
static const struct text_style raised = {.colour = 0x202020, .rise = 3000};

static void restyle(struct sample *s, struct item *item, const struct text_style *style) {
  struct glyph_run *run = arena_alloc(s->arena, sizeof *run);
  *run = *item->text.run;
  run->style = style;
  item->text.run = run;
}

#define CHANGES 22

/* One thing about the page, by its number. */
static void change(struct sample *s, struct page *page, struct item *items, int what) {
  struct item *words = &items[WORDS_ITEM], *line = &items[LINE_ITEM], *rule = &items[RULE_ITEM];
  switch (what) {
  case 0: words->text.x += 1000; break;
  case 1: words->text.baseline += 1000; break;
  case 2: restyle(s, words, &red); break;
  case 3: restyle(s, words, &raised); break;
  case 4: words->element = 1; break;                   /* goes on with the title */
  case 5: words->element = 4; break;                   /* has another role */
  case 6: words->element = ELEMENT_ARTIFACT; break;
  case 7: items[OTHER_ITEM].text.run = words->text.run;
          items[OTHER_ITEM].text.source = words->text.source; break;
  case 8: rule->rectangle.left += 1000; break;
  case 9: rule->rectangle.top += 100; break;
  case 10: rule->rectangle.right += 1000; break;
  case 11: rule->rectangle.bottom += 1000; break;
  case 12: rule->rectangle.fill = 0x123456; break;
  case 13: line->path.stroke = 0xFFFFFF; break;
  case 14: line->path.stroke_width = 2000; break;
  case 15: line->path.pitch = 4000; break;
  case 16: line->path.filled = true; break;
  case 17: line->path.filled = true; line->path.fill = 0x00FF00; break;
  case 18: line->path.steps = other_steps; break;
  case 19: line->path.step_count = 2; break;
  case 20: page->height += 1000; break;
  case 21: words->element = ELEMENT_FOOT; break;
  }
}

struct written {
  struct page page;
  struct pages pages;
  struct item items[ITEMS];
};

/* The page with one thing changed; -1: as it is. */
static void make(struct sample *s, struct written *written, int what) {
  static const char *languages[] = {"en"};
  static const struct edition edition = {
      .title = "A sample", .languages = languages, .language_count = 1};
  memcpy(written->items, s->items, sizeof written->items);
  written->page = (struct page){.width = 595276,
                                .height = 841890,
                                .label = "1",
                                .items = written->items,
                                .item_count = ITEMS};
  change(s, &written->page, written->items, what);
  written->pages = (struct pages){.edition = &edition,
                                  .pages = &written->page,
                                  .page_count = 1,
                                  .elements = elements,
                                  .element_count = sizeof elements / sizeof *elements};
}

static bool same(const struct buffer *one, const struct buffer *two) {
  return one->length == two->length && memcmp(one->data, two->data, one->length) == 0;
}

/* Written after others, and with nothing before it. */
static void compare(struct sample *s, int what, const struct pdf_repertoire *repertoire,
                    struct pdf_cache *used, struct buffer *out) {
  struct written written;
  struct buffer fresh = {0};
  struct pdf_cache *none = pdf_cache_new();
  make(s, &written, what);
  CHECK(pdf_write(&written.pages, repertoire, used, out, s->messages));
  CHECK(pdf_write(&written.pages, repertoire, none, &fresh, s->messages));
  CHECK(same(out, &fresh));
  pdf_cache_free(none);
  buffer_finish(&fresh);
}

static struct pdf_repertoire *prepare(struct sample *s, size_t items, struct pdf_cache *cache) {
  struct written written;
  struct pages *wholes[] = {&written.pages};
  make(s, &written, -1);
  written.page.item_count = items;
  return pdf_repertoire_new(wholes, 1, cache, s->messages);
}

static void check_changes(struct sample *s) {
  struct pdf_cache *cache = pdf_cache_new();
  struct pdf_repertoire *all = prepare(s, ITEMS, cache), *few = prepare(s, 2, cache);
  struct buffer first = {0};
  CHECK(all && few);
  compare(s, -1, all, cache, &first);
  for (int what = 0; all && what < CHANGES; what++) {
    struct buffer changed = {0};
    compare(s, what, all, cache, &changed);
    CHECK(!same(&changed, &first));
    buffer_finish(&changed);
  }
  struct buffer other = {0}, again = {0};
  compare(s, -1, few, cache, &other); /* the same page, of other fonts */
  CHECK(!same(&other, &first));
  compare(s, -1, all, cache, &again);
  CHECK(same(&again, &first));
  buffer_finish(&other);
  buffer_finish(&again);
  buffer_finish(&first);
  pdf_repertoire_free(all);
  pdf_repertoire_free(few);
  pdf_cache_free(cache);
}

int main(void) {
  struct sample s = {.arena = arena_new(), .messages = messages_new(stderr, MESSAGES_HUMAN, false)};
  struct font_options options = {0};
  s.fonts = font_library_new(&options, s.messages);
  s.latin = font_library_find(s.fonts, "Noto Sans", 400, FONT_UPRIGHT, s.messages);
  CHECK(s.latin != NULL);
  if (s.latin) {
    fill(&s);
    check_changes(&s);
  }
  font_library_free(s.fonts);
  messages_free(s.messages);
  arena_free(s.arena);
  return check_summary();
}
