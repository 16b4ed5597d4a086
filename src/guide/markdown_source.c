/* What cmark sees of a Markdown file. One pass over the lines, in which
 *
 *   ::: callout            becomes   <!--T0T-->      a block of its own for cmark,
 *   {{ name }}             becomes   T1T             a word for cmark,
 *   {#id when="a * b"}     becomes   T2T             so that nothing in it is markup,
 *
 * and a blank line is put before a table or a caption that stands right under
 * another line. Every change is noted, so that a place in cmark's text is a place in
 * the author's. In code, tokens are turned back into what they stand for. */
#include "guide/markdown.h"

#include "base/limit.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Each of these cmark looks for the end of, through all of a paragraph. */
#define MOST_TAGS 100

/* A fill-in or a list of attributes is no longer than this, or than an expression may be and
 * what stands around it. */
#define LONGEST_TOKEN 1024
#define AROUND_IT     24

struct preparing {
  struct prepared *prepared;
  struct loading *loading;
  const char *text; /* the source's */
  size_t length;
  size_t longest; /* token */
  char fence; /* of the open code block, or NUL */
  size_t fence_length;
  bool comment;
  bool quoted; /* the line stands in a block quote: its marks are not to be taken in */
  bool last_blank;
  bool last_table; /* the line before begins with | */
  size_t columns;  /* of the table that the line may be a row of */
  size_t cells;    /* of all tables: cmark makes those up that a row lacks */
  size_t tags;     /* "<!" and "<?" since the last blank line */
  bool refused;    /* neither this line nor what follows is read */
};

/* --- writing --------------------------------------------------------------------- */

static void note_pair(struct prepared *prepared, size_t in_source) {
  prepared->pairs = array_reserve(prepared->pairs, prepared->pair_count, &prepared->pair_capacity,
                                  sizeof *prepared->pairs);
  prepared->pairs[prepared->pair_count++] = (struct offset_pair){prepared->text.length, in_source};
}

static void note_line(struct prepared *prepared) {
  prepared->line_starts = array_reserve(prepared->line_starts, prepared->line_count,
                                        &prepared->line_capacity, sizeof *prepared->line_starts);
  prepared->line_starts[prepared->line_count++] = prepared->text.length;
}

static struct token *put_token(struct prepared *prepared, const struct token *token) {
  note_pair(prepared, token->start);
  buffer_printf(&prepared->text, TOKEN_START "%zu" TOKEN_END, prepared->token_count);
  note_pair(prepared, token->start + token->length);
  prepared->tokens = array_reserve(prepared->tokens, prepared->token_count,
                                   &prepared->token_capacity, sizeof *prepared->tokens);
  prepared->tokens[prepared->token_count] = *token;
  return &prepared->tokens[prepared->token_count++];
}

/* --- fill-ins and attributes -------------------------------------------------------- */

/* A line break inside braces is a space, but a blank line ends a paragraph. */
static bool is_blank_line(const char *text, size_t left) {
  size_t at = 0;
  while (at < left && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) at++;
  return at < left && text[at] == '\n';
}

static size_t token_limit(const struct preparing *preparing, size_t at) {
  size_t left = preparing->length - at;
  size_t limit = at + (left < preparing->longest ? left : preparing->longest);
  for (size_t i = at; i < limit; i++) {
    if (preparing->text[i] != '\n') continue;
    if (preparing->quoted || is_blank_line(preparing->text + i + 1, limit - i - 1)) return i;
  }
  return limit;
}

/* The offset of the braces that close a fill-in, or 0. Quotes hide braces. */
static size_t fill_in_end(const char *text, size_t at, size_t limit) {
  char quote = '\0';
  for (size_t i = at; i + 1 < limit; i++) {
    if (quote) {
      if (text[i] == quote) quote = '\0';
    } else if (text[i] == '"' || text[i] == '\'') {
      quote = text[i];
    } else if (text[i] == '{') {
      return 0;
    } else if (text[i] == '}' && text[i + 1] == '}') {
      return i;
    }
  }
  return 0;
}

static bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t try_fill_in(struct preparing *preparing, size_t at) {
  const struct source *source = preparing->prepared->source;
  size_t close = fill_in_end(source->text, at + 2, token_limit(preparing, at));
  if (close == 0) return 0;
  size_t start = at + 2, end = close;
  while (start < end && is_white(source->text[start])) start++;
  while (end > start && is_white(source->text[end - 1])) end--;
  struct token token = {.kind = TOKEN_FILL_IN, .start = at, .length = close + 2 - at};
  char *expression = arena_strndup(preparing->loading->arena, source->text + start, end - start);
  for (char *c = expression; *c; c++) {
    if (is_white(*c)) *c = ' ';
  }
  token.expression = script_normalise(preparing->loading->arena, expression, end - start);
  token.place = source_place(source, start, end - start);
  put_token(preparing->prepared, &token);
  return token.length;
}

