#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * Memory for keys and plaintext: between guard pages, kept out of swap and
 * core dumps, zeroed when it is given and overwritten when it is released.
 * None of it is ever NULL; without memory the program aborts, as xcalloc().
 */
void *secret_new(size_t length) __attribute__((malloc, returns_nonnull));
void secret_free(void *secret); /* NULL is fine */
static inline void secret_freep(void *owned)
{
	secret_free(*(void **)owned);
}

/* Overwrites memory that the caller keeps, whatever the compiler thinks. */
void secret_wipe(void *memory, size_t length);

/* Bytes nobody can foretell, from the kernel's generator. */
void secret_random(void *bytes, size_t length);

/* A number below the limit (2 or more), each as likely as the other. */
uint32_t secret_below(uint32_t limit);
