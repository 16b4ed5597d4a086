/* Places in a source and back, beside a count from the start of the line; a line of megabytes with
 * a hundred thousand mistakes; the nearest name, beside the table that defines the distance. */
#include "check.h"

#include "base/message.h"
#include "base/source.h"
#include "base/utf8.h"

#include <unistd.h>

static uint32_t state = 7;

static uint32_t any(uint32_t below) {
  state = state * 1664525 + 1013904223;
  return (state >> 8) % below;
}

/* --- places -------------------------------------------------------------------------------- */

static const char *const pieces[] = {"a", "b ", "\u00e9", "\u6c49", "\U0001F600", "\n", "\r\n"};

static char *make_text(size_t size, uint32_t kinds) {
  char *text = calloc(size + 8, 1);
  for (size_t length = 0; length < size; length = strlen(text))
    for (int i = 0; i < 500 && length < size; i++) {
      const char *piece = pieces[any(kinds)];
      memcpy(text + length, piece, strlen(piece));
      length += strlen(piece);
    }
  return text;
}

static void check_places(size_t size, uint32_t kinds) {
  struct arena *arena = arena_new();
  struct messages *messages = messages_new_silent();
  char *text = make_text(size, kinds);
  const struct source *source = source_from_memory(arena, "t", text, strlen(text), messages);
  size_t wrong = 0, lost = 0;
  for (int i = 0; i < 2000; i++) {
    size_t at = any((uint32_t)source->length);
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80) at--;
    size_t start = at, end = at + any((uint32_t)(source->length - at) + 1);
    while (start > 0 && text[start - 1] != '\n') start--;
    struct place place = source_place(source, at, end - at);
    wrong += place.column != utf8_count(text + start, at - start) + 1 ||
             place.length != utf8_count(text + at, end - at);
    bool is_in_line = text[at] != '\n' && text[at] != '\r';
    lost += is_in_line && source_offset(source, place.line, place.column) != at;
  }
  CHECK(wrong == 0);
  CHECK(lost == 0);
  size_t length;
  const char *line = source_line(source, 1, &length);
  CHECK(source_offset(source, 1, UINT32_MAX) == (size_t)(line - source->text) + length);
  free(text);
  messages_free(messages);
  arena_free(arena);
}

/* From the start of the line each time, this would take hours. */
static void check_long_line(void) {
  struct arena *arena = arena_new();
  FILE *nowhere = fopen("/dev/null", "w");
  struct messages *messages = messages_new(nowhere, MESSAGES_HUMAN, false);
  char *text = make_text(8000000, 5);
  const struct source *source = source_from_memory(arena, "t", text, strlen(text), messages);
  alarm(100);
  for (size_t i = 0; i < 100000; i++) {
    struct place place = source_place(source, any((uint32_t)source->length), 3);
    message_warning(messages, &place, "x", "x");
  }
  alarm(0);
  CHECK(messages_warnings(messages) == 100000);
  free(text);
  messages_free(messages);
  fclose(nowhere);
  arena_free(arena);
}

/* --- names ---------------------------------------------------------------------------------- */

static size_t least_of(size_t a, size_t b) {
  return a < b ? a : b;
}

static size_t distance(const char *a, const char *b) {
  static size_t table[66][66];
  size_t m = strlen(a), n = strlen(b);
  for (size_t i = 0; i <= m; i++) table[i][0] = i;
  for (size_t j = 0; j <= n; j++) table[0][j] = j;
  for (size_t i = 1; i <= m; i++) {
    for (size_t j = 1; j <= n; j++) {
      size_t best = least_of(table[i - 1][j], table[i][j - 1]) + 1;
      best = least_of(best, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = least_of(best, table[i - 2][j - 2] + 1);
      table[i][j] = best;
    }
  }
  return table[m][n];
}

/* Words of few letters, so that many are near. */
static void make_word(char *word, uint32_t longest) {
  size_t length = 1 + any(longest);
  for (size_t i = 0; i < length; i++) word[i] = (char)('a' + any(3));
  word[length] = '\0';
}

/* The word with a few slips of the pen. */
static void make_slips(char *word, const char *right, uint32_t slips) {
  memcpy(word, right, strlen(right) + 1);
  for (; slips > 0 && *word; slips--) {
    size_t length = strlen(word), at = any((uint32_t)length);
    char c = word[at];
    switch (any(4)) {
    case 0:
      memmove(word + at, word + at + 1, length - at);
      break;
    case 1:
      memmove(word + at + 1, word + at, length - at + 1);
      break;
    case 2:
      word[at] = (char)('a' + any(3));
      break;
    default:
      word[at] = word[at + 1] ? word[at + 1] : c;
      if (word[at + 1]) word[at + 1] = c;
    }
  }
}

static void check_names(uint32_t longest) {
  char words[40][80], wrong[80];
  const char *names[40];
  size_t found = 0, other = 0;
  for (int round = 0; round < 300; round++) {
    make_word(wrong, longest);
    size_t least = strlen(wrong) / 3 + 2;
    const char *wanted = NULL;
    for (size_t i = 0; i < 40; i++) {
      make_slips(words[i], wrong, any(longest) + 1);
      names[i] = words[i];
      size_t d = strlen(wrong) <= 64 && strlen(names[i]) <= 64 ? distance(wrong, names[i]) : least;
      if (d >= least || d >= strlen(names[i])) continue;
      least = d;
      wanted = names[i];
    }
    found += wanted != NULL;
    other += message_nearest(wrong, names, 40) != wanted;
  }
  CHECK(found > 100);
  CHECK(other == 0);
}

int main(void) {
  check_places(100, 7);
  check_places(20000, 7);
  check_places(20000, 5); /* one line */
  check_places(1024, 1);
  check_long_line();
  check_names(6);
  check_names(63);
  check_names(66);
  CHECK(message_nearest("", (const char *const[]){"a"}, 1) == NULL);
  return check_summary();
}
