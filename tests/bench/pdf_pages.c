/* How long a PDF of many tagged pages takes, and how much memory: pdf_pages PAGES.
 * The same text on each page, every paragraph an element of its own, a link and an
 * outline entry on each page. Prints pages, milliseconds, KiB of the file and MiB at the peak. */
#define _DEFAULT_SOURCE
#include "base/arena.h"
#include "page/page.h"
#include "pdf/pdf.h"

#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define LINES_PER_PAGE      44
#define LINES_PER_PARAGRAPH 4
#define PARAGRAPHS          (LINES_PER_PAGE / LINES_PER_PARAGRAPH)
#define ELEMENTS_PER_PAGE   (PARAGRAPHS + 1)

static const struct text_style black = {.colour = 0x202020};
static const char english[] =
    "The work is steady, the days are long, and most of them are spent on data.";
static const char chinese[] =
    "工作稳定，日子很长，大部分时间花在数据上：收集、清理、检查、再收集。";

static const struct glyph_run *shape(struct arena *arena, const struct face *face,
                                     const char *text) {
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(face->hb_font, buffer, NULL, 0);
  unsigned count;
  const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
  struct glyph *glyphs = arena_alloc_array(arena, count, sizeof *glyphs);
  int64_t at = 0;
  for (unsigned i = 0; i < count; i++) {
    uint32_t end = i + 1 < count ? info[i + 1].cluster : (uint32_t)strlen(text);
    glyphs[i] = (struct glyph){.x = (mpt)(at * 10000 / face->units_per_em),
                               .id = (uint16_t)info[i].codepoint,
                               .text_length = (end - info[i].cluster) & 0x7FFF};
    at += position[i].x_advance;
  }
  hb_buffer_destroy(buffer);
  struct glyph_run *run = arena_alloc(arena, sizeof *run);
  *run = (struct glyph_run){.face = face,
                            .size = 10000,
                            .style = &black,
                            .glyphs = glyphs,
                            .glyph_count = count};
  return run;
}

struct bench {
  struct arena *arena;
  const struct glyph_run *runs[2];
  struct page *pages;
  struct element *elements;
  struct destination *destinations;
  struct outline_entry *outline;
  size_t page_count;
};

static void fill_page(struct bench *bench, size_t number) {
  struct item *items = arena_alloc_array(bench->arena, LINES_PER_PAGE, sizeof *items);
  uint32_t first = (uint32_t)(1 + number * ELEMENTS_PER_PAGE);
  for (uint32_t i = 0; i < PARAGRAPHS; i++) {
    bench->elements[first + i] =
        (struct element){.role = i == 0 ? ROLE_H1 : ROLE_P, .language = i % 2 ? "zh-Hans" : NULL};
  }
  uint32_t link = first + PARAGRAPHS;
  bench->elements[link] = (struct element){.role = ROLE_LINK, .parent = link - 1};
  for (uint32_t i = 0; i < LINES_PER_PAGE; i++) {
    uint32_t paragraph = i / LINES_PER_PARAGRAPH;
    items[i] = (struct item){.kind = ITEM_TEXT,
                             .element = i + 1 == LINES_PER_PAGE ? link : first + paragraph,
                             .text = {bench->runs[paragraph % 2], paragraph % 2 ? chinese : english,
                                      72000, (mpt)(80000 + 16000 * i)}};
  }
  struct link_area *area = arena_alloc(bench->arena, sizeof *area);
  char *id = arena_printf(bench->arena, "page-%06zu", number);
  *area =
      (struct link_area){link, 72000, 760000, 300000, 772000, NULL, "page-000000", "To the start"};
  bench->pages[number] = (struct page){.width = 595276,
                                         .height = 841890,
                                         .items = items,
                                         .item_count = LINES_PER_PAGE,
                                         .links = area,
                                         .link_count = 1};
  bench->destinations[number] = (struct destination){id, number, 72000};
  bench->outline[number] =
      (struct outline_entry){"A page 一页", 1 + (number % 10 != 0), id, first};
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  struct messages *messages = messages_new(stderr, MESSAGES_HUMAN, false);
  struct font_options options = {0};
  struct font_library *library = font_library_new(&options, messages);
  struct bench bench = {.arena = arena_new()};
  const char *languages[] = {"en", "zh-Hans"};
  struct edition edition = {.title = "Many pages", .languages = languages, .language_count = 2};
  const struct label_range labels[] = {{0, LABEL_DECIMAL, 1}};
  bench.page_count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
  size_t element_count = 1 + bench.page_count * ELEMENTS_PER_PAGE;
  bench.pages = arena_alloc_array(bench.arena, bench.page_count, sizeof *bench.pages);
  bench.elements = arena_alloc_array(bench.arena, element_count, sizeof *bench.elements);
  bench.destinations = arena_alloc_array(bench.arena, bench.page_count, sizeof *bench.destinations);
  bench.outline = arena_alloc_array(bench.arena, bench.page_count, sizeof *bench.outline);
  const char *families[] = {"Noto Sans", "Noto Serif CJK SC"};
  for (int i = 0; i < 2; i++) {
    const struct face *face = font_library_find(library, families[i], 400, FONT_UPRIGHT, messages);
    if (!face) return 1;
    bench.runs[i] = shape(bench.arena, face, i ? chinese : english);
  }
  for (size_t i = 0; i < bench.page_count; i++) fill_page(&bench, i);
  struct pages pages = {.edition = &edition,
                        .pages = bench.pages,
                        .page_count = bench.page_count,
                        .elements = bench.elements,
                        .element_count = element_count,
                        .destinations = bench.destinations,
                        .destination_count = bench.page_count,
                        .outline = bench.outline,
                        .outline_count = bench.page_count,
                        .labels = labels,
                        .label_count = 1};
  struct buffer out = {0};
  double before = milliseconds();
  bool ok = pdf_write(&pages, NULL, NULL, &out, messages);
  double taken = milliseconds() - before;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%zu pages: %.0f ms, %zu KiB, %ld MiB at the peak\n", bench.page_count, taken,
         out.length / 1024, usage.ru_maxrss / 1024);
  if (argc > 2) {
    FILE *file = fopen(argv[2], "wb");
    ok = file && fwrite(out.data, 1, out.length, file) == out.length && fclose(file) == 0 && ok;
  }
  buffer_finish(&out);
  arena_free(bench.arena);
  font_library_free(library);
  messages_free(messages);
  return ok ? 0 : 1;
}
