/* Bytes that grow: a file that was read, a page's content, a finished PDF. */
#ifndef HANDOUT_BASE_BUFFER_H
#define HANDOUT_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
  char *data; /* owned, on the heap; always a NUL after the last byte once not NULL */
  size_t length;
  size_t capacity;
};

struct arena;

void buffer_finish(struct buffer *buffer);
/* Its bytes, as a text in the arena; the buffer is finished. */
char *buffer_take(struct buffer *buffer, struct arena *arena);
void buffer_clear(struct buffer *buffer);
void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
/* Room for so many more bytes; the caller writes them and adds what it wrote to `length`. */
char *buffer_room(struct buffer *buffer, size_t more);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void buffer_append_byte(struct buffer *buffer, char byte) {
  if (buffer->capacity - buffer->length < 2) {
    buffer_append(buffer, &byte, 1);
    return;
  }
  buffer->data[buffer->length++] = byte;
  buffer->data[buffer->length] = '\0';
}

#endif
