#include "flash/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define SECTOR 512
#define ENTRY 32    /* bytes of a folder's entry */
#define STRUCK 0xe5 /* its first byte when it is deleted */
#define CLUSTER_MASK 0x0fffffffu

/* Where things are, from the boot sector (Microsoft's FAT32 File System
 * Specification 1.03); counted in sectors from the partition's start. */
struct layout {
	uint32_t fats;    /* the first FAT */
	uint32_t copies;  /* how many there are */
	uint32_t length;  /* of one */
	uint32_t data;    /* cluster 2 */
	uint32_t sectors; /* of a cluster */
	uint32_t end;     /* of the partition */
};

struct work {
	struct device *card;
	uint64_t at;
	const struct volume *before, *after;
	struct layout layout;
	uint8_t *fat_before, *fat_after; /* the first copies */
	uint32_t clusters;               /* the first that there is not */
	bool *grown; /* clusters that make a folder longer that was there */
	uint32_t *changed; /* the sectors that differ, in their order */
	size_t count;
};

/* --- the layout ----------------------------------------------------------- */

static uint32_t little(const uint8_t *at, int bytes)
{
	uint32_t number = 0;

	while (bytes--)
		number = number << 8 | at[bytes];
	return number;
}

static bool take_layout(const uint8_t boot[SECTOR], uint64_t size,
			struct layout *out)
{
	uint64_t data;

	*out = (struct layout){
		.fats = little(boot + 14, 2),
		.copies = boot[16],
		.length = little(boot + 36, 4),
		.sectors = boot[13],
		.end = (uint32_t)(size / SECTOR),
	};
	data = out->fats + (uint64_t)out->copies * out->length;
	out->data = (uint32_t)data;
	return little(boot + 11, 2) == SECTOR && out->sectors && out->fats &&
	       out->copies && out->length && !little(boot + 22, 2) &&
	       size / SECTOR <= UINT32_MAX && data < out->end &&
	       (out->end - data) / out->sectors <=
		   (uint64_t)out->length * (SECTOR / 4);
}

static enum fault read_layout(struct work *work)
{
	uint8_t boot[SECTOR], other[SECTOR];
	struct layout after;
	enum fault fault = volume_read(work->before, 0, boot, SECTOR);

	if (!fault)
		fault = volume_read(work->after, 0, other, SECTOR);
	if (fault)
		return fault;
	if (!take_layout(boot, volume_size(work->before), &work->layout) ||
	    !take_layout(other, volume_size(work->after), &after) ||
	    memcmp(&after, &work->layout, sizeof after) != 0) {
		log_error("the card's boot partition is not FAT32 as a release "
			  "makes it: make a new card (--new)");
		return FAULT_FORMAT;
	}
	return FAULT_NONE;
}

static enum fault read_fats(struct work *work)
{
	const size_t length = (size_t)work->layout.length * SECTOR;
	const uint64_t at = (uint64_t)work->layout.fats * SECTOR;
	enum fault fault;

	work->fat_before = xcalloc(length, 1);
	work->fat_after = xcalloc(length, 1);
	fault = volume_read(work->before, at, work->fat_before, length);
	return fault ? fault
		     : volume_read(work->after, at, work->fat_after, length);
}

static uint32_t entry_of(const uint8_t *fat, uint32_t cluster)
{
	return little(fat + 4 * (size_t)cluster, 4) & CLUSTER_MASK;
}

static bool is_free(const uint8_t *fat, uint32_t cluster)
{
	return !entry_of(fat, cluster);
}

/*
 * Only a folder's chain goes on where it ended: files keep theirs or lose it.
 * The entries in what it grows by would be seen as soon as the FAT has it.
 */
static void find_grown(struct work *work)
{
	const struct layout *layout = &work->layout;

	work->clusters = 2 + (layout->end - layout->data) / layout->sectors;
	if (work->clusters > layout->length * (SECTOR / 4))
		work->clusters = layout->length * (SECTOR / 4);
	work->grown = xcalloc(work->clusters, sizeof *work->grown);
	for (uint32_t i = 2; i < work->clusters; i++) {
		uint32_t next = entry_of(work->fat_after, i);

		if (is_free(work->fat_before, i))
			continue;
		while (next >= 2 && next < work->clusters &&
		       is_free(work->fat_before, next) && !work->grown[next]) {
			work->grown[next] = true;
			next = entry_of(work->fat_after, next);
		}
	}
}

enum place {
	PLACE_FRESH,  /* was free, and is a file's or a new folder's */
	PLACE_GROWN,  /* was free, and belongs to a folder that was there */
	PLACE_FOLDER, /* of a folder that was there */
};

static enum place place_of(const struct work *work, uint32_t sector)
{
	const uint32_t cluster =
	    2 + (sector - work->layout.data) / work->layout.sectors;

	if (cluster >= work->clusters || !is_free(work->fat_before, cluster))
		return PLACE_FOLDER;
	return work->grown[cluster] ? PLACE_GROWN : PLACE_FRESH;
}

/* --- what differs --------------------------------------------------------- */

#define MANY 512 /* sectors read at once */

static void note_changed(struct work *work, uint32_t at, uint32_t many,
			 const uint8_t *before, const uint8_t *after)
{
	for (uint32_t i = 0; i < many; i++) {
		if (memcmp(before + (size_t)i * SECTOR,
			   after + (size_t)i * SECTOR, SECTOR) == 0)
			continue;
		/* Room grows by doubling: at 1, 2, 4 ... */
		if (!(work->count & (work->count - 1)))
			work->changed =
			    xreallocarray(work->changed, 2 * work->count + 1,
					  sizeof *work->changed);
		work->changed[work->count++] = at + i;
	}
}

