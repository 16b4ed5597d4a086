/* Memory that a library asks for and does not get ends the program as our own does (base/arena.c).
 *
 * Most libraries say so with a NULL that is handed up through many hands; some of them print less,
 * abort or crash. So the program has the C library's allocation functions in its own name, as its
 * manual provides for, and what fails in any of them is met here, once. The library libhandout,
 * which lives in other people's programs, has not. Sanitizers bring functions of their own. */
#include "base/arena.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__

/* glibc's own, under the names that it gives them. */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

void *malloc(size_t size) {
  return memory_check(__libc_malloc(size));
}

void *calloc(size_t count, size_t size) {
  return memory_check(__libc_calloc(count, size));
}

/* A size of 0 frees, and gives NULL. */
void *realloc(void *block, size_t size) {
  void *grown = __libc_realloc(block, size);
  return size ? memory_check(grown) : grown;
}

void free(void *block) {
  __libc_free(block);
}

void *memalign(size_t alignment, size_t size) {
  return memory_check(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
  return memory_check(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) || alignment & (alignment - 1) || alignment == 0) return EINVAL;
  *block = memory_check(__libc_memalign(alignment, size));
  return 0;
}

void *valloc(size_t size) {
  return memory_check(__libc_memalign((size_t)sysconf(_SC_PAGESIZE), size));
}

void *pvalloc(size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return memory_check(__libc_memalign(page, (size + page - 1) / page * page));
}
#endif
