#include "flash/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "flash/fat.h"

#define LABEL "FOYER" /* of the boot partition */

const struct probe_partition *
found_partition(const struct probe *probe,
		const struct manifest_partition *wanted)
{
	for (size_t i = 0; i < probe->count; i++) {
		if (probe->partitions[i].number == wanted->number)
			return &probe->partitions[i];
	}
	return NULL;
}

/* What says that it is a card of ours; NULL: nothing. */
static const struct probe_partition *our_boot(const struct probe *probe)
{
	for (size_t i = 0; i < probe->count; i++) {
		if (strcmp(probe->partitions[i].holds, "vfat") == 0 &&
		    strcmp(probe->partitions[i].label, LABEL) == 0)
			return &probe->partitions[i];
	}
	return NULL;
}

/* A desk's data partition is blank until its passphrase is set. */
static bool holds_right(const struct manifest_partition *wanted,
			const char *holds)
{
	return strcmp(holds, wanted->holds) == 0 ||
	       (strcmp(wanted->holds, "blank") == 0 &&
		strcmp(holds, "crypto_LUKS") == 0);
}

/* Why a partition is not where the release has it; NULL: it is. */
static char *misfit(const struct probe *probe,
		    const struct manifest_partition *wanted)
{
	const struct probe_partition *found = found_partition(probe, wanted);

	if (!found)
		return xasprintf("partition %d is missing", wanted->number);
	if (wanted->role == MANIFEST_ROOT)
		return NULL; /* it is replaced, and so is its table entry */
	if (found->start != wanted->start || found->size != wanted->size ||
	    found->type != wanted->type)
		return xasprintf("partition %d is not where this release has "
				 "it, or not as large",
				 wanted->number);
	if (!holds_right(wanted, found->holds))
		return xasprintf("partition %d should hold %s and holds %s",
				 wanted->number, wanted->holds, found->holds);
	return NULL;
}

/* The same for the whole card. */
static char *all_misfits(const struct probe *probe,
			 const struct manifest *manifest)
{
	char *why = NULL;

	if (strcmp(probe->table, "dos") != 0 || probe->more ||
	    probe->count != manifest->partition_count)
		return xstrdup("it has other partitions than this release");
	if (probe->disk != manifest->disk)
		return xstrdup("its table has another label-id");
	for (size_t i = 0; !why && i < manifest->partition_count; i++)
		why = misfit(probe, &manifest->partitions[i]);
	return why;
}

static enum fault read_edition(struct found *found)
{
	struct bytes text = { 0 };
	bool has;
	enum fault fault = fat_has(found->boot, EDITION_FILE, &has);

	if (!fault && has)
		fault =
		    fat_read(found->boot, EDITION_FILE, EDITION_LIMIT, &text);
	if (!fault && text.data)
		found->known = edition_read((char *)text.data, &found->edition);
	bytes_done(&text);
	return fault;
}

static enum fault look_at_boot(struct device *device,
			       const struct probe_partition *boot,
			       const struct manifest *manifest,
			       struct found *found)
{
	bool agency = false;
	enum fault fault =
	    volume_load(device, boot->start, boot->size, &found->boot);

	if (!fault)
		fault = fat_has(found->boot, MANIFEST_AGENCY "/", &agency);
	if (!fault)
		fault = read_edition(found);
	found->odd = all_misfits(&found->probe, manifest);
	if (!found->odd && !agency)
		found->odd = xstrdup("the agency's folder \"" MANIFEST_AGENCY
				     "\" is missing on its boot partition");
	found->kind = found->odd ? FOUND_ODD : FOUND_USED;
	return fault;
}

enum fault found_look(struct device *device, const struct manifest *manifest,
		      struct found *out)
{
	struct found found = { .kind = FOUND_FOREIGN };
	const struct probe_partition *boot;
	enum fault fault = probe_look(device, &found.probe);

	if (fault)
		return fault;
	boot = our_boot(&found.probe);
	if (probe_empty(&found.probe))
		found.kind = FOUND_EMPTY;
	else if (boot)
		fault = look_at_boot(device, boot, manifest, &found);
	if (fault)
		found_done(&found);
	else
		*out = found;
	return fault;
}

void found_done(struct found *found)
{
	free(found->odd);
	volume_free(found->boot);
	*found = (struct found){ 0 };
}
