#include <stdio.h>
#include <unistd.h>

#include "flash/disks.h"
#include "flash/probe.h"
#include "flash/verb.h"
#include "flash/words.h"

/* What is on a card, as far as whoever asks may look. */
static void tell_content(const char *path, struct bytes *out)
{
	SCOPED(device_freep) struct device *device = NULL;
	struct probe probe;

	if (access(path, R_OK))
		bytes_add_text(out, "(run with sudo to see what is on it)");
	else if (device_open(path, DEVICE_LOOK, 0, &device) ||
		 probe_look(device, &probe))
		bytes_add_text(out, "(cannot be read)");
	else
		probe_tell(&probe, out);
}

static void print_disk(void *to, const struct disk *disk)
{
	SCOPED(char_freep) char *path = xasprintf("/dev/%s", disk->name);
	struct bytes content = { 0 };
	char size[WORDS_SIZE];
	int *count = to;

	words_size(disk->size, size);
	tell_content(path, &content);
	printf("%-14s %9s  %-20s %s\n", path, size, disk->model,
	       (char *)content.data);
	bytes_done(&content);
	(*count)++;
}

static int run(const struct given *given)
{
	int count = 0;
	enum fault fault = disks_each(&DISKS_THIS, print_disk, &count);

	(void)given;
	if (!fault && !count)
		fprintf(stderr, "No card or stick is in: put the card in its "
				"reader and wait a moment.\n");
	return fault_exit(fault);
}

const struct verb verb_list = {
	.name = "list",
	.usage = "",
	.summary = "      Cards and sticks that can be written: path, size, "
		   "maker, what is on it. The\n      disk that this system "
		   "runs from is never among them.\n",
	.run = run,
};
