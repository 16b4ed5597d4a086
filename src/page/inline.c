/* From the inlines of a variant to a set paragraph.
 *
 * Inlines nest as deep as the author likes; what they change (weight, language,
 * mark) is kept on a stack beside the walk. Each stretch of text in one state is
 * one run; its mark leads back to the structure element, the link and the note. */
#include "page/layout.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define LEAD_SPACE     "\xE3\x80\x80" /* U+3000 */
#define LINE_SEPARATOR "\xE2\x80\xA8" /* U+2028: a forced break */

struct state {
  bool strong, emphasis, code;
  uint32_t mark;
  const char *language;
  uint32_t elements_below; /* elements opened for it: 0 or more */
  bool linked;
};

struct builder {
  struct layout *layout;
  const struct manner *manner;
  GROWING(struct state, states);
  GROWING(struct text_run, runs);
  GROWING(struct run_origin, origins);
  uint32_t start; /* bytes of the runs so far */
  size_t offset;  /* bytes of node_text so far */
  const char *id; /* that waits for the next run, or NULL */
};

bool language_is_han(const char *language) {
  return language && (strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0);
}

struct look look_of(const struct theme *theme, enum theme_role role) {
  const struct theme_text *text = &theme->texts[role];
  return (struct look){
      .text = text, .size = text->size, .leading = text->leading, .colour = text->colour};
}

struct manner manner_of(const struct layout *layout, enum theme_role role, const char *language) {
  struct look look = look_of(layout->theme, role);
  return (struct manner){.look = look,
                         .measure = layout->width,
                         .first_indent = language_is_han(language) ? look.text->han_indent
                                                                   : look.text->latin_indent,
                         .alignment = look.text->alignment};
}

/* --- styles ---------------------------------------------------------------------- */

static bool same_style(const struct text_style *a, const struct text_style *b) {
  return a->fonts == b->fonts && a->size == b->size && a->colour == b->colour &&
         a->rise == b->rise && a->verbatim == b->verbatim && a->emphasis_dots == b->emphasis_dots &&
         a->underlined == b->underlined && strcmp(a->language, b->language) == 0;
}

/* The styles in use are few and come back soon: the newest are looked at first. */
const struct text_style *style_find(struct layout *layout, const struct text_style *wanted) {
  size_t looked_at = 0;
  for (size_t i = layout->styles_count; i > 0 && looked_at < 24; i--, looked_at++)
    if (same_style(layout->styles[i - 1], wanted)) return layout->styles[i - 1];
  struct text_style *style = arena_alloc(layout->arena, sizeof *style);
  *style = *wanted;
  *LAYOUT_PUSH(layout, styles) = style;
  return style;
}

static enum theme_weight weight_of(const struct manner *manner, const struct state *state) {
  bool strong = state->strong || manner->look.weight == THEME_STRONG;
  if (strong) return state->emphasis ? THEME_STRONG_EMPHASIS : THEME_STRONG;
  return state->emphasis ? THEME_EMPHASIS : THEME_REGULAR;
}

static const struct text_style *style_of(struct builder *builder, const struct state *state,
                                         bool raised) {
  struct layout *layout = builder->layout;
  const struct theme *theme = layout->theme;
  const struct look *look = &builder->manner->look;
  struct text_style style = {.fonts = &look->text->fonts[weight_of(builder->manner, state)],
                             .size = look->size,
                             .colour = state->linked ? theme->colours[COLOUR_LINK] : look->colour,
                             .language = state->language,
                             .underlined = state->linked && theme->underline_links,
                             .emphasis_dots = state->emphasis && look->text->emphasis_dots &&
                                              language_is_han(state->language)};
  style.verbatim = builder->manner->verbatim;
  if (state->code) {
    const struct theme_text *code = &theme->texts[THEME_CODE];
    style.fonts = &code->fonts[state->strong ? THEME_STRONG : THEME_REGULAR];
    style.size = (mpt)((int64_t)look->size * code->size / theme->texts[THEME_BODY].size);
    style.verbatim = true;
  }
  if (raised) {
    style.rise = look->size / 3;
    style.size = look->size * 7 / 10;
  }
  int scale = style.fonts->scale[FONT_SCRIPT_LATIN];
  mpt least = (mpt)(((int64_t)theme->least_size * 1000 + scale - 1) / scale);
  if (style.size < least) style.size = least;
  return style_find(layout, &style);
}

