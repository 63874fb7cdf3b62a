#pragma once

#include "base/memory.h"

/*
 * Inside the engine: the number of a host is looked up beside (getaddrinfo_a(3)
 * has threads for it), since a name server that is away lets whoever asks wait
 * for long.
 */
struct lookup;

/* The caller frees it; where the looking up cannot be called off it is left to
 * end by itself. */
struct lookup *lookup_new(const char *host);
void lookup_free(struct lookup *lookup); /* NULL is fine */
DEFINE_SCOPED(struct lookup, lookup_free)

enum lookup_state { LOOKUP_WAITS, LOOKUP_FOUND, LOOKUP_FAILED };
/* Waits for so many milliseconds at most. */
enum lookup_state lookup_wait(struct lookup *lookup, int milliseconds);

/* The numbers of one that was found, in the order to call them, the first few:
 * "2001:db8::7,192.0.2.7". The caller frees it. */
char *lookup_numbers(const struct lookup *lookup);
