/* QR codes by libqrencode, as one outline: a rectangle for each run of dark modules. */
#include "figure/figure.h"

#include "base/keeper.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#define QUIET_ZONE 4

/* Its modules row by row; dark where the lowest bit is set. */
struct code {
  int width;
  const unsigned char *modules;
};

static size_t add_run(struct path_step *steps, int from, int to, int row, mpt module) {
  mpt left = (from + QUIET_ZONE) * module, right = (to + QUIET_ZONE) * module;
  mpt top = (row + QUIET_ZONE) * module;
  if (steps) {
    steps[0] = path_to(PATH_MOVE, left, top);
    steps[1] = path_to(PATH_LINE, right, top);
    steps[2] = path_to(PATH_LINE, right, top + module);
    steps[3] = path_to(PATH_LINE, left, top + module);
    steps[4] = (struct path_step){.kind = PATH_CLOSE};
  }
  return 5;
}

/* Writes the outline, or only counts its steps where `steps` is NULL. */
static size_t trace(const struct code *code, mpt module, struct path_step *steps) {
  size_t count = 0;
  for (int row = 0; row < code->width; row++) {
    const unsigned char *modules = code->modules + row * code->width;
    for (int at = 0; at < code->width;) {
      int end = at;
      while (end < code->width && (modules[end] & 1)) end++;
      if (end > at) count += add_run(steps ? steps + count : NULL, at, end, row, module);
      at = end > at ? end : at + 1;
    }
  }
  return count;
}

/* Choosing the mask is dear: each of eight is tried. False where the text is too long. */
static bool encode(struct arena *arena, struct keeper *codes, const char *text,
                   struct code *code) {
  const struct kept *kept = codes ? keeper_find(codes, text, strlen(text)) : NULL;
  if (kept) {
    *code = (struct code){.modules = kept->value};
    while (code->width * code->width < (int)kept->length) code->width++;
    return true;
  }
  QRcode *made = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
  if (!made) return false;
  size_t count = (size_t)made->width * (size_t)made->width;
  unsigned char *modules = arena_alloc(arena, count);
  memcpy(modules, made->data, count);
  *code = (struct code){.width = made->width, .modules = modules};
  QRcode_free(made);
  if (codes) keeper_add(codes, text, strlen(text), modules, count);
  return true;
}

const struct figure_drawing *figure_qr(struct arena *arena, struct keeper *codes,
                                       const char *text, mpt module, const struct place *place,
                                       struct messages *messages) {
  struct code code;
  if (!encode(arena, codes, text, &code)) {
    message_error(messages, place, "qr-code", "'%.60s' cannot be a QR code: %s", text,
                  errno == ERANGE ? "it is too long" : strerror(errno));
    return NULL;
  }
  struct figure_shape *shape = arena_alloc(arena, sizeof *shape);
  size_t count = trace(&code, module, NULL);
  struct path_step *steps = arena_alloc_array(arena, count, sizeof *steps);
  trace(&code, module, steps);
  *shape = (struct figure_shape){steps, count, INK_TEXT, INK_NONE, 0};
  struct figure_drawing *drawing = arena_alloc(arena, sizeof *drawing);
  mpt side = (code.width + 2 * QUIET_ZONE) * module;
  *drawing =
      (struct figure_drawing){.width = side, .height = side, .shapes = shape, .shape_count = 1};
  return drawing;
}
