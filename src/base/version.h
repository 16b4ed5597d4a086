/* The one place where the version stands; the Makefile and the packages read it here. */
#ifndef HANDOUT_BASE_VERSION_H
#define HANDOUT_BASE_VERSION_H

#define HANDOUT_VERSION "0.1.0"

#endif
