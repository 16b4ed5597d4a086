/* Numbers in records and settings. */
#ifndef HANDOUT_BASE_NUMBER_H
#define HANDOUT_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* "12", "-3.5", "+1": no exponent, no grouping, 15 digits at most. */
bool number_read(const char *text, double *number);

/* Bytes at the start of `text` that are a figure as people write it: "63,650.5", "1,50,000", ".5";
 * 0 where none is, or its commas part other than groups ("5,5", "1.234,5"), or more digits
 * follow what looks like a mark between them ("22 100"). */
size_t number_span(const char *text);

#endif
