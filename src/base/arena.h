/* Memory that is freed all at once.
 *
 * Whatever lives as long as its owner (a guide, an edition, a set of pages) is
 * allocated from the owner's arena and never freed singly. Memory comes zeroed.
 * Running out of memory ends the program here and in memory_* alone (exit
 * status 5, one line on standard error), so no caller checks for NULL. */
#ifndef HANDOUT_BASE_ARENA_H
#define HANDOUT_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/* The compiler knows how much there is, so that what overruns it is caught when it runs. */
#define GIVES(...) __attribute__((returns_nonnull, alloc_size(__VA_ARGS__)))

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Forgets all that was allocated, and keeps one block of at most a mebibyte for what comes next. */
void arena_clear(struct arena *arena);

/* Zeroed memory, aligned for any type; owned by the arena. */
void *arena_alloc(struct arena *arena, size_t size) GIVES(2);
void *arena_alloc_array(struct arena *arena, size_t count, size_t size) GIVES(2, 3);

char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* The heap, for what grows or is freed early; the same end when there is none left. */
void *memory_alloc(size_t size) GIVES(1);
void *memory_grow(void *block, size_t size) GIVES(2);
/* What a library made; the same end where it is NULL for want of memory. */
void *memory_check(void *pointer);
/* Gives what is free back to the system: after work that took far more than what follows. */
void memory_return(void);

/* Makes room for one more item in a heap array that doubles: `*items` holds
 * `count` items of `size` bytes and has room for `*capacity`. */
void *array_reserve(void *items, size_t count, size_t *capacity, size_t size);

#endif
