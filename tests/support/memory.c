#include "tests/support/memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/test.h"

#define LARGEST (512UL << 20) /* bytes; more is a reservation */

static void show(int memory, unsigned long from, size_t length,
		 memory_look *look, void *to)
{
	uint8_t *bytes = xcalloc(length, 1);
	ssize_t got = pread(memory, bytes, length, (off_t)from);

	if (got > 0)
		look(to, bytes, (size_t)got);
	free(bytes);
}

void memory_each(pid_t process, memory_look *look, void *to)
{
	SCOPED(char_freep) char *maps = xasprintf("/proc/%d/maps", process);
	SCOPED(char_freep) char *mem = xasprintf("/proc/%d/mem", process);
	FILE *lines = fopen(maps, "re");
	int memory = open(mem, O_RDONLY | O_CLOEXEC);
	char line[1024], mode[8];
	unsigned long from, end;

	assert_non_null(lines);
	assert_true(memory >= 0);
	while (fgets(line, sizeof line, lines)) {
		if (sscanf(line, "%lx-%lx %7s", &from, &end, mode) == 3 &&
		    mode[0] == 'r' && mode[1] == 'w' && end - from <= LARGEST)
			show(memory, from, end - from, look, to);
	}
	fclose(lines);
	close(memory);
}
