/* Inside page/ only: what is done on entering and on leaving each kind of block. */
#ifndef HANDOUT_PAGE_BLOCKS_H
#define HANDOUT_PAGE_BLOCKS_H

#include "page/layout.h"

enum step { INTO, PAST, FAILED };

static inline enum step past(bool ok) {
  return ok ? PAST : FAILED;
}

/* The body's leading: spaces are parts of it. */
static inline mpt line_of(const struct layout *layout) {
  return layout->theme->texts[THEME_BODY].leading;
}

typedef enum step block_enter(struct layout *layout, const struct node *node);
typedef void block_leave(struct layout *layout, const struct node *node);

/* containers.c */
block_enter enter_section, enter_division, enter_group, enter_list, enter_item, enter_callout;
block_enter enter_quote, enter_glossary, enter_entry, enter_worksheet;
block_leave leave_list, leave_item, leave_callout, leave_quote, leave_entry, leave_worksheet;

/* blocks.c */
/* A paragraph before a list or code would better stand on its page. */
void keep_lead(struct layout *layout, const struct node *node);

/* texts.c */
/* Whether what is seen above a block is a paragraph. */
bool follows_paragraph(const struct node *block);
block_enter enter_heading, enter_paragraph, enter_term, enter_caption;
bool is_after_heading(struct layout *layout);

#endif
