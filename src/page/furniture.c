/* Running heads and folios: the guide's title on the left, the chapter's on the
 * right, the page's label at the foot. All of it is artifact, the words of a kind of their own. */
#include "page/layout.h"

#include <string.h>

/* Where their baselines stand in the margins, in parts per hundred from the page's edge. */
#define HEAD_PERCENT 58
#define FOOT_PERCENT 46

#define CROP_MARK_WIDTH 250

struct furniture {
  struct layout *layout;
  struct manner manner;
  const struct paragraph *title;   /* or NULL: no room for it beside the chapters */
  const char *language;            /* of the title */
  mpt chapters;                    /* the widest of them */
  const struct paragraph *chapter; /* of `chapter_of` */
  uint32_t chapter_of;
};

static const struct paragraph *set_words(struct furniture *furniture, const char *text,
                                         const char *language) {
  struct plain_run runs[8];
  size_t count = words_split(furniture->layout, text, language, runs, 8);
  for (size_t i = 0; i < count; i++) runs[i].bare = true;
  return words_set(furniture->layout, runs, count, &furniture->manner);
}

/* What does not fit on one line ends in an ellipsis. */
static const struct paragraph *set_fitting(struct furniture *furniture, const char *text,
                                           const char *language) {
  const struct paragraph *words = set_words(furniture, text, language);
  if (!words || words->line_count < 2) return words;
  size_t end = words->lines[0].text_end;
  while (end > 0 && (words->text[end - 1] == ' ')) end--;
  furniture->manner.measure += furniture->manner.look.size;
  words = set_words(
      furniture, arena_printf(furniture->layout->arena, "%.*s\xE2\x80\xA6", (int)end, words->text),
      language);
  furniture->manner.measure -= furniture->manner.look.size;
  return words;
}

static void place(struct furniture *furniture, const struct paragraph *words, uint32_t piece, mpt x,
                  mpt baseline, uint32_t element) {
  size_t first = furniture->layout->items_count;
  if (words && words->line_count) line_place(furniture->layout, words, 0, piece, x, baseline);
  for (size_t i = first; i < furniture->layout->items_count; i++)
    furniture->layout->items[i].item.element = element;
}

/* The guide's title in the language of the chapter: in a handout that has one language
 * after the other, each half has its own. On all pages or on none: where there is no room
 * for it beside the widest chapter, the chapter says more than half of the title. */
static bool set_title(struct furniture *furniture, const char *language) {
  const struct edition *edition = furniture->layout->edition;
  if (!language) language = edition->languages[0];
  if (furniture->language && strcmp(furniture->language, language) == 0) return true;
  const char *title = words_in(edition->titles, language);
  mpt measure = furniture->manner.measure, size = furniture->manner.look.size;
  furniture->manner.measure = furniture->layout->width - furniture->chapters - 2 * size;
  const struct paragraph *words = set_words(furniture, title ? title : edition->title, language);
  furniture->manner.measure = measure;
  furniture->language = language;
  furniture->title = words && words->line_count < 2 ? words : NULL;
  return words != NULL;
}

static const struct paragraph *set_chapter(struct furniture *furniture, uint32_t chapter) {
  const struct node *variant = furniture->layout->headings[chapter].node->first;
  return set_fitting(furniture, node_text(furniture->layout->arena, variant), variant->language);
}

static bool measure_chapters(struct furniture *furniture) {
  for (uint32_t i = 0; i < furniture->layout->headings_count; i++) {
    if (furniture->layout->headings[i].level > 1) continue;
    const struct paragraph *words = set_chapter(furniture, i);
    if (!words) return false;
    mpt width = words->line_count ? words->lines[0].width : 0;
    if (width > furniture->chapters) furniture->chapters = width;
  }
  return true;
}

