#include "office/watch.h"

#include <stdio.h>
#include <unistd.h>

static const char *const steps[BACKUP_STEPS] = {
	[BACKUP_COPYING] = "copying the record",
	[BACKUP_CHECKING] = "looking through the copy",
	[BACKUP_WRITING] = "writing",
	[BACKUP_READING_BACK] = "reading back",
	[BACKUP_OPENING] = "opening the backup",
};

static void tell(void *to, enum backup_step step, int64_t done, int64_t of)
{
	struct watch *watch = to;
	int hundredths = of > 0 ? (int)(100 * done / of) : -1;

	if (!watch->shows ||
	    (watch->step == (int)step && watch->hundredths == hundredths))
		return;
	watch->step = (int)step;
	watch->hundredths = hundredths;
	/* Erases what a longer line left: ECMA-48's EL. */
	fprintf(stderr, "\r%s", steps[step]);
	if (hundredths >= 0)
		fprintf(stderr, " %d %%", hundredths);
	fputs("\033[K", stderr);
}

void watch_init(struct watch *watch)
{
	*watch = (struct watch){
		.watch = { .tell = tell, .to = watch },
		.shows = isatty(STDERR_FILENO) == 1,
		.step = -1,
	};
}

void watch_done(struct watch *watch)
{
	if (watch->shows && watch->step >= 0)
		fputs("\r\033[K", stderr);
}
