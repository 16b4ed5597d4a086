/* A message is held back until the next one or a flush, because its notes and
 * hints follow it and the JSON form is one line for all of them. */
#include "base/message.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum severity { SEVERITY_NONE, SEVERITY_WARNING, SEVERITY_ERROR };

/* A line longer than this is shown around the place only. */
#define SHOWN_COLUMNS 100

struct messages {
  FILE *stream;
  message_taker *take; /* or NULL */
  void *context;
  enum message_format format;
  bool colour;
  size_t errors;
  size_t warnings;
  enum status status;

  /* the message that is held back */
  enum severity severity;
  struct place place;
  const char *code;
  char *text;
  struct remark *remarks;
  size_t remark_count;
  size_t remark_capacity;
};

struct messages *messages_new(FILE *stream, enum message_format format, bool colour) {
  struct messages *messages = memory_alloc(sizeof *messages);
  messages->stream = stream;
  messages->format = format;
  messages->colour = colour;
  return messages;
}

struct messages *messages_new_silent(void) {
  return memory_alloc(sizeof(struct messages));
}

struct messages *messages_new_for(message_taker *take, void *context) {
  struct messages *messages = messages_new_silent();
  messages->take = take;
  messages->context = context;
  return messages;
}

size_t messages_errors(const struct messages *messages) {
  return messages->errors;
}

size_t messages_warnings(const struct messages *messages) {
  return messages->warnings;
}

enum status messages_status(const struct messages *messages) {
  return messages->status;
}

static char *format_text(const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  size_t size = (size_t)vsnprintf(NULL, 0, format, again) + 1;
  va_end(again);
  char *text = memory_alloc(size);
  vsnprintf(text, size, format, arguments);
  return text;
}

/* --- the human and the short form ---------------------------------------- */

static const char *severity_name(enum severity severity) {
  return severity == SEVERITY_ERROR ? "error" : "warning";
}

static bool is_directional(uint32_t c) {
  return utf8_turns_direction(c) || c == 0x200E || c == 0x200F || c == 0x061C;
}

/* Control characters of a user's text, or of a file's name, must not reach the terminal. */
static void put_visible(struct buffer *out, const char *text, size_t length) {
  for (size_t at = 0; at < length;) {
    size_t step;
    uint32_t c = utf8_decode(text + at, length - at, &step);
    if (c == UTF8_INVALID || is_directional(c)) buffer_append_text(out, UTF8_REPLACEMENT);
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) buffer_append_text(out, " ");
    else buffer_append(out, text + at, step);
    at += step;
  }
}

static void put_place(struct buffer *out, const struct place *place) {
  if (!place->source) {
    buffer_append_text(out, "handout");
  } else {
    put_visible(out, place->source->name, strlen(place->source->name));
    if (place->line) buffer_printf(out, ":%u:%u", place->line, place->column);
  }
  buffer_append_text(out, ": ");
}

static bool is_wide(uint32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
         (c >= 0x20000 && c <= 0x3FFFD);
}

static size_t skip_columns(const char *text, size_t length, size_t columns) {
  size_t at = 0;
  while (columns-- > 0 && at < length) {
    size_t step;
    utf8_decode(text + at, length - at, &step);
    at += step;
  }
  return at;
}

static size_t cells(const char *text, size_t length) {
  size_t width = 0;
  for (size_t at = 0; at < length;) {
    size_t step;
    width += is_wide(utf8_decode(text + at, length - at, &step)) ? 2 : 1;
    at += step;
  }
  return width;
}

static void put_excerpt(struct buffer *out, const struct place *place) {
  size_t length;
  const char *line = source_line(place->source, place->line, &length), *end = line + length;
  uint32_t before = place->column - 1;
  uint32_t from = before > SHOWN_COLUMNS / 2 ? before - SHOWN_COLUMNS / 2 : 0;
  line = place->source->text + source_offset(place->source, place->line, from + 1);
  length = skip_columns(line, (size_t)(end - line), SHOWN_COLUMNS);
  size_t caret = skip_columns(line, length, before - from);
  size_t marked = skip_columns(line + caret, length - caret, place->length);
  buffer_append_text(out, "  ");
  put_visible(out, line, length);
  buffer_append_text(out, "\n  ");
  for (size_t i = cells(line, caret); i > 0; i--) buffer_append_byte(out, ' ');
  buffer_append_byte(out, '^');
  for (size_t i = cells(line + caret, marked); i > 1; i--) buffer_append_byte(out, '~');
  buffer_append_byte(out, '\n');
}