static bool place_head(struct furniture *furniture, uint32_t piece, uint32_t chapter) {
  struct layout *layout = furniture->layout;
  const struct theme *theme = layout->theme;
  mpt baseline = theme->margin_top * HEAD_PERCENT / 100;
  mpt right = layout->left + layout->width;
  if (chapter != NONE && chapter != furniture->chapter_of) {
    furniture->chapter = set_chapter(furniture, chapter);
    furniture->chapter_of = chapter;
    if (!furniture->chapter) return false;
    if (!set_title(furniture, layout->headings[chapter].node->first->language)) return false;
  }
  place(furniture, furniture->title, piece, layout->left, baseline, ELEMENT_HEAD);
  if (chapter != NONE && furniture->chapter->line_count)
    place(furniture, furniture->chapter, piece, right - furniture->chapter->lines[0].width,
          baseline, ELEMENT_HEAD);
  mpt rule = baseline + theme->texts[THEME_FURNITURE].size / 2;
  add_rectangle(layout, piece, layout->left, rule, right, rule + theme->rule_width,
                theme->colours[COLOUR_RULE]);
  return true;
}

/* At the outer edge. */
static bool place_folio(struct furniture *furniture, uint32_t piece, const char *label,
                        bool is_left_hand) {
  struct layout *layout = furniture->layout;
  const struct theme *theme = layout->theme;
  const struct paragraph *folio = set_words(furniture, label, NULL);
  if (!folio || !folio->line_count) return folio != NULL;
  mpt baseline = theme->page_height - theme->margin_bottom * FOOT_PERCENT / 100;
  mpt x = layout->left + (is_left_hand ? 0 : layout->width - folio->lines[0].width);
  place(furniture, folio, piece, x, baseline, ELEMENT_FOOT);
  return true;
}

/* Two short lines at each corner, from the bleed's edge outwards. */
static void place_crop_marks(struct layout *layout, uint32_t piece, uint32_t page) {
  mpt shift = layout_shift(layout, page), width = layout->theme->page_width;
  const mpt xs[] = {-shift, width - shift}, ys[] = {0, layout->theme->page_height};
  struct path_step *steps = arena_alloc_array(layout->arena, 16, sizeof *steps), *step = steps;
  for (int i = 0; i < 4; i++) {
    mpt x = xs[i % 2], y = ys[i / 2], right = i % 2 ? 1 : -1, down = i / 2 ? 1 : -1;
    *step++ = path_to(PATH_MOVE, x + right * PRINT_BLEED, y);
    *step++ = path_to(PATH_LINE, x + right * (PRINT_SLUG - MPT_POINTS(3)), y);
    *step++ = path_to(PATH_MOVE, x, y + down * PRINT_BLEED);
    *step++ = path_to(PATH_LINE, x, y + down * (PRINT_SLUG - MPT_POINTS(3)));
  }
  add_path(layout, piece, steps, 16, 0, CROP_MARK_WIDTH);
}

bool furniture_set(struct layout *layout, const struct sheet *sheets, size_t count) {
  struct furniture furniture = {
      .layout = layout, .manner = manner_of(layout, THEME_FURNITURE, NULL), .chapter_of = NONE};
  furniture.manner.measure = layout->width * 46 / 100;
  furniture.manner.first_indent = 0;
  furniture.manner.alignment = ALIGN_START;
  if (!measure_chapters(&furniture) || !set_title(&furniture, NULL)) return false;
  for (size_t i = 0; i < count; i++) {
    if (layout->slug) place_crop_marks(layout, sheets[i].piece, (uint32_t)i);
    if (sheets[i].kind == SHEET_COVER || sheets[i].kind == SHEET_BLANK) continue;
    bool ok = sheets[i].kind == SHEET_CONTENTS ||
              place_head(&furniture, sheets[i].piece, sheets[i].chapter);
    if (!ok || !place_folio(&furniture, sheets[i].piece, sheets[i].label,
                            layout->theme->print && i % 2 == 1))
      return false;
  }
  return true;
}
