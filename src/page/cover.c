/* The cover: title in each language, who it is for, author and date.
 *
 *   ┌──────────────┐   block: the title on a coloured ground down to the fold
 *   │██████████████│   band: a coloured band at the left edge
 *   │██ Title    ██│   rules: a rule above and below, nothing filled
 *   │██ 标题     ██│
 *   │ Made for …   │   The same for a page of the PDF and for the picture that the
 *   │ Author, date │   book shows, which has other proportions and no reader.
 *   └──────────────┘ */
#include "page/layout.h"

#include <assert.h>
#include <string.h>

#define TITLES_LIMIT 8
/* Titles may end so much below where they should, in parts of the height per mille. */
#define TITLES_BELOW        40
#define LEAST_TITLE_PERCENT 30
/* Changes of script within a line of the cover. */
#define RUNS_LIMIT 16

struct cover {
  struct layout *layout;
  mpt width, height, margin;
  uint32_t piece;
  mpt y; /* where the next line goes */
  size_t first_name; /* the item that begins what is below the titles */
  rgb title_colour;
};

/* The title stands in the upper part; parts of the height per mille. */
static const struct cover_shape {
  int title_bottom; /* where the titles end */
  int ground_bottom;
} shapes[] = {
    [COVER_BLOCK] = {520, 580},
    [COVER_BAND] = {460, 1000},
    [COVER_RULES] = {460, 500},
};
static_assert(sizeof shapes / sizeof *shapes == THEME_COVER_COUNT, "a shape for each");

static mpt part(mpt length, int per_mille) {
  return (mpt)((int64_t)length * per_mille / 1000);
}

static const struct paragraph *set_words(struct cover *cover, const struct words *words,
                                         struct manner *manner) {
  struct plain_run runs[RUNS_LIMIT];
  size_t count = words_split(cover->layout, words->text, words->language, runs, RUNS_LIMIT);
  for (size_t i = 0; i < count; i++) runs[i].place = words->place;
  manner->measure = cover->width - cover->margin * 2;
  manner->first_indent = 0;
  if (manner->alignment == ALIGN_JUSTIFY) manner->alignment = ALIGN_START;
  manner->balanced = true;
  return words_set(cover->layout, runs, count, manner);
}

static void place_words(struct cover *cover, const struct paragraph *words,
                        const struct manner *manner) {
  for (size_t i = 0; i < words->line_count; i++) {
    line_place(cover->layout, words, i, cover->piece, cover->margin,
               cover->y + look_baseline(&manner->look));
    cover->y += manner->look.leading;
  }
}

static bool add_words(struct cover *cover, const struct words *words, enum theme_role role,
                      rgb colour) {
  struct manner manner = manner_of(cover->layout, role, words->language);
  manner.look.colour = colour;
  element_open(cover->layout, ROLE_P, words->language);
  const struct paragraph *set = set_words(cover, words, &manner);
  if (set) place_words(cover, set, &manner);
  element_close(cover->layout);
  cover->y += manner.look.text->space_after;
  return set != NULL;
}

static bool refuse_cover(const struct cover *cover, const struct place *place) {
  message_error(cover->layout->messages, place, "full-cover",
                "titles, name and authors do not fit on the cover");
  return false;
}

/* --- ground ------------------------------------------------------------------------ */

static void draw_ground(struct cover *cover) {
  struct layout *layout = cover->layout;
  const struct theme *theme = layout->theme;
  const rgb ground = theme->colours[COLOUR_COVER];
  mpt bottom = part(cover->height, shapes[theme->cover].ground_bottom);
  mpt left = cover->margin, right = cover->width - cover->margin;
  switch (theme->cover) {
  case COVER_BLOCK:
    add_rectangle(layout, cover->piece, 0, 0, cover->width, bottom, ground);
    add_rectangle(layout, cover->piece, 0, bottom, cover->width, bottom + part(cover->height, 8),
                  theme->colours[COLOUR_ACCENT]);
    break;
  case COVER_BAND:
    add_rectangle(layout, cover->piece, 0, 0, cover->margin / 2, cover->height, ground);
    break;
  case COVER_RULES:
    add_rectangle(layout, cover->piece, left, part(cover->height, 120), right,
                  part(cover->height, 120) + MPT_POINTS(3), ground);
    add_rectangle(layout, cover->piece, left, bottom, right, bottom + MPT_POINTS(1), ground);
    break;
  case THEME_COVER_COUNT:
    break;
  }
}

