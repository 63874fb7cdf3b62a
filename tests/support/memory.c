#include "tests/support/memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/test.h"

#define PAGE 4096UL
#define RUN 4096 /* pages at once */
/* The bits of a page's word in /proc/PID/pagemap. */
#define PRESENT (UINT64_C(1) << 63)
#define SWAPPED (UINT64_C(1) << 62)

struct process {
	int memory, pages;
	memory_look *look;
	void *to;
};

static void show(const struct process *process, unsigned long from,
		 size_t length)
{
	uint8_t *bytes = xcalloc(length, 1);
	ssize_t got = pread(process->memory, bytes, length, (off_t)from);

	if (got > 0)
		process->look(process->to, bytes, (size_t)got);
	free(bytes);
}

/* Pages that were never touched are not read, which would make them: a
 * terminal reserves a gigabyte for its pictures. */
static void show_mapping(const struct process *process, unsigned long from,
			 unsigned long end)
{
	unsigned long begun = from;
	uint64_t words[RUN];

	while (from < end) {
		const size_t left = (end - from) / PAGE;
		const ssize_t got =
		    pread(process->pages, words, (left < RUN ? left : RUN) * 8,
			  (off_t)(from / PAGE * 8));

		if (got < 8)
			break;
		for (ssize_t i = 0; i < got / 8; i++, from += PAGE) {
			if (words[i] & (PRESENT | SWAPPED))
				continue;
			if (from > begun)
				show(process, begun, from - begun);
			begun = from + PAGE;
		}
	}
	if (from > begun)
		show(process, begun, from - begun);
}

static int open_of(pid_t process, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("/proc/%d/%s", process, name);
	const int file = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(file >= 0);
	return file;
}

void memory_each(pid_t pid, memory_look *look, void *to)
{
	const struct process process = { open_of(pid, "mem"),
					 open_of(pid, "pagemap"), look, to };
	SCOPED(char_freep) char *maps = xasprintf("/proc/%d/maps", pid);
	FILE *lines = fopen(maps, "re");
	char line[1024], mode[8];
	unsigned long from, end;

	assert_non_null(lines);
	while (fgets(line, sizeof line, lines)) {
		if (sscanf(line, "%lx-%lx %7s", &from, &end, mode) == 3 &&
		    mode[0] == 'r' && mode[1] == 'w')
			show_mapping(&process, from, end);
	}
	fclose(lines);
	close(process.memory);
	close(process.pages);
}
