/* A buffer doubles, so that appending n bytes costs O(n). */
#include "base/buffer.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most of what is printed fits in this at the first try. */
#define USUAL_PRINT 64

static void buffer_reserve(struct buffer *buffer, size_t more) {
  size_t needed = buffer->length + more + 1;
  if (needed <= buffer->capacity) return;
  size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
  if (capacity < needed) capacity = needed;
  buffer->data = memory_grow(buffer->data, capacity);
  buffer->capacity = capacity;
}

void buffer_finish(struct buffer *buffer) {
  free(buffer->data);
  *buffer = (struct buffer){0};
}

char *buffer_take(struct buffer *buffer, struct arena *arena) {
  char *text = arena_strndup(arena, buffer->data ? buffer->data : "", buffer->length);
  buffer_finish(buffer);
  return text;
}

void buffer_clear(struct buffer *buffer) {
  buffer->length = 0;
  if (buffer->data) buffer->data[0] = '\0';
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length) {
  buffer_reserve(buffer, length);
  if (length) memcpy(buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}

char *buffer_room(struct buffer *buffer, size_t more) {
  buffer_reserve(buffer, more);
  return buffer->data + buffer->length;
}

void buffer_append_text(struct buffer *buffer, const char *text) {
  buffer_append(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  va_list again;
  va_copy(again, arguments);
  buffer_reserve(buffer, USUAL_PRINT);
  size_t room = buffer->capacity - buffer->length;
  size_t length = (size_t)vsnprintf(buffer->data + buffer->length, room, format, arguments);
  if (length >= room) {
    buffer_reserve(buffer, length);
    vsnprintf(buffer->data + buffer->length, length + 1, format, again);
  }
  buffer->length += length;
  va_end(again);
  va_end(arguments);
}