static size_t try_attributes(struct preparing *preparing, size_t at) {
  struct token token = {.kind = TOKEN_ATTRIBUTES, .start = at};
  size_t wrong;
  token.length = attributes_read(preparing->loading->arena, preparing->prepared->source, at,
                                 token_limit(preparing, at), &token.given, &wrong);
  if (token.length == 0) return 0;
  token.place = token.given.place;
  put_token(preparing->prepared, &token);
  return token.length;
}

/* Braces that are worth a look: most are not. */
static size_t try_braces(struct preparing *preparing, size_t at) {
  char next = at + 1 < preparing->length ? preparing->text[at + 1] : '\0';
  if (next == '{') return try_fill_in(preparing, at);
  bool likely = next == '#' || next == '.' || is_white(next) || (next >= 'a' && next <= 'z') ||
                (next >= 'A' && next <= 'Z');
  return likely ? try_attributes(preparing, at) : 0;
}

/* --- divs --------------------------------------------------------------------------- */

static size_t skip_blanks(const char *text, size_t at, size_t end) {
  while (at < end && (text[at] == ' ' || text[at] == '\t')) at++;
  return at;
}

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

static void report_bad_div(struct preparing *preparing, size_t at, size_t end) {
  struct place place = source_place(preparing->prepared->source, at, end - at);
  message_error(preparing->loading->messages, &place, "bad-attributes",
                "what follows the colons is not a name or attributes");
  message_hint(preparing->loading->messages,
               "write ::: name, or ::: {.name key=\"value\"}, and ::: alone to close it");
}

/* "::: name {attributes}" or ":::" alone. */
static struct token read_div(struct preparing *preparing, size_t colons, size_t end) {
  const struct source *source = preparing->prepared->source;
  struct arena *arena = preparing->loading->arena;
  struct token token = {.kind = TOKEN_CLOSE, .start = colons, .length = end - colons};
  size_t at = colons;
  while (at < end && source->text[at] == ':') at++;
  token.place = source_place(source, colons, at - colons);
  at = skip_blanks(source->text, at, end);
  if (at == end) return token;
  token.kind = TOKEN_OPEN;
  size_t word = at;
  while (at < end && is_word(source->text[at])) at++;
  if (at > word) token.name = arena_strndup(arena, source->text + word, at - word);
  if (token.name) token.place = source_place(source, word, at - word);
  at = skip_blanks(source->text, at, end);
  size_t wrong = at;
  if (at < end && source->text[at] == '{') {
    at += attributes_read(arena, preparing->prepared->source, at, end, &token.given, &wrong);
  }
  at = skip_blanks(source->text, at, end);
  while (at < end && source->text[at] == ':') at++;
  if (skip_blanks(source->text, at, end) < end) report_bad_div(preparing, wrong, end);
  return token;
}

/* The first class of a div without a name is its name. */
static void name_div(struct token *token) {
  const struct attribute *class = token->name ? NULL : attributes_take_class(&token->given);
  if (!class) return;
  token->name = class->value;
  token->place = class->place;
}

static void put_div(struct preparing *preparing, size_t colons, size_t end) {
  struct token token = read_div(preparing, colons, end);
  if (token.kind == TOKEN_OPEN) name_div(&token);
  buffer_append_text(&preparing->prepared->text, "<!--");
  put_token(preparing->prepared, &token);
  buffer_append_text(&preparing->prepared->text, "-->");
}

/* --- lines -------------------------------------------------------------------------- */

static size_t line_end(const struct preparing *preparing, size_t start) {
  const char *newline = memchr(preparing->text + start, '\n', preparing->length - start);
  size_t end = newline ? (size_t)(newline - preparing->text) : preparing->length;
  return end > start && preparing->text[end - 1] == '\r' ? end - 1 : end;
}

/* Indentation and the marks of block quotes. */
static size_t skip_prefix(const char *text, size_t at, size_t end) {
  while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '>')) at++;
  return at;
}

static size_t skip_list_marker(const char *text, size_t at, size_t end) {
  size_t i = at;
  while (i < end && text[i] >= '0' && text[i] <= '9') i++;
  bool ordered = i > at && i < end && (text[i] == '.' || text[i] == ')');
  bool bullet = i == at && i < end && strchr("-*+", text[i]);
  if ((ordered || bullet) && i + 1 < end && text[i + 1] == ' ')
    return skip_prefix(text, i + 1, end);
  return at;
}

