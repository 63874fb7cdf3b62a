#include "flash/probe.h"

#include <blkid/blkid.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

#define BLANK "blank"

static enum fault unreadable(const struct device *device)
{
	log_error("%s: what is on it cannot be read: was the card taken out? "
		  "Put it in firmly and run the same again",
		  device_path(device));
	return FAULT_SYSTEM;
}

/* A word as a manifest has it; what a card's label says is anybody's text. */
static void take_value(blkid_probe probe, const char *name, char *out,
		       size_t room)
{
	const char *value;
	size_t used = 0;

	if (blkid_probe_lookup_value(probe, name, &value, NULL))
		return;
	for (; *value && used + 1 < room; value++)
		out[used++] =
		    (unsigned char)*value < ' ' || *value == 127 ? '?' : *value;
	out[used] = 0;
}

/* What is recognised in size bytes from start on. */
static enum fault look_inside(struct device *device, uint64_t start,
			      uint64_t size, char *holds, char *label)
{
	blkid_probe probe = blkid_new_probe();
	enum fault fault = FAULT_NONE;

	strcpy(holds, BLANK);
	if (!probe ||
	    blkid_probe_set_device(probe, device_descriptor(device),
				   (blkid_loff_t)start, (blkid_loff_t)size) ||
	    blkid_probe_enable_superblocks(probe, 1) ||
	    blkid_probe_set_superblocks_flags(probe, BLKID_SUBLKS_TYPE |
							 BLKID_SUBLKS_LABEL))
		fault = unreadable(device);
	else if (blkid_do_safeprobe(probe) == 0) {
		take_value(probe, "TYPE", holds, MANIFEST_WORD);
		take_value(probe, "LABEL", label, MANIFEST_NAME);
	}
	blkid_free_probe(probe);
	return fault;
}

static enum fault add_partition(struct device *device,
				blkid_partition partition, struct probe *out)
{
	struct probe_partition *one;

	if (out->count == MANIFEST_PARTITIONS) {
		out->more = true;
		return FAULT_NONE;
	}
	one = &out->partitions[out->count++];
	one->number = blkid_partition_get_partno(partition);
	one->type = (uint8_t)blkid_partition_get_type(partition);
	one->start = (uint64_t)blkid_partition_get_start(partition) * 512;
	one->size = (uint64_t)blkid_partition_get_size(partition) * 512;
	/* A table may promise more than there is. */
	if (one->start >= device_size(device) ||
	    one->size > device_size(device) - one->start) {
		strcpy(one->holds, BLANK);
		return FAULT_NONE;
	}
	return look_inside(device, one->start, one->size, one->holds,
			   one->label);
}

static int by_place(const void *a, const void *b)
{
	const struct probe_partition *left = a, *right = b;

	return left->start < right->start ? -1 : left->start > right->start;
}

static enum fault look_at_table(struct device *device, blkid_partlist list,
				struct probe *out)
{
	blkid_parttable table = blkid_partlist_get_table(list);
	const char *id = table ? blkid_parttable_get_id(table) : NULL;
	const int count = blkid_partlist_numof_partitions(list);
	enum fault fault = FAULT_NONE;

	if (!table)
		return FAULT_NONE;
	snprintf(out->table, sizeof out->table, "%s",
		 blkid_parttable_get_type(table));
	if (id && strcmp(out->table, "dos") == 0)
		out->disk = (uint32_t)strtoul(id, NULL, 16);
	for (int i = 0; !fault && i < count; i++)
		fault = add_partition(
		    device, blkid_partlist_get_partition(list, i), out);
	qsort(out->partitions, out->count, sizeof *out->partitions, by_place);
	return fault;
}

enum fault probe_look(struct device *device, struct probe *out)
{
	blkid_probe probe = blkid_new_probe();
	blkid_partlist list;
	enum fault fault = FAULT_NONE;

	*out = (struct probe){ 0 };
	if (!probe ||
	    blkid_probe_set_device(probe, device_descriptor(device), 0,
				   (blkid_loff_t)device_size(device)))
		fault = unreadable(device);
	else if ((list = blkid_probe_get_partitions(probe)))
		fault = look_at_table(device, list, out);
	blkid_free_probe(probe);
	if (!fault && !*out->table)
		fault = look_inside(device, 0, device_size(device), out->holds,
				    out->label);
	return fault;
}

bool probe_empty(const struct probe *probe)
{
	return !*probe->table && strcmp(probe->holds, BLANK) == 0;
}

static void tell_one(const char *holds, const char *label, struct bytes *out)
{
	bytes_add_format(out, "%s%s%s", holds, *label ? " " : "", label);
}

void probe_tell(const struct probe *probe, struct bytes *out)
{
	if (probe_empty(probe))
		bytes_add_text(out, "nothing");
	else if (!*probe->table)
		tell_one(probe->holds, probe->label, out);
	else if (!probe->count)
		bytes_add_text(out, "an empty table");
	for (size_t i = 0; i < probe->count; i++) {
		if (i)
			bytes_add_text(out, ", ");
		tell_one(probe->partitions[i].holds, probe->partitions[i].label,
			 out);
	}
}
