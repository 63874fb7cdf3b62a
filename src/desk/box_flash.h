#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/memory.h"

/*
 * foyer-flash while it puts a release on a card (foyer-flash(1), --lines), for
 * a screen that looks at it again and again. It goes on where nobody looks any
 * more: a card is better written than cut.
 */
#define FLASH_WORD 40 /* bytes of a version, or of what is being done */

enum flash_stage {
	FLASH_LOOKING, /* at release and card */
	FLASH_ASKING,  /* waits for box_flash_answer() */
	FLASH_DOING,
	FLASH_ENDED,
};

struct flash_told {
	enum flash_stage stage;
	bool used;               /* the card; false: it is empty */
	char before[FLASH_WORD]; /* its version; "-": it tells none */
	char variant[FLASH_WORD], version[FLASH_WORD]; /* the release's */
	int percent;
	char doing[FLASH_WORD]; /* "Writing" */
	char end[FLASH_WORD];   /* "done"; "" if it was killed */
};

struct box_flash;

/* Starts a program. One that cannot be started has ended. */
struct box_flash *box_flash_new(const char *program, const char *release,
				const char *card);
void box_flash_free(struct box_flash *flash); /* NULL is fine */

/* Hears what was said meanwhile; never waits. What was heard until now. */
const struct flash_told *box_flash_look(struct box_flash *flash);
const struct flash_told *box_flash_told(const struct box_flash *flash);

/* Whether to write. */
void box_flash_answer(struct box_flash *flash, bool yes);
