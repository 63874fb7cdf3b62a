#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Memory that is handed out in one direction and given back all at once. A
 * tree lives in one; an evaluation takes what it needs for a while from
 * another. Start from { 0 }; scratch_done() overwrites what was used, since
 * answers pass through it.
 */
struct scratch {
	struct scratch_block *block;
	size_t portion; /* what is asked of the system at once; 0: 2 KiB */
	size_t used;    /* of the block in use */
	size_t taken;   /* in all blocks, to compare with a limit */
};

struct scratch_mark {
	struct scratch_block *block;
	size_t used, taken;
};

/* size bytes, zeroed, aligned for anything. */
void *scratch_take(struct scratch *scratch, size_t size)
    __attribute__((malloc, returns_nonnull));
char *scratch_text(struct scratch *scratch, const char *text, size_t length)
    __attribute__((malloc, returns_nonnull));
char *scratch_format(struct scratch *scratch, const char *format, ...)
    __attribute__((malloc, returns_nonnull, format(printf, 2, 3)));

/* Gives back everything that was taken after the mark was made. */
struct scratch_mark scratch_mark(const struct scratch *scratch);
void scratch_return(struct scratch *scratch, struct scratch_mark mark);

void scratch_done(struct scratch *scratch);
