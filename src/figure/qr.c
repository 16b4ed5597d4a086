/* QR codes by libqrencode, as one outline: a rectangle for each run of dark modules. */
#include "figure/figure.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#define QUIET_ZONE 4

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
static size_t trace(const QRcode *code, mpt module, struct path_step *steps) {
  size_t count = 0;
  for (int row = 0; row < code->width; row++) {
    const unsigned char *modules = code->data + row * code->width;
    for (int at = 0; at < code->width;) {
      int end = at;
      while (end < code->width && (modules[end] & 1)) end++;
      if (end > at) count += add_run(steps ? steps + count : NULL, at, end, row, module);
      at = end > at ? end : at + 1;
    }
  }
  return count;
}

const struct figure_drawing *figure_qr(struct arena *arena, const char *text, mpt module,
                                       const struct place *place, struct messages *messages) {
  QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
  if (!code) {
    message_error(messages, place, "qr-code", "'%.60s' cannot be a QR code: %s", text,
                  errno == ERANGE ? "it is too long" : strerror(errno));
    return NULL;
  }
  struct figure_shape *shape = arena_alloc(arena, sizeof *shape);
  size_t count = trace(code, module, NULL);
  struct path_step *steps = arena_alloc_array(arena, count, sizeof *steps);
  trace(code, module, steps);
  *shape = (struct figure_shape){steps, count, INK_TEXT, INK_NONE, 0};
  struct figure_drawing *drawing = arena_alloc(arena, sizeof *drawing);
  mpt side = (code->width + 2 * QUIET_ZONE) * module;
  *drawing =
      (struct figure_drawing){.width = side, .height = side, .shapes = shape, .shape_count = 1};
  QRcode_free(code);
  return drawing;
}
