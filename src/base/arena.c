/* Arenas are lists of blocks, the newest first. A block doubles in size up to a
 * mebibyte, so a small reader record costs a page and a large guide few calls. Memory is
 * zeroed as it is given out, when it is about to be written: much of a block never is. */
#include "base/arena.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_BLOCK   4096
#define LARGEST_BLOCK (1024 * 1024)

struct block {
  struct block *next;
  size_t used;
  size_t size;
  max_align_t data[];
};

struct arena {
  struct block *blocks;
};

/* Anyone may have asked for it, with any lock in hand: so nothing is flushed or finished. */
static _Noreturn void out_of_memory(void) {
  static const char line[] = "handout: error: out of memory\n";
  ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
  (void)written;
  _exit(5);
}

void *memory_check(void *pointer) {
  if (!pointer) out_of_memory();
  return pointer;
}

void *memory_alloc(size_t size) {
  return memory_check(calloc(1, size ? size : 1));
}

void *memory_grow(void *block, size_t size) {
  return memory_check(realloc(block, size ? size : 1));
}

void memory_return(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

void *array_reserve(void *items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return items;
  size_t wanted = *capacity ? *capacity * 2 : 8;
  if (wanted > SIZE_MAX / size) out_of_memory();
  *capacity = wanted;
  return memory_grow(items, wanted * size);
}

struct arena *arena_new(void) {
  return memory_alloc(sizeof(struct arena));
}

static void free_blocks(struct block *block) {
  while (block) {
    struct block *next = block->next;
    free(block);
    block = next;
  }
}

void arena_free(struct arena *arena) {
  if (!arena) return;
  free_blocks(arena->blocks);
  free(arena);
}

void arena_clear(struct arena *arena) {
  struct block *kept = arena->blocks;
  if (kept && kept->size > LARGEST_BLOCK) {
    free_blocks(kept);
    arena->blocks = NULL;
  } else if (kept) {
    free_blocks(kept->next);
    kept->next = NULL;
    kept->used = 0;
  }
}

static struct block *block_add(struct arena *arena, size_t at_least) {
  size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
  if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
  if (size < at_least) size = at_least;
  if (size > SIZE_MAX - sizeof(struct block)) out_of_memory();
  struct block *block = memory_check(malloc(sizeof *block + size));
  *block = (struct block){.next = arena->blocks, .size = size};
  arena->blocks = block;
  return block;
}

/* Not zeroed: for what is written at once. */
static void *take(struct arena *arena, size_t size) {
  size_t unit = sizeof(max_align_t);
  if (size > SIZE_MAX - unit) out_of_memory();
  size = (size + unit - 1) / unit * unit;
  struct block *block = arena->blocks;
  if (!block || block->size - block->used < size) block = block_add(arena, size);
  void *memory = (char *)block->data + block->used;
  block->used += size;
  return memory;
}

void *arena_alloc(struct arena *arena, size_t size) {
  return memset(take(arena, size), 0, size);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) out_of_memory();
  return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length) {
  if (length == SIZE_MAX) out_of_memory();
  char *copy = take(arena, length + 1);
  memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

char *arena_strdup(struct arena *arena, const char *text) {
  return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  char *text = take(arena, (size_t)length + 1);
  vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return text;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprintf(arena, format, arguments);
  va_end(arguments);
  return text;
}
