/* Numbers in records and settings. */
#ifndef HANDOUT_BASE_NUMBER_H
#define HANDOUT_BASE_NUMBER_H

#include <stdbool.h>

/* "12", "-3.5", "+1": no exponent, no grouping, 15 digits at most. */
bool number_read(const char *text, double *number);

#endif