static enum fault find_changed(struct work *work)
{
	SCOPED(char_freep) char *old = xcalloc(MANY, SECTOR);
	SCOPED(char_freep) char *new = xcalloc(MANY, SECTOR);
	const uint32_t end = work->layout.end;
	enum fault fault = FAULT_NONE;

	for (uint32_t at = 0; !fault && at < end; at += MANY) {
		const uint32_t many = end - at < MANY ? end - at : MANY;
		const uint64_t byte = (uint64_t)at * SECTOR;

		fault = volume_read(work->before, byte, old, many * SECTOR);
		if (!fault)
			fault =
			    volume_read(work->after, byte, new, many * SECTOR);
		if (!fault && memcmp(old, new, many * SECTOR) != 0)
			note_changed(work, at, many, (uint8_t *)old,
				     (uint8_t *)new);
	}
	return fault;
}

/* --- the writes ----------------------------------------------------------- */

static enum fault put(struct work *work, uint32_t sector, const uint8_t *data)
{
	return device_write(work->card, work->at + (uint64_t)sector * SECTOR,
			    data, SECTOR);
}

/* What is done with a sector that differs. */
typedef enum fault put_sector(struct work *work, uint32_t sector,
			      const uint8_t *before, const uint8_t *after);

static enum fault each_changed(struct work *work, uint32_t from, uint32_t to,
			       put_sector *act)
{
	uint8_t before[SECTOR], after[SECTOR];
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < work->count; i++) {
		const uint32_t sector = work->changed[i];
		const uint64_t at = (uint64_t)sector * SECTOR;

		if (sector < from || sector >= to)
			continue;
		fault = volume_read(work->before, at, before, SECTOR);
		if (!fault)
			fault = volume_read(work->after, at, after, SECTOR);
		if (!fault)
			fault = act(work, sector, before, after);
	}
	return fault ? fault : device_settle(work->card);
}

/* A folder grows by empty entries first. */
static enum fault put_fresh(struct work *work, uint32_t sector,
			    const uint8_t *before, const uint8_t *after)
{
	static const uint8_t empty[SECTOR];

	(void)before;
	switch (place_of(work, sector)) {
	case PLACE_FRESH:
		return put(work, sector, after);
	case PLACE_GROWN:
		return put(work, sector, empty);
	case PLACE_FOLDER:
		break;
	}
	return FAULT_NONE;
}

static enum fault put_struck(struct work *work, uint32_t sector,
			     const uint8_t *before, const uint8_t *after)
{
	uint8_t struck[SECTOR];

	if (place_of(work, sector) != PLACE_FOLDER)
		return FAULT_NONE;
	memcpy(struck, before, SECTOR);
	for (int i = 0; i < SECTOR; i += ENTRY) {
		/* An entry never used ends the folder, and stays the end. */
		if (before[i] && memcmp(before + i, after + i, ENTRY) != 0)
			struck[i] = STRUCK;
	}
	return memcmp(struck, before, SECTOR) == 0 ? FAULT_NONE
						   : put(work, sector, struck);
}

static enum fault put_folder(struct work *work, uint32_t sector,
			     const uint8_t *before, const uint8_t *after)
{
	(void)before;
	return place_of(work, sector) == PLACE_FRESH ? FAULT_NONE
						     : put(work, sector, after);
}

static enum fault put_after(struct work *work, uint32_t sector,
			    const uint8_t *before, const uint8_t *after)
{
	(void)before;
	return put(work, sector, after);
}

/* A FAT's sector with what either state has in use. */
static enum fault put_both(struct work *work, uint32_t sector,
			   const uint8_t *before, const uint8_t *after)
{
	uint8_t both[SECTOR];

	memcpy(both, after, SECTOR);
	for (int i = 0; i < SECTOR; i += 4) {
		if (!(little(after + i, 4) & CLUSTER_MASK))
			memcpy(both + i, before + i, 4);
	}
	return memcmp(both, before, SECTOR) == 0 ? FAULT_NONE
						 : put(work, sector, both);
}

static enum fault write_all(struct work *work)
{
	const struct layout *layout = &work->layout;
	const struct {
		uint32_t from, to;
		put_sector *act;
	} steps[] = {
		{ layout->data, layout->end, put_fresh },
		{ layout->fats, layout->data, put_both },
		{ layout->data, layout->end, put_struck },
		{ layout->data, layout->end, put_folder },
		{ layout->fats, layout->data, put_after },
		{ 0, layout->fats, put_after },
	};
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < COUNT(steps); i++)
		fault = each_changed(work, steps[i].from, steps[i].to,
				     steps[i].act);
	return fault;
}

enum fault rewrite(struct device *card, uint64_t at,
		   const struct volume *before, const struct volume *after)
{
	struct work work = {
		.card = card, .at = at, .before = before, .after = after
	};
	enum fault fault = read_layout(&work);

	if (!fault)
		fault = read_fats(&work);
	if (!fault)
		fault = find_changed(&work);
	if (!fault && work.count) {
		find_grown(&work);
		fault = write_all(&work);
	}
	free(work.changed);
	free(work.grown);
	free(work.fat_before);
	free(work.fat_after);
	return fault;
}
