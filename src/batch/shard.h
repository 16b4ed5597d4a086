/* Which machine makes which record: a partition by id alone, so that adding or sorting
 * records moves none of the others to another shard. */
#ifndef HANDOUT_BATCH_SHARD_H
#define HANDOUT_BATCH_SHARD_H

#include <stdbool.h>
#include <stdint.h>

/* `shard` from 1 to `count`. A record without an id goes by its row. */
bool shard_holds(unsigned shard, unsigned count, const char *id, uint64_t row);

#endif
