#include "xpath/scratch.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PORTION 2048 /* an ordinary evaluation fits in one */

struct scratch_block {
	struct scratch_block *before;
	size_t size, used; /* used: when a later block is in use */
	alignas(max_align_t) uint8_t bytes[];
};

static void new_block(struct scratch *scratch, size_t size)
{
	size_t portion = scratch->portion ? scratch->portion : PORTION;
	size_t room = size > portion ? size : portion;
	struct scratch_block *block = malloc(sizeof *block + room);

	if (!block)
		abort();
	*block =
	    (struct scratch_block){ .before = scratch->block, .size = room };
	if (scratch->block)
		scratch->block->used = scratch->used;
	scratch->block = block;
	scratch->used = 0;
}

void *scratch_take(struct scratch *scratch, size_t size)
{
	size_t rounded =
	    (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	void *memory;

	if (!scratch->block || scratch->block->size - scratch->used < rounded)
		new_block(scratch, rounded);
	memory = scratch->block->bytes + scratch->used;
	scratch->used += rounded;
	scratch->taken += rounded;
	return memset(memory, 0, rounded);
}

char *scratch_text(struct scratch *scratch, const char *text, size_t length)
{
	char *copy = scratch_take(scratch, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *scratch_format(struct scratch *scratch, const char *format, ...)
{
	va_list arguments, again;
	char *text;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = scratch_take(scratch, (size_t)(length > 0 ? length : 0) + 1);
	vsnprintf(text, (size_t)(length > 0 ? length : 0) + 1, format, again);
	va_end(again);
	return text;
}

struct scratch_mark scratch_mark(const struct scratch *scratch)
{
	return (struct scratch_mark){ scratch->block, scratch->used,
				      scratch->taken };
}

static void drop_block(struct scratch *scratch)
{
	struct scratch_block *block = scratch->block;

	explicit_bzero(block->bytes, scratch->used);
	scratch->block = block->before;
	scratch->used = block->before ? block->before->used : 0;
	free(block);
}

void scratch_return(struct scratch *scratch, struct scratch_mark mark)
{
	while (scratch->block != mark.block)
		drop_block(scratch);
	if (scratch->block)
		explicit_bzero(scratch->block->bytes + mark.used,
			       scratch->used - mark.used);
	scratch->used = mark.used;
	scratch->taken = mark.taken;
}

void scratch_done(struct scratch *scratch)
{
	scratch_return(scratch, (struct scratch_mark){ 0 });
}
