/* A block of code loses no character: what the display lists show of it, in reading
 * order, is the source, line by line; in every style and mode, on every paper, at the top of a
 * page, in lists and callouts, and where it goes on overleaf. */
#include "check.h"

#include "base/buffer.h"
#include "page/page.h"
#include "page_sample.h"

static const char *const lines[] = {
    "int main(void) {",
    "\treturn 0;\t/* 制表符，和汉字 */",
    "",
    "    four   three   spaces  ",
    "a_name_without_any_place_to_break_that_is_much_longer_than_a_line_of_the_page_can_be_"
    "0123456789_0123456789_0123456789_0123456789_0123456789_0123456789_0123456789_end",
    "if (a<b && c>d) { s = \"quoted\"; x = 'y' - -1; } // --> ... `'\"' != \xE2\x89\xA0",
    "变量 = 函数（“参数”，1）；这一行全是汉字，没有一个空格可以断开，也比一页的宽度要长得多，所以一定要转行",
    "https://example.org/a/very/long/path?with=a&query=1#and-a-fragment-that-goes-on-and-on-and-on",
    "|\xE2\x94\x80\xE2\x94\x80|  $PATH  %d\\n  @home  ~/x  ^C  {}[]<>",
    "}",
};

static char *source(struct page_sample *sample, int times) {
  struct buffer text = {0};
  for (int i = 0; i < times; i++)
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
      buffer_printf(&text, "%s\n", lines[k]);
  char *copy = arena_strndup(sample->guide.arena, text.data, text.length);
  buffer_finish(&text);
  return copy;
}

static void add_code(struct page_sample *sample, const char *text) {
  sample_open(sample, NODE_CODE_BLOCK);
  struct node *variant = sample_open(sample, NODE_VARIANT);
  variant->language = "en";
  sample_text(sample, text);
  sample_close(sample);
  sample_close(sample);
}

static void add_words(struct page_sample *sample) {
  sample_open(sample, NODE_PARAGRAPH);
  for (size_t language = 0; language < 2; language++) {
    sample_open(sample, NODE_VARIANT)->language = sample_languages[language];
    sample_text(sample, sample_words(sample, language, 20));
    sample_close(sample);
  }
  sample_close(sample);
}

/* Code of a page and more; code in a list; code in a callout. */
static void make(struct page_sample *sample) {
  static const enum node_kind around[] = {NODE_DIVISION, NODE_ITEM, NODE_CALLOUT};
  sample_make(sample, 1, 0);
  for (size_t i = 0; i < 3; i++) {
    add_words(sample);
    if (around[i] == NODE_ITEM) sample_open(sample, NODE_LIST);
    sample_open(sample, around[i]);
    add_words(sample);
    add_code(sample, source(sample, i == 0 ? 9 : 1));
    sample_close(sample);
    if (around[i] == NODE_ITEM) sample_close(sample);
  }
}

/* The bytes of all code, page after page; artifacts are none of it. */
static void shown(const struct pages *pages, struct buffer *out) {
  for (size_t page = 0; page < pages->page_count; page++)
    for (size_t i = 0; i < pages->pages[page].item_count; i++) {
      const struct item *item = &pages->pages[page].items[i];
      if (item->kind != ITEM_TEXT || element_is_artifact(item->element)) continue;
      if (pages->elements[item->element].role != ROLE_CODE) continue;
      for (struct cluster cluster = {0}; cluster_next(item->text.run, &cluster);)
        buffer_append(out, item->text.source + cluster.text_start,
                      cluster.text_end - cluster.text_start);
    }
}

static size_t first_difference(const char *found, const char *wanted) {
  size_t at = 0;
  while (found[at] && found[at] == wanted[at]) at++;
  return at;
}

/* The source without its line breaks, which are lines on the page. */
static void wanted(struct page_sample *sample, int copies, struct buffer *out) {
  const char *const blocks[] = {source(sample, 9), source(sample, 1), source(sample, 1)};
  for (int copy = 0; copy < copies; copy++)
    for (size_t i = 0; i < 3; i++)
      for (const char *at = blocks[i]; *at; at++)
        if (*at != '\n') buffer_append_byte(out, *at);
}

static void check(struct page_sample *sample, const struct pages *pages, int copies,
                  const char *what) {
  struct buffer found = {0}, source_text = {0};
  if (pages) shown(pages, &found);
  wanted(sample, copies, &source_text);
  buffer_append_byte(&found, '\0');
  buffer_append_byte(&source_text, '\0');
  size_t at = first_difference(found.data, source_text.data);
  bool same = strcmp(found.data, source_text.data) == 0;
  if (!same) printf("%s: at %zu “%.30s”, not “%.30s”\n", what, at, found.data + at,
                    source_text.data + at);
  CHECK(same);
  buffer_finish(&found);
  buffer_finish(&source_text);
}

int main(void) {
  struct messages *messages = messages_new(stderr, MESSAGES_SHORT, false);
  struct font_options options = {0};
  struct font_library *fonts = font_library_new(&options, messages);
  struct text_engine *engine = text_engine_new(messages);
  for (int i = 0; i < STYLE_COUNT * PAPER_COUNT; i++) {
    struct page_sample sample;
    make(&sample);
    struct reader *reader = reader_new_anonymous(&sample.guide);
    reader->style = (enum style)(i / PAPER_COUNT);
    reader->paper = (enum paper)(i % PAPER_COUNT);
    reader->mode = (enum mode)(i % MODE_COUNT);
    struct edition *edition = edition_new(&sample.guide, reader, messages);
    struct theme *theme = theme_load("modern", reader->style, reader->paper, fonts, messages);
    struct pages *pages =
        edition && theme ? pages_new(edition, theme, engine, NULL, messages) : NULL;
    check(&sample, pages, reader->mode == MODE_SEQUENTIAL ? 2 : 1, style_name(reader->style));
    messages_flush(messages);
    pages_free(pages);
    theme_free(theme);
    edition_free(edition);
    reader_free(reader);
    sample_free(&sample);
  }
  text_engine_free(engine);
  font_library_free(fonts);
  messages_free(messages);
  return check_summary();
}
