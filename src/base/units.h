/* Units that every room shares.
 *
 * A length is a whole number of milli-points: 1/1000 of a PostScript point, of
 * which 72 make an inch. Sums over a long paragraph are kept in int64_t. */
#ifndef HANDOUT_BASE_UNITS_H
#define HANDOUT_BASE_UNITS_H

#include <stdint.h>

typedef int32_t mpt;

#define MPT_PER_POINT       1000
#define MPT_POINTS(points)  ((mpt)((points)*MPT_PER_POINT))
#define MPT_MILLIMETRES(mm) ((mpt)((mm)*72000.0 / 25.4 + 0.5))

/* A colour is 0xRRGGBB in sRGB. */
typedef uint32_t rgb;

#endif
