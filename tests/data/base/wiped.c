/*
 * Built by tests/base/process.c without sanitizers: puts a mark where answers
 * can be (heap, stack, static data, a mapping), and ends as it is told to.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/process.h"

static char in_data[64] = "x";

/* Made here, so that the program's own text does not hold it. */
static void mark(char *place)
{
	for (int i = 0; i < 32; i++)
		place[i] = (char)("FOYER-MARK"[i % 10] ^ 0x15);
	for (int i = 0; i < 32; i++)
		place[i] ^= 0x2a;
}

static __attribute__((noinline)) void deep(int depth)
{
	char on_stack[4096];

	mark(on_stack + 1000);
	if (depth)
		deep(depth - 1);
	__asm__ volatile("" : : "r"(on_stack) : "memory");
}

int main(int count, char **arguments)
{
	char *heap = malloc(100), *large = malloc(1 << 20), *mapped;
	char here[64];

	(void)count;
	mapped = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mark(in_data);
	mark(here);
	mark(heap);
	mark(large + (1 << 19));
	mark(mapped + 5000);
	deep(20);
	if (strcmp(arguments[1], "wipe") == 0)
		process_wipe_and_exit(7);
	__asm__ volatile("" : : "r"(here) : "memory");
	_exit(7);
}