/* --- runs ------------------------------------------------------------------------ */

/* The id that waits has no run of its own: it leads to the paragraph. */
static void id_to_block(struct builder *builder) {
  if (builder->id && !builder->manner->bare)
    *LAYOUT_PUSH(builder->layout, pending_ids) = builder->id;
  builder->id = NULL;
}

/* The state's mark, or one like it that bears the id which waits. */
static uint32_t run_mark(struct builder *builder, const struct state *state) {
  struct layout *layout = builder->layout;
  if (!builder->id || builder->manner->bare) return state->mark;
  struct mark mark = layout->marks[state->mark];
  mark.id = builder->id;
  builder->id = NULL;
  *LAYOUT_PUSH(layout, marks) = mark;
  return (uint32_t)layout->marks_count - 1;
}

static void add_run(struct builder *builder, const struct state *state, const char *text,
                    struct place place, bool raised, bool counts) {
  size_t length = strlen(text);
  if (!length) return;
  *LAYOUT_PUSH(builder, origins) = (struct run_origin){builder->start, builder->offset, counts};
  *LAYOUT_PUSH(builder, runs) = (struct text_run){.text = text,
                                                  .length = length,
                                                  .style = style_of(builder, state, raised),
                                                  .mark = run_mark(builder, state),
                                                  .place = place};
  builder->start += (uint32_t)length;
  if (counts) builder->offset += length;
}

static uint32_t add_mark(struct builder *builder, uint32_t element, uint32_t target,
                         uint32_t note) {
  struct layout *layout = builder->layout;
  if (builder->manner->bare) return 0;
  *LAYOUT_PUSH(layout, marks) = (struct mark){element, target, note, NULL};
  return (uint32_t)layout->marks_count - 1;
}

static uint32_t open_element(struct builder *builder, struct state *state, enum role role) {
  if (builder->manner->bare) return 0;
  state->elements_below++;
  return element_open(builder->layout, role, state->language);
}

static void set_link(struct builder *builder, struct state *state, const struct node *node,
                     const char *contents) {
  struct layout *layout = builder->layout;
  bool inside = node->kind != NODE_LINK || node->target[0] == '#';
  const char *id = node->target[0] == '#' ? node->target + 1 : node->target;
  state->linked = node->kind != NODE_FOOTNOTE_MARK;
  if (builder->manner->bare) return;
  uint32_t element = open_element(builder, state, ROLE_LINK);
  *LAYOUT_PUSH(layout, targets) = (struct target){.address = inside ? NULL : node->target,
                                                  .destination = inside ? id : NULL,
                                                  .contents = contents};
  state->mark = add_mark(builder, element, (uint32_t)layout->targets_count - 1, NONE);
}

static void enter_note_mark(struct builder *builder, struct state *state, const struct node *node) {
  struct layout *layout = builder->layout;
  const char *number = node->number ? node->number : "*";
  uint32_t note = builder->manner->bare ? NONE : note_mark(layout, node->target);
  open_element(builder, state, ROLE_REFERENCE);
  set_link(builder, state, node, number);
  if (!builder->manner->bare) layout->marks[state->mark].note = note;
  add_run(builder, state, number, node->place, true, false);
  builder->runs[builder->runs_count - 1].note = true;
}

static void enter_span(struct builder *builder, struct state *state, const struct node *node) {
  if (!node->language) return;
  uint32_t element = open_element(builder, state, ROLE_SPAN);
  uint32_t target = builder->manner->bare ? NONE : builder->layout->marks[state->mark].target;
  state->mark = add_mark(builder, element, target, NONE);
}

static void enter_code(struct builder *builder, struct state *state, const struct node *node) {
  state->code = true;
  uint32_t element = open_element(builder, state, ROLE_CODE);
  uint32_t target = builder->manner->bare ? NONE : builder->layout->marks[state->mark].target;
  state->mark = add_mark(builder, element, target, NONE);
  if (node->text) add_run(builder, state, node->text, node->place, false, true);
}

static void enter_break(struct builder *builder, const struct state *state,
                        const struct node *node) {
  id_to_block(builder); /* a break is on no line */
  add_run(builder, state, LINE_SEPARATOR, node->place, false, false);
  builder->offset++; /* node_text has a space for it */
}