static size_t fence_at(const char *text, size_t at, size_t end) {
  if (at >= end || (text[at] != '`' && text[at] != '~')) return 0;
  size_t length = 1;
  while (at + length < end && text[at + length] == text[at]) length++;
  return length >= 3 ? length : 0;
}

/* Whether this line opens or closes a fenced code block, or stands inside one. */
static bool follow_fence(struct preparing *preparing, size_t at, size_t end) {
  const char *text = preparing->text;
  if (preparing->fence) {
    size_t length = fence_at(text, at, end);
    bool closes = length >= preparing->fence_length && text[at] == preparing->fence &&
                  skip_blanks(text, at + length, end) == end;
    if (closes) preparing->fence = '\0';
    return true;
  }
  at = skip_list_marker(text, at, end);
  size_t length = fence_at(text, at, end);
  if (length == 0) return false;
  if (text[at] == '`' && memchr(text + at + length, '`', end - at - length)) return false;
  preparing->fence = text[at];
  preparing->fence_length = length;
  return true;
}

static bool contains(const char *text, size_t at, size_t end, const char *what) {
  size_t size = strlen(what);
  for (; at + size <= end; at++) {
    const char *found = memchr(text + at, *what, end - size + 1 - at);
    if (!found) return false;
    at = (size_t)(found - text);
    if (memcmp(found, what, size) == 0) return true;
  }
  return false;
}

/* A comment that takes several lines hides everything in it. */
static bool follow_comment(struct preparing *preparing, size_t at, size_t end) {
  bool inside = preparing->comment;
  if (!inside) {
    if (end - at < 4 || memcmp(preparing->text + at, "<!--", 4) != 0) return false;
    at += 4;
  }
  preparing->comment = !contains(preparing->text, at, end, "-->");
  return true;
}

/* "| --- | :-: |": what makes the line above it the head of a table. How many columns; 0 where it
 * is something else. */
static size_t delimiter_columns(const char *text, size_t at, size_t end) {
  size_t pipes = 0, columns = 0;
  char last = '|';
  for (at = skip_prefix(text, at, end); at < end; at++) {
    char c = text[at];
    if (c == ' ' || c == '\t' || c == ':') continue;
    if (c != '|' && c != '-') return 0;
    pipes += c == '|';
    columns += c == '-' && last == '|';
    last = c;
  }
  return pipes > 0 ? columns : 0;
}

static bool heads_table(const struct preparing *preparing, size_t at, size_t end) {
  if (preparing->last_table || !memchr(preparing->text + at, '|', end - at)) return false;
  const char *newline = memchr(preparing->text + end, '\n', preparing->length - end);
  if (!newline) return false;
  size_t next = (size_t)(newline - preparing->text) + 1;
  return delimiter_columns(preparing->text, next, line_end(preparing, next)) > 0;
}

/* Before cmark sees it: a table of many columns takes it the square of them in time, and of many
 * short rows in memory. */
static void follow_table(struct preparing *preparing, size_t at, size_t end) {
  struct messages *messages = preparing->loading->messages;
  size_t columns = delimiter_columns(preparing->text, at, end);
  if (columns) preparing->columns = columns;
  else if (at == end) preparing->columns = 0;
  else preparing->cells += preparing->columns;
  bool wide = columns > TABLE_COLUMNS_MOST, many = preparing->cells > limit_of(LIMIT_NODES);
  if (!wide && !many) return;
  preparing->refused = true;
  struct place place = source_place(preparing->prepared->source, at, end - at);
  if (many) limit_report(messages, &place, LIMIT_NODES, NULL);
  else message_error(messages, &place, "table-columns", "a table has %d columns at most",
                     TABLE_COLUMNS_MOST);
}

static void follow_tags(struct preparing *preparing, size_t at, size_t end) {
  if (at == end) preparing->tags = 0;
  for (; at + 1 < end && preparing->tags <= MOST_TAGS; at++)
    preparing->tags += preparing->text[at] == '<' && strchr("!?", preparing->text[at + 1]) != NULL;
  if (preparing->tags <= MOST_TAGS) return;
  preparing->refused = true;
  struct place place = source_place(preparing->prepared->source, at - 1, 2);
  message_error(preparing->loading->messages, &place, "too-many-comments",
                "a paragraph has %d comments and the like (<!, <?) at most", MOST_TAGS);
}

