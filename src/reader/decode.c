/* Spreadsheets save tables in what their country and age make likely: UTF-8 with or
 * without a byte order mark, UTF-16, or GB18030. A mark decides; without one, bytes
 * that are UTF-8 throughout the first block are UTF-8, zero bytes tell UTF-16, and the
 * rest is GB18030, unless it would put a Chinese character into a Latin word: then it is of
 * the West, in one of many encodings, and refused. ICU converts in a stream. */
#include "reader/csv.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unistd.h>

#define BLOCK_SIZE  (64 * 1024)
#define FIRST_NAMES 16 /* bytes */

struct decoder {
  int file;
  char block[BLOCK_SIZE];
  size_t length; /* bytes in the block */
  size_t start;  /* those of a byte order mark are passed over */
  bool fresh;    /* the block has not been given out yet */
  bool ended;
  const char *problem;
  UConverter *from, *to; /* NULL for UTF-8 */
  UChar pivot[BLOCK_SIZE];
  UChar *pivot_source, *pivot_target;
  char text[BLOCK_SIZE * 3];
};

static bool fill_block(struct decoder *decoder) {
  decoder->length = 0;
  while (decoder->length < BLOCK_SIZE) {
    ssize_t count =
        read(decoder->file, decoder->block + decoder->length, BLOCK_SIZE - decoder->length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      decoder->problem = strerror(errno);
      return false;
    }
    if (count == 0) break;
    decoder->length += (size_t)count;
  }
  decoder->fresh = true;
  return true;
}

/* --- which encoding ------------------------------------------------------------------ */

static bool begins_with(const struct decoder *decoder, const char *mark, size_t length) {
  return decoder->length >= length && memcmp(decoder->block, mark, length) == 0;
}

/* A sequence that the block's end cuts in two is no mistake. */
static bool is_utf8(const struct decoder *decoder) {
  size_t valid = utf8_valid_prefix(decoder->block, decoder->length);
  return valid == decoder->length || (decoder->length == BLOCK_SIZE && valid + 4 > BLOCK_SIZE);
}

/* The names of the columns are ASCII: in UTF-16 every second of their bytes is zero. */
static const char *utf16_by_zeros(const struct decoder *decoder) {
  size_t zeros[2] = {0, 0};
  size_t length = decoder->length < FIRST_NAMES ? decoder->length : FIRST_NAMES;
  for (size_t i = 0; i < length; i++) zeros[i % 2] += decoder->block[i] == '\0';
  if (zeros[1] > length / 4 && zeros[0] == 0) return "UTF-16LE";
  if (zeros[0] > length / 4 && zeros[1] == 0) return "UTF-16BE";
  return NULL;
}

static bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Two small letters with accents, such as those of "Concei\xE7\xE3o", are a rare character of
 * GB18030. */
static bool are_small(const char *bytes) {
  return (unsigned char)bytes[0] >= 0xE0 && (unsigned char)bytes[1] >= 0xE0;
}

/* "J\xFCrgen": GB18030 makes one character of the byte and the letter after it. Chinese has some
 * of those, too, but not next to a Latin letter; nor are rare ones between two of these. */
static bool is_western(const struct decoder *decoder) {
  const char *bytes = decoder->block;
  for (size_t i = 0; i + 2 < decoder->length; i++) {
    if ((unsigned char)bytes[i] < 0x81) continue;
    bool before = i > 0 && is_letter(bytes[i - 1]), after = is_letter(bytes[i + 2]);
    if (is_letter(bytes[i + 1]) ? before || after : before && after && are_small(bytes + i))
      return true;
    i++;
  }
  return false;
}

/* What is no table of any kind; `encoding` is what it was taken for. */
static const char *wrong_kind(const struct decoder *decoder, const char *encoding) {
  if (begins_with(decoder, "PK\3\4", 4)) return "it is a workbook or another archive, not a table";
  bool western = encoding && strcmp(encoding, "GB18030") == 0 && is_western(decoder);
  return western ? "its letters are in an encoding that is not UTF-8, UTF-16 or GB18030" : NULL;
}