static void put_remark(struct buffer *out, const struct remark *remark) {
  buffer_append_text(out, remark->hint ? "hint: " : "note: ");
  put_visible(out, remark->text, strlen(remark->text));
  if (remark->place.source) {
    buffer_append_text(out, ": ");
    put_place(out, &remark->place);
    out->length -= 2;
  }
  buffer_append_byte(out, '\n');
}

static void put_readable(const struct messages *m, struct buffer *out) {
  const char *tint = m->severity == SEVERITY_ERROR ? "\033[1;31m" : "\033[1;35m";
  put_place(out, &m->place);
  buffer_printf(out, "%s%s:%s ", m->colour ? tint : "", severity_name(m->severity),
                m->colour ? "\033[0m" : "");
  put_visible(out, m->text, strlen(m->text));
  buffer_printf(out, " [%s]\n", m->code);
  if (m->format == MESSAGES_SHORT) return;
  if (m->place.source && m->place.line && m->place.line <= m->place.source->line_count) {
    put_excerpt(out, &m->place);
  }
  for (size_t i = 0; i < m->remark_count; i++) put_remark(out, &m->remarks[i]);
}

/* --- the JSON form: one object a line ------------------------------------- */

static void put_json_text(struct buffer *out, const char *text) {
  buffer_append_byte(out, '"');
  for (size_t left = strlen(text), step; left > 0; text += step, left -= step) {
    uint32_t c = utf8_decode(text, left, &step);
    if (c == UTF8_INVALID) buffer_append_text(out, UTF8_REPLACEMENT);
    else if (c == '"' || c == '\\') buffer_printf(out, "\\%c", (char)c);
    else if (c < 0x20) buffer_printf(out, "\\u%04x", (unsigned)c);
    else buffer_append(out, text, step);
  }
  buffer_append_byte(out, '"');
}

static void put_json_place(struct buffer *out, const struct place *place) {
  if (!place->source) return;
  buffer_append_text(out, ",\"file\":");
  put_json_text(out, place->source->name);
  if (!place->line) return;
  buffer_printf(out, ",\"line\":%u,\"column\":%u,\"length\":%u", place->line, place->column,
                place->length);
}

static void put_json(const struct messages *m, struct buffer *out) {
  buffer_printf(out,
                "{\"severity\":\"%s\",\"code\":\"%s\",\"message\":", severity_name(m->severity),
                m->code);
  put_json_text(out, m->text);
  put_json_place(out, &m->place);
  buffer_append_text(out, ",\"remarks\":[");
  for (size_t i = 0; i < m->remark_count; i++) {
    const struct remark *remark = &m->remarks[i];
    buffer_printf(out, "%s{\"kind\":\"%s\",\"message\":", i ? "," : "",
                  remark->hint ? "hint" : "note");
    put_json_text(out, remark->text);
    put_json_place(out, &remark->place);
    buffer_append_byte(out, '}');
  }
  buffer_append_text(out, "]}\n");
}

/* --- the message that is held back ---------------------------------------- */

static void drop_held(struct messages *messages) {
  for (size_t i = 0; i < messages->remark_count; i++) free(messages->remarks[i].text);
  messages->remark_count = 0;
  free(messages->text);
  messages->text = NULL;
  messages->severity = SEVERITY_NONE;
}

static void print_held(const struct messages *messages) {
  struct buffer out = {0};
  if (messages->format == MESSAGES_JSON) put_json(messages, &out);
  else put_readable(messages, &out);
  fwrite(out.data, 1, out.length, messages->stream);
  fflush(messages->stream);
  buffer_finish(&out);
}

static void give_held(const struct messages *messages) {
  struct message message = {.is_error = messages->severity == SEVERITY_ERROR,
                            .code = messages->code,
                            .text = messages->text,
                            .place = messages->place,
                            .remarks = messages->remarks,
                            .remark_count = messages->remark_count};
  messages->take(messages->context, &message);
}

void messages_flush(struct messages *messages) {
  if (messages->severity == SEVERITY_NONE) return;
  if (messages->stream) print_held(messages);
  if (messages->take) give_held(messages);
  drop_held(messages);
}

void messages_free(struct messages *messages) {
  if (!messages) return;
  messages_flush(messages);
  free(messages->remarks);
  free(messages);
}

