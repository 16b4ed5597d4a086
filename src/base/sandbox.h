/* What a process may still do once its inputs are open: read some files and folders, write
 * below one folder, and nothing else. No other file, no other program, no network, no new
 * code, no signal to another process, whatever a guide or a record makes it run into.
 *
 *   sandbox_new ── may_read, may_write … ──▶ fork ──▶ sandbox_enter (for good)
 *
 * Files are the kernel's Landlock (from 5.19), all else is seccomp. Where the kernel lacks one of
 * them the other still holds. $HANDOUT_SANDBOX: "off"; "required", an error where either is
 * lacking; else as much as there is, and nothing in a program built with sanitizers, which want
 * to look around when they end. */
#ifndef HANDOUT_BASE_SANDBOX_H
#define HANDOUT_BASE_SANDBOX_H

#include <stdbool.h>

struct messages;
struct sandbox;

/* NULL and a message only where a sandbox is required and cannot be had. */
struct sandbox *sandbox_new(struct messages *messages);
void sandbox_free(struct sandbox *sandbox);

/* A file, or a folder and all below it; what does not exist is passed over. */
void sandbox_may_read(struct sandbox *sandbox, const char *path);
/* Files may be made, replaced and removed below a folder; or a file that is there (a device,
 * a pipe) may be written to. */
void sandbox_may_write(struct sandbox *sandbox, const char *path);

/* False and a message only where it is required and the kernel, against its word, refuses. */
bool sandbox_enter(const struct sandbox *sandbox, struct messages *messages);

#endif