/* --- words ------------------------------------------------------------------------- */

/* A guide may have one title for all of its languages. */
static bool is_repeated(const struct words *titles, const struct words *title) {
  for (const struct words *earlier = titles; earlier != title; earlier = earlier->next)
    if (strcmp(earlier->text, title->text) == 0) return true;
  return false;
}

/* Texts that stand below each other, set in sizes of so many per cent of the theme's. */
struct titles {
  const struct paragraph *set[TITLES_LIMIT];
  struct manner manners[TITLES_LIMIT];
  size_t count;
  mpt height;
};

/* Never below the theme's least size. */
static void shrink(struct look *look, const struct theme *theme, int percent) {
  assert(look->size > 0);
  mpt size = look->size * percent / 100;
  if (size < theme->least_size) size = theme->least_size;
  look->leading = (mpt)((int64_t)look->leading * size / look->size);
  look->size = size;
}

/* Adds texts set in that size. False and messages where they cannot be. */
typedef bool set_texts(struct cover *cover, struct titles *texts, int percent);

/* Sets them smaller and smaller as far as they must to be no higher. */
static bool fit_texts(struct cover *cover, set_texts *set, mpt room, struct titles *texts) {
  struct layout *layout = cover->layout;
  size_t elements = layout->elements_count;
  for (int percent = 100;; percent -= 10) {
    if (!set(cover, texts, percent)) return false;
    if (texts->height <= room || percent == LEAST_TITLE_PERCENT) return true;
    layout->elements_count = layout->element_languages_count = elements; /* those of before */
    *texts = (struct titles){0};
  }
}

static struct manner title_manner(const struct cover *cover, const char *language, bool is_first,
                                  int percent) {
  const struct theme *theme = cover->layout->theme;
  enum theme_role role = is_first ? THEME_TITLE : THEME_SUBTITLE;
  struct manner manner = manner_of(cover->layout, role, language);
  struct look *look = &manner.look;
  look->colour = cover->title_colour;
  if (!is_first) {
    look->size = theme->texts[THEME_TITLE].size * 6 / 10;
    look->leading = look->size * 14 / 10;
  }
  shrink(look, theme, percent);
  return manner;
}

static bool set_titles(struct cover *cover, struct titles *titles, int percent) {
  struct layout *layout = cover->layout;
  const struct words *all = layout->edition->titles;
  for (const struct words *title = all; title && titles->count < TITLES_LIMIT;
       title = title->next) {
    if (is_repeated(all, title)) continue;
    struct manner *manner = &titles->manners[titles->count];
    *manner = title_manner(cover, title->language, !titles->count, percent);
    element_open(layout, ROLE_P, title->language);
    const struct paragraph *set = set_words(cover, title, manner);
    element_close(layout);
    if (!set) return false;
    titles->height += (mpt)set->line_count * manner->look.leading;
    titles->height += titles->count ? manner->look.size / 2 : 0;
    titles->set[titles->count++] = set;
  }
  return true;
}

/* Long titles are set smaller, as far as they must to end above what follows. */
static bool add_titles(struct cover *cover) {
  struct layout *layout = cover->layout;
  int bottom = shapes[layout->theme->cover].title_bottom;
  mpt room = part(cover->height, bottom + TITLES_BELOW) - cover->margin;
  struct titles titles = {0};
  if (!fit_texts(cover, set_titles, room, &titles)) return false;
  if (titles.height > room) return refuse_cover(cover, &layout->edition->titles->place);
  cover->y = part(cover->height, bottom) - titles.height;
  if (cover->y < cover->margin) cover->y = cover->margin;
  for (size_t i = 0; i < titles.count; i++) {
    cover->y += i ? titles.manners[i].look.size / 2 : 0;
    place_words(cover, titles.set[i], &titles.manners[i]);
  }
  return true;
}

static mpt imprint_top(const struct cover *cover) {
  mpt line = cover->layout->theme->texts[THEME_BODY].leading;
  return cover->height - cover->margin - line * 2;
}