/* ICU's name, NULL for UTF-8. */
static const char *find_encoding(struct decoder *decoder) {
  if (begins_with(decoder, "\xEF\xBB\xBF", 3)) {
    decoder->start = 3;
    return NULL;
  }
  if (begins_with(decoder, "\xFF\xFE", 2)) {
    decoder->start = 2;
    return "UTF-16LE";
  }
  if (begins_with(decoder, "\xFE\xFF", 2)) {
    decoder->start = 2;
    return "UTF-16BE";
  }
  if (begins_with(decoder, "\x84\x31\x95\x33", 4)) {
    decoder->start = 4;
    return "GB18030";
  }
  const char *utf16 = utf16_by_zeros(decoder);
  if (utf16) return utf16;
  return is_utf8(decoder) ? NULL : "GB18030";
}

static bool open_converters(struct decoder *decoder, const char *encoding) {
  UErrorCode status = U_ZERO_ERROR;
  decoder->from = ucnv_open(encoding, &status);
  decoder->to = ucnv_open("UTF-8", &status);
  ucnv_setToUCallBack(decoder->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  ucnv_setFromUCallBack(decoder->to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  decoder->pivot_source = decoder->pivot_target = decoder->pivot;
  if (U_FAILURE(status)) decoder->problem = u_errorName(status);
  return U_SUCCESS(status);
}

/* --- reading ----------------------------------------------------------------------------- */

struct decoder *decoder_open(const char *path, struct messages *messages) {
  struct decoder *decoder = memory_alloc(sizeof *decoder);
  bool standard = strcmp(path, "-") == 0;
  decoder->file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  bool ok = decoder->file >= 0;
  if (!ok) decoder->problem = strerror(errno);
  ok = ok && fill_block(decoder);
  const char *encoding = ok ? find_encoding(decoder) : NULL;
  const char *wrong = ok && !decoder->start ? wrong_kind(decoder, encoding) : NULL;
  if (wrong) {
    message_error(messages, NULL, "not-a-table", "%s: %s", path, wrong);
    message_hint(messages, "save it as CSV in UTF-8");
    decoder_close(decoder);
    return NULL;
  }
  ok = ok && (!encoding || open_converters(decoder, encoding));
  if (ok) return decoder;
  message_io_error(messages, NULL, "cannot-read", "%s: %s", path, decoder->problem);
  decoder_close(decoder);
  return NULL;
}

void decoder_close(struct decoder *decoder) {
  if (!decoder) return;
  if (decoder->file > STDIN_FILENO) close(decoder->file);
  ucnv_close(decoder->from);
  ucnv_close(decoder->to);
  free(decoder);
}

const char *decoder_problem(const struct decoder *decoder) {
  return decoder->problem;
}

/* What stands before a byte that is wrong. */
static void flush_pivot(struct decoder *decoder, char **target) {
  UErrorCode status = U_ZERO_ERROR;
  const UChar *from = decoder->pivot_source;
  ucnv_fromUnicode(decoder->to, target, decoder->text + sizeof decoder->text, &from,
                   decoder->pivot_target, NULL, true, &status);
}

/* Converts what is left of the block, as far as there is room. */
static bool convert(struct decoder *decoder, size_t *length) {
  UErrorCode status = U_ZERO_ERROR;
  const char *source = decoder->block + decoder->start;
  char *target = decoder->text;
  bool last = decoder->length < BLOCK_SIZE;
  ucnv_convertEx(decoder->to, decoder->from, &target, decoder->text + sizeof decoder->text, &source,
                 decoder->block + decoder->length, decoder->pivot, &decoder->pivot_source,
                 &decoder->pivot_target, decoder->pivot + BLOCK_SIZE, false, last, &status);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) flush_pivot(decoder, &target);
  decoder->start = (size_t)(source - decoder->block);
  *length = (size_t)(target - decoder->text);
  decoder->fresh = status == U_BUFFER_OVERFLOW_ERROR;
  if (U_SUCCESS(status) || decoder->fresh) return true;
  decoder->problem = "a byte that is neither UTF-8 nor what else the file seems to be in";
  return *length > 0; /* what stands before it is given first */
}

bool decoder_read(struct decoder *decoder, const char **text, size_t *length) {
  *length = 0;
  if (decoder->problem) return false;
  while (*length == 0 && !decoder->ended) {
    if (!decoder->fresh) {
      decoder->start = 0;
      if (!fill_block(decoder)) return false;
    }
    if (decoder->from) {
      if (!convert(decoder, length)) return false;
      *text = decoder->text;
    } else {
      *text = decoder->block + decoder->start;
      *length = decoder->length - decoder->start;
      decoder->fresh = false;
    }
    decoder->ended = !decoder->fresh && decoder->length < BLOCK_SIZE;
  }
  return true;
}