static void hold(struct messages *messages, enum severity severity, const struct place *place,
                 const char *code, char *text) {
  messages_flush(messages);
  messages->severity = severity;
  messages->place = place ? *place : (struct place){0};
  messages->code = code;
  messages->text = text;
  if (severity == SEVERITY_ERROR) messages->errors++;
  else messages->warnings++;
}

static void raise_status(struct messages *messages, enum status status) {
  if (status > messages->status) messages->status = status;
}

#define FORMATTED(text)                                                                            \
  va_list arguments;                                                                               \
  va_start(arguments, format);                                                                     \
  char *text = format_text(format, arguments);                                                     \
  va_end(arguments)

void message_error(struct messages *messages, const struct place *place, const char *code,
                   const char *format, ...) {
  FORMATTED(text);
  hold(messages, SEVERITY_ERROR, place, code, text);
  raise_status(messages, STATUS_DOCUMENT);
}

void message_io_error(struct messages *messages, const struct place *place, const char *code,
                      const char *format, ...) {
  FORMATTED(text);
  hold(messages, SEVERITY_ERROR, place, code, text);
  raise_status(messages, STATUS_IO);
}

void message_usage(struct messages *messages, const char *format, ...) {
  FORMATTED(text);
  hold(messages, SEVERITY_ERROR, NULL, "usage", text);
  raise_status(messages, STATUS_USAGE);
}

void message_warning(struct messages *messages, const struct place *place, const char *code,
                     const char *format, ...) {
  FORMATTED(text);
  hold(messages, SEVERITY_WARNING, place, code, text);
}

static void add_remark(struct messages *messages, bool hint, const struct place *place,
                       char *text) { /* NOLINT(readability-non-const-parameter): it is kept */
  messages->remarks = array_reserve(messages->remarks, messages->remark_count,
                                    &messages->remark_capacity, sizeof *messages->remarks);
  messages->remarks[messages->remark_count++] =
      (struct remark){.hint = hint, .place = place ? *place : (struct place){0}, .text = text};
}

void message_note(struct messages *messages, const struct place *place, const char *format, ...) {
  FORMATTED(text);
  add_remark(messages, false, place, text);
}

void message_hint(struct messages *messages, const char *format, ...) {
  FORMATTED(text);
  add_remark(messages, true, NULL, text);
}

/* --- the nearest name ------------------------------------------------------ */

/* A word as a bit for each of its bytes: where in it each byte stands. */
#define LONGEST_NAME 64

struct pattern {
  uint64_t places[256];
  size_t length;
};

static struct pattern pattern_of(const char *word, size_t length) {
  struct pattern pattern = {.length = length};
  for (size_t i = 0; i < length; i++)
    pattern.places[(unsigned char)word[i]] |= (uint64_t)1 << i;
  return pattern;
}

/* Optimal string alignment: insert, delete, replace, or swap two neighbours. A column of its
 * table in a few operations on words of bits (Myers 1999, Hyyro 2003), for a stranger's guide may
 * hold thousands of wrong names and of right ones. `up` and `down` are where the table grows or
 * falls by one from row to row, `across` and `back` from column to column. */
static size_t distance(const struct pattern *pattern, const char *name) {
  uint64_t last = (uint64_t)1 << (pattern->length - 1);
  uint64_t up = ~(uint64_t)0, down = 0, same = 0, before = 0;
  size_t distance = pattern->length;
  for (; *name; name++) {
    uint64_t now = pattern->places[(unsigned char)*name];
    uint64_t swapped = ((~same & now) << 1) & before;
    same = (((now & up) + up) ^ up) | now | down | swapped;
    uint64_t across = down | ~(same | up), back = same & up;
    distance += (across & last) != 0;
    distance -= (back & last) != 0;
    across = across << 1 | 1;
    back <<= 1;
    up = back | ~(same | across);
    down = across & same;
    before = now;
  }
  return distance;
}

const char *message_nearest(const char *wrong, const char *const *names, size_t count) {
  size_t length = strlen(wrong);
  const char *nearest = NULL;
  size_t least = length / 3 + 2;
  if (length == 0 || length > LONGEST_NAME) return NULL;
  struct pattern pattern = pattern_of(wrong, length);
  for (size_t i = 0; i < count; i++) {
    if (strcasecmp(wrong, names[i]) == 0) return names[i];
    size_t name_length = strlen(names[i]);
    bool far = name_length + least <= length || length + least <= name_length;
    if (far || name_length > LONGEST_NAME) continue;
    size_t d = distance(&pattern, names[i]);
    if (d < least && d < name_length) {
      least = d;
      nearest = names[i];
    }
  }
  return nearest;
}