/* For whom it is in each language, once where the words are the same. */
static bool set_reader(struct cover *cover, struct titles *names, int percent) {
  const struct edition *edition = cover->layout->edition;
  const char *before = NULL;
  for (size_t i = 0; i < edition->language_count && names->count < TITLES_LIMIT; i++) {
    struct words words = {.language = edition->languages[i], .place = edition->reader->name_place};
    words.text = edition_made_for(edition, words.language);
    if (!words.text || (before && strcmp(before, words.text) == 0)) continue;
    before = words.text;
    struct manner *manner = &names->manners[names->count];
    *manner = manner_of(cover->layout, THEME_SUBTITLE, words.language);
    manner->look.colour = cover->layout->theme->colours[COLOUR_TEXT];
    shrink(&manner->look, cover->layout->theme, percent);
    element_open(cover->layout, ROLE_P, words.language);
    const struct paragraph *set = set_words(cover, &words, manner);
    element_close(cover->layout);
    if (!set) return false;
    names->height += (mpt)set->line_count * manner->look.leading + manner->look.text->space_after;
    names->set[names->count++] = set;
  }
  return true;
}

/* A long name is set smaller, so that it leaves the foot to the imprint. */
static bool add_reader(struct cover *cover) {
  struct titles names = {0};
  if (!fit_texts(cover, set_reader, imprint_top(cover) - cover->y, &names)) return false;
  for (size_t i = 0; i < names.count; i++) {
    place_words(cover, names.set[i], &names.manners[i]);
    cover->y += names.manners[i].look.text->space_after;
  }
  return true;
}

/* So far may names come nearer to the ground above them; the height per mille. */
#define NAMES_LIFT 35

static void lift(struct layout *layout, size_t first, mpt by) {
  for (size_t i = first; by > 0 && i < layout->items_count; i++)
    layout->items[i].item.text.baseline -= by;
}

/* At the foot, or below the reader's name where that comes so far down. */
static bool add_imprint(struct cover *cover) {
  const struct edition *edition = cover->layout->edition;
  const struct theme *theme = cover->layout->theme;
  const char *const lines[] = {edition->author, edition->date_text};
  const struct words *author = edition->guide->authors;
  while (author && author->text != edition->author) author = author->next;
  size_t first = cover->layout->items_count;
  mpt top = imprint_top(cover), from = cover->y, bottom = cover->height - cover->margin / 2;
  if (top < from) top = from;
  cover->y = top;
  for (size_t i = 0; i < 2; i++) {
    struct words words = {.language = edition->languages[0], .text = lines[i]};
    if (author) words.place = author->place;
    if (lines[i] && !add_words(cover, &words, THEME_FURNITURE, theme->colours[COLOUR_MUTED]))
      return false;
  }
  mpt over = cover->y - bottom, higher = over - (top - from);
  if (higher > part(cover->height, NAMES_LIFT))
    return refuse_cover(cover, edition->reader->name ? &edition->reader->name_place
                                                     : &edition->titles->place);
  lift(cover->layout, first, higher > 0 ? top - from : over);
  lift(cover->layout, cover->first_name, higher);
  return true;
}

bool cover_set(struct layout *layout, mpt width, mpt height, bool with_reader) {
  const struct theme *theme = layout->theme;
  struct cover cover = {.layout = layout,
                        .width = width,
                        .height = height,
                        .margin = part(width, 118),
                        .piece = piece_add(layout, height)};
  cover.title_colour =
      theme->colours[theme->cover == COVER_BLOCK ? COLOUR_COVER_TEXT : COLOUR_COVER];
  layout->pieces[cover.piece].top = -theme->margin_top;
  element_open(layout, ROLE_SECT, NULL);
  draw_ground(&cover);
  bool ok = add_titles(&cover);
  cover.first_name = layout->items_count;
  cover.y = part(height, shapes[theme->cover].ground_bottom + 50);
  if (theme->cover == COVER_BAND) cover.y = part(height, shapes[COVER_BAND].title_bottom + 60);
  ok = ok && (!with_reader || add_reader(&cover)) && add_imprint(&cover);
  element_close(layout);
  return ok;
}