static void put_blank_line(struct preparing *preparing, size_t start, size_t at) {
  struct prepared *prepared = preparing->prepared;
  note_pair(prepared, start);
  buffer_append(&prepared->text, preparing->text + start, at - start);
  buffer_append_byte(&prepared->text, '\n');
  note_line(prepared);
  note_pair(prepared, start);
}

static void separate(struct preparing *preparing, size_t start, size_t at, size_t end) {
  bool starts_table = at < end && preparing->text[at] == '|';
  bool caption = at + 1 < end && preparing->text[at] == ':' && preparing->text[at + 1] == ' ';
  bool apart = (caption && preparing->last_table) || heads_table(preparing, at, end);
  if (!preparing->last_blank && apart) put_blank_line(preparing, start, at);
  preparing->last_blank = at == end;
  preparing->last_table = starts_table || (preparing->last_table && !caption && at < end);
}

/* Copies up to the end of the line, with tokens for braces; the offset after it. A
 * token may reach over the end of the line, and then so does the copying. */
static size_t put_inlines(struct preparing *preparing, size_t at, size_t end) {
  struct buffer *out = &preparing->prepared->text;
  size_t copied = at;
  while (at < end) {
    size_t taken = 0;
    if (preparing->text[at] == '\\' && at + 1 < end) {
      at += 2;
      continue;
    }
    if (preparing->text[at] == '{') {
      buffer_append(out, preparing->text + copied, at - copied);
      copied = at;
      taken = try_braces(preparing, at);
      if (at + taken > end) end = line_end(preparing, at + taken);
    }
    at += taken ? taken : 1;
    if (taken) copied = at;
  }
  buffer_append(out, preparing->text + copied, end - copied);
  return end;
}

static void note_footnote(struct prepared *prepared, const char *text, size_t at, size_t end) {
  if (end - at < 5 || memcmp(text + at, "[^", 2) != 0) return;
  const char *close = memchr(text + at, ']', end - at - 1);
  if (!close || close[1] != ':') return;
  prepared->footnotes = array_reserve(prepared->footnotes, prepared->footnote_count,
                                      &prepared->footnote_capacity, sizeof *prepared->footnotes);
  prepared->footnotes[prepared->footnote_count++] = at;
}

static size_t put_line(struct preparing *preparing, size_t start) {
  struct prepared *prepared = preparing->prepared;
  const char *text = preparing->text;
  size_t end = line_end(preparing, start);
  size_t at = skip_prefix(text, start, end);
  preparing->quoted = memchr(text + start, '>', at - start) != NULL;
  bool verbatim = follow_comment(preparing, at, end);
  bool code = !verbatim && follow_fence(preparing, at, end);
  if (!verbatim && !code) {
    follow_table(preparing, at, end);
    follow_tags(preparing, at, end);
    if (preparing->refused) return preparing->length;
    separate(preparing, start, at, end);
    note_footnote(prepared, text, at, end);
  }
  note_line(prepared);
  buffer_append(&prepared->text, text + start, at - start);
  if (verbatim) {
    buffer_append(&prepared->text, text + at, end - at);
  } else if (end - at >= 3 && memcmp(text + at, ":::", 3) == 0) {
    put_div(preparing, at, end);
    preparing->last_blank = true;
    preparing->last_table = false;
  } else {
    end = put_inlines(preparing, at, end);
  }
  if (end < preparing->length && text[end] == '\r') end++;
  if (end < preparing->length && text[end] == '\n') end++;
  note_pair(prepared, end - (end > start && text[end - 1] == '\n'));
  buffer_append_byte(&prepared->text, '\n');
  note_pair(prepared, end);
  return end;
}

bool prepared_read(struct prepared *prepared, struct loading *loading, const struct source *source,
                   size_t from) {
  *prepared = (struct prepared){.source = source};
  struct preparing preparing = {.prepared = prepared,
                                .loading = loading,
                                .text = source->text,
                                .length = source->length,
                                .longest = limit_of(LIMIT_EXPRESSION) + AROUND_IT,
                                .last_blank = true};
  if (preparing.longest < LONGEST_TOKEN) preparing.longest = LONGEST_TOKEN;
  note_pair(prepared, from);
  for (size_t at = from; at < source->length && !preparing.refused;) at = put_line(&preparing, at);
  note_line(prepared);
  return !preparing.refused;
}

void prepared_finish(struct prepared *prepared) {
  buffer_finish(&prepared->text);
  free(prepared->line_starts);
  free(prepared->pairs);
  free(prepared->tokens);
  free(prepared->footnotes);
}
