#pragma once

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/*
 * Zeroed memory for count objects of size bytes; the caller frees it. None of
 * these returns NULL: when memory runs out the program aborts, the supervisor
 * starts it again, and the store still holds every finished record. Callers
 * that size an allocation from input check their own limit first.
 */
void *xcalloc(size_t count, size_t size)
    __attribute__((malloc, returns_nonnull, alloc_size(1, 2)));

/* memory grown to count objects of size bytes; what is added is not zeroed. */
void *xreallocarray(void *memory, size_t count, size_t size)
    __attribute__((returns_nonnull, alloc_size(2, 3), warn_unused_result));

char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *text, size_t length)
    __attribute__((malloc, returns_nonnull));

/* Formatted text in memory of its own; the caller frees it. */
char *xasprintf(const char *format, ...)
    __attribute__((malloc, returns_nonnull, format(printf, 1, 2)));

/*
 * SCOPED(thing_freep) on a local frees it at the end of its block.
 * DEFINE_SCOPED(struct thing, thing_free) in thing.h makes thing_freep().
 */
#define SCOPED(release) __attribute__((cleanup(release)))
#define DEFINE_SCOPED(type, release)                \
	static inline void release##p(type **owned) \
	{                                           \
		release(*owned);                    \
	}

/* SCOPED(char_freep) char *text for what malloc gave. */
void char_free(char *text);
DEFINE_SCOPED(char, char_free)

/* The same for what a person told: overwritten, then freed. NULL is fine. */
void char_wipe(char *text);
DEFINE_SCOPED(char, char_wipe)
