/* Output files that are whole or not there.
 *
 * A file is written beside its final place under a temporary name, checked,
 * flushed to the disk and renamed. What is not a regular file (a pipe, a device)
 * is written to directly, and checked. What takes the place of a file has its permissions. */
#ifndef HANDOUT_BASE_FILE_H
#define HANDOUT_BASE_FILE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;
struct messages;

/* Writes `length` bytes to `path` ("-" is standard output). False and one I/O
 * message where it fails; then an earlier file of that name is untouched. */
bool file_write(const char *path, const void *bytes, size_t length, struct messages *messages);

/* The same for a regular file whose temporary name is chosen by the caller (on the same
 * file system) and that is not flushed to the disk here: whoever writes thousands
 * flushes them together. */
bool file_replace(const char *path, const char *temporary, const void *bytes, size_t length,
                  struct messages *messages);

/* All of it to a file that is open. False and errno where it fails. */
bool file_append(int file, const void *bytes, size_t length);

/* Makes a folder and its parents. False and one I/O message where it fails. */
bool file_make_folder(const char *path, struct messages *messages);

/* It is there, and no regular file: a device, a pipe. */
bool file_is_special(const char *path);
/* The folder that a file lies in, or "."; its name in there; whether that is a name and then
 * this ending. */
const char *file_folder(struct arena *arena, const char *path);
const char *file_name(const char *path);
bool file_ends_in(const char *path, const char *ending);

/* An interruption (or the end of the time allowed) that comes while files are put in place waits
 * until they are. */
void file_hold_signals(sigset_t *before);
void file_release_signals(const sigset_t *before);

bool file_is_folder(const char *path);
/* It lies there, or further below, whatever links are on the way; also true of what is not there:
 * opening it tells so. */
bool file_is_below(const char *folder, const char *path);
bool file_exists(const char *path);

#endif