static void enter(struct builder *builder, const struct node *node) {
  struct state state = builder->states[builder->states_count - 1];
  state.elements_below = 0;
  if (node->language) state.language = node->language;
  if (node->id) {
    id_to_block(builder); /* a run bears one */
    builder->id = node->id;
  }
  switch (node->kind) {
  case NODE_TEXT:
    if (node->text) add_run(builder, &state, node->text, node->place, false, true);
    break;
  case NODE_STRONG:
    state.strong = true;
    break;
  case NODE_EMPHASIS:
    state.emphasis = true;
    break;
  case NODE_CODE:
    enter_code(builder, &state, node);
    break;
  case NODE_LINK:
  case NODE_REFERENCE:
    if (node->target) set_link(builder, &state, node, node_text(builder->layout->arena, node));
    break;
  case NODE_FOOTNOTE_MARK:
    enter_note_mark(builder, &state, node);
    break;
  case NODE_LINE_BREAK:
    enter_break(builder, &state, node);
    break;
  case NODE_SPAN:
    enter_span(builder, &state, node);
    break;
  case NODE_FILL_IN: /* an edition has none */
  case NODE_GUIDE:
  case NODE_SECTION:
  case NODE_DIVISION:
  case NODE_LIST:
  case NODE_ITEM:
  case NODE_TABLE:
  case NODE_ROW:
  case NODE_FIGURE:
  case NODE_CHART:
  case NODE_CALLOUT:
  case NODE_FOOTNOTE:
  case NODE_GLOSSARY:
  case NODE_ENTRY:
  case NODE_SKILLS:
  case NODE_PLAN:
  case NODE_WORKSHEET:
  case NODE_QUOTE:
  case NODE_HEADING:
  case NODE_PARAGRAPH:
  case NODE_CELL:
  case NODE_CAPTION:
  case NODE_TERM:
  case NODE_CODE_BLOCK:
  case NODE_QR:
  case NODE_IMAGE:
  case NODE_RULE:
  case NODE_PAGE_BREAK:
  case NODE_VARIANT:
  case NODE_KIND_COUNT:
    break;
  }
  *LAYOUT_PUSH(builder, states) = state;
}

static void leave(struct builder *builder) {
  struct state *state = &builder->states[--builder->states_count];
  for (uint32_t i = 0; i < state->elements_below; i++) element_close(builder->layout);
}

/* --- the whole ---------------------------------------------------------------------- */

static void build_inlines(struct builder *builder, const struct node *variant) {
  struct walk walk = walk_start(variant);
  while (walk_next(&walk)) {
    if (walk.node == variant) continue;
    if (walk.entering) enter(builder, walk.node);
    else leave(builder);
  }
}

/* The term that a glossary's paragraph begins with, then an em of space. Its bytes
 * are not of the paragraph's node_text. */
static void build_lead(struct builder *builder, struct state state) {
  state.strong = true;
  state.mark = add_mark(builder, builder->manner->lead_element, NONE, NONE);
  *LAYOUT_PUSH(builder, states) = state;
  *LAYOUT_PUSH(builder->layout, open) = builder->manner->lead_element;
  build_inlines(builder, builder->manner->lead);
  element_close(builder->layout);
  builder->states_count--;
  builder->offset = 0;
  add_run(builder, &state, LEAD_SPACE, builder->manner->lead->place, false, false);
}

static void build(struct builder *builder, const struct node *variant) {
  struct layout *layout = builder->layout;
  uint32_t element = layout->open_count ? layout->open[layout->open_count - 1] : 0;
  struct state first = {.language =
                            variant->language ? variant->language : element_language(layout)};
  first.mark = add_mark(builder, element, NONE, NONE);
  *LAYOUT_PUSH(builder, states) = first;
  if (builder->manner->prefix) {
    add_run(builder, &first, builder->manner->prefix, variant->place, false, false);
    add_run(builder, &first, " ", variant->place, false, false);
  }
  if (builder->manner->lead) build_lead(builder, first);
  build_inlines(builder, variant);
  id_to_block(builder);
}

static struct paragraph_spec spec_of(const struct builder *builder, const char *language) {
  const struct manner *manner = builder->manner;
  const struct theme *theme = builder->layout->theme;
  return (struct paragraph_spec){.runs = builder->runs,
                                 .run_count = builder->runs_count,
                                 .language = language,
                                 .measure = manner->measure,
                                 .first_indent = manner->first_indent,
                                 .alignment = manner->alignment,
                                 .strictness = theme->strictness,
                                 .punctuation = theme->punctuation,
                                 .hyphenate = manner->look.text->hyphenate,
                                 .hanging = manner->look.text->hanging,
                                 .balanced = manner->balanced};
}

static void builder_finish(struct builder *builder) {
  free(builder->states);
  free(builder->runs);
}

bool inline_set(struct layout *layout, const struct node *variant, const struct manner *manner,
                struct set_text *set) {
  struct builder builder = {.layout = layout, .manner = manner};
  build(&builder, variant);
  struct paragraph_spec spec = spec_of(&builder, builder.states[0].language);
  *set = (struct set_text){
      .variant = variant, .origins = builder.origins, .origin_count = builder.origins_count};
  set->paragraph = paragraph_set(layout->engine, layout->arena, &spec, layout->messages);
  builder_finish(&builder);
  if (!set->paragraph) set_text_finish(set);
  return set->paragraph != NULL;
}

void set_text_finish(struct set_text *set) {
  free(set->origins);
  set->origins = NULL;
}

mpt inline_natural_width(struct layout *layout, const struct node *variant,
                         const struct manner *manner) {
  struct manner bare = *manner;
  bare.bare = true;
  struct builder builder = {.layout = layout, .manner = &bare};
  build(&builder, variant);
  struct paragraph_spec spec = spec_of(&builder, builder.states[0].language);
  mpt width = paragraph_natural_width(layout->engine, &spec, layout->messages);
  builder_finish(&builder);
  free(builder.origins);
  return width;
}

/* Of a stretch that is Han, or is not, within a text of that language. */
static const char *stretch_language(bool han, const char *language) {
  if (han == language_is_han(language)) return language;
  return han ? "zh" : "en";
}

size_t words_split(struct layout *layout, const char *text, const char *language,
                   struct plain_run *runs, size_t limit) {
  size_t count = 0, left = strlen(text), step;
  bool last = language_is_han(language);
  const char *from = text;
  for (const char *at = text; left; at += step, left -= step) {
    uint32_t c = utf8_decode(at, left, &step);
    bool han = c >= 0x2E80, latin = c < 0x80 && ((c | 32) >= 'a' && (c | 32) <= 'z');
    bool now = han || (!latin && last);
    if (now != last && at > from && count + 1 < limit) {
      runs[count++] =
          (struct plain_run){.text = arena_strndup(layout->arena, from, (size_t)(at - from)),
                             .language = stretch_language(last, language)};
      from = at;
    }
    last = now;
  }
  if (*from)
    runs[count++] =
        (struct plain_run){.text = from, .language = stretch_language(last, language)};
  return count;
}

static void add_words(struct builder *builder, const struct plain_run *run) {
  struct layout *layout = builder->layout;
  const char *around = element_language(layout);
  struct state state = {.language = run->language ? run->language : around};
  bool differs = !run->bare && strcmp(state.language, around) != 0;
  if (differs) element_open(layout, ROLE_SPAN, state.language);
  uint32_t element = layout->open_count ? layout->open[layout->open_count - 1] : 0;
  state.mark = add_mark(builder, element, NONE, NONE);
  struct manner manner = *builder->manner;
  const struct manner *kept = builder->manner;
  if (run->muted) manner.look.colour = layout->theme->colours[COLOUR_MUTED];
  builder->manner = &manner;
  add_run(builder, &state, run->text, run->place, false, false);
  builder->manner = kept;
  if (differs) element_close(layout);
}

const struct paragraph *words_set(struct layout *layout, const struct plain_run *runs, size_t count,
                                  const struct manner *manner) {
  struct builder builder = {.layout = layout, .manner = manner};
  for (size_t i = 0; i < count; i++) add_words(&builder, &runs[i]);
  struct paragraph_spec spec = spec_of(&builder, element_language(layout));
  const struct paragraph *paragraph =
      paragraph_set(layout->engine, layout->arena, &spec, layout->messages);
  builder_finish(&builder);
  free(builder.origins);
  return paragraph;
}
