#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/log.h"
#include "flash/disks.h"
#include "flash/found.h"
#include "flash/put.h"
#include "flash/verb.h"
#include "flash/words.h"

/* --- which disk ----------------------------------------------------------- */

static enum fault refuse_mounted(const struct disks *disks, const char *path,
				 const struct disk *disk)
{
	struct bytes places = { 0 };
	enum fault fault = FAULT_NONE;

	disks_mounted(disks, disk->name, &places);
	if (places.length) {
		log_error("%s is in use: its partitions are mounted; give "
			  "`sudo umount%s`, or eject it on the desktop "
			  "without taking it out, and run this again",
			  path, (char *)places.data);
		fault = FAULT_SYSTEM;
	}
	bytes_done(&places);
	return fault;
}

/* A disk must be one that `list` would offer. */
static enum fault check_disk(const char *path, struct disk *disk)
{
	const struct disks disks = DISKS_THIS;
	struct stat status;

	*disk = (struct disk){ 0 };
	if (stat(path, &status) || !S_ISBLK(status.st_mode))
		return FAULT_NONE; /* a file, or for device_open() to tell */
	if (!disks_find(&disks, major(status.st_rdev), minor(status.st_rdev),
			disk)) {
		log_error("%s is no disk that the kernel knows; see "
			  "`foyer-flash list`",
			  path);
		return FAULT_FORMAT;
	}
	if (disk->partition)
		log_error("%s is one partition: give the whole card; see "
			  "`foyer-flash list`",
			  path);
	else if (disk->system)
		log_error("%s is the disk that this system runs from: it is "
			  "never written; see `foyer-flash list`",
			  path);
	else if (!disk->removable)
		log_error("%s is built in, and no card: it is never written; "
			  "see `foyer-flash list`",
			  path);
	else
		return refuse_mounted(&disks, path, disk);
	return FAULT_FORMAT;
}

/* --- what is to be done --------------------------------------------------- */

/* One card and the release for it. */
struct task {
	const struct given *given;
	const struct release *release;
	struct device *card;
	struct disk disk;
	struct found found;
	bool update;
	const char *end; /* why it ends, for a program: a word of the manual */
};

static enum fault refuse(struct task *task, const char *end)
{
	task->end = end;
	return FAULT_FORMAT;
}

static enum fault check_size(struct task *task)
{
	const uint64_t need = task->release->manifest.size;
	char has[WORDS_SIZE], wants[WORDS_SIZE];

	if (device_size(task->card) >= need)
		return FAULT_NONE;
	words_size(device_size(task->card), has);
	words_size(need, wants);
	log_error("%s is too small: it has %s, and this release needs %s: "
		  "take a larger card",
		  device_path(task->card), has, wants);
	return refuse(task, "small");
}

static enum fault check_variant(struct task *task)
{
	const struct manifest *manifest = &task->release->manifest;
	const struct edition *is = &task->found.edition;

	if (!task->found.known || strcmp(is->variant, manifest->variant) == 0)
		return FAULT_NONE;
	log_error("%s is a \"%s\", and this release is a \"%s\": take the "
		  "release for \"%s\"; to make another device of this card, "
		  "with all that is on it lost, give --new",
		  device_path(task->card), is->variant, manifest->variant,
		  is->variant);
	return refuse(task, "variant");
}

/* No way back unasked. */
static enum fault check_version(struct task *task)
{
	const struct manifest *manifest = &task->release->manifest;
	const struct edition *is = &task->found.edition;
	const char *path = device_path(task->card);

	if (task->given->older)
		return FAULT_NONE;
	if (!task->found.known) {
		log_error("%s does not say which version it has (" EDITION_FILE
			  " on it is missing or changed): if you are sure that "
			  "it is a %s, give --older to write %s to it",
			  path, manifest->variant, manifest->version.text);
		return refuse(task, "unknown");
	}
	if (version_compare(&manifest->version, &is->version) >= 0)
		return FAULT_NONE;
	log_error("%s has version %s, and this release is %s, which is older "
		  "and may have faults that were mended since: take the "
		  "newest release, or give --older if you must go back",
		  path, is->version.text, manifest->version.text);
	return refuse(task, "older");
}

static enum fault refuse_content(struct task *task)
{
	struct bytes content = { 0 };

	probe_tell(&task->found.probe, &content);
	if (task->found.kind == FOUND_ODD)
		log_error("%s is a card of Foyer's, but %s: this release "
			  "cannot keep what is on it (%s). Copy its folder "
			  "\"" MANIFEST_AGENCY "\" to this computer, then give "
			  "--new to make a new card of it: all that is on it "
			  "is lost, the device's key and tickets that wait, "
			  "too",
			  device_path(task->card), task->found.odd,
			  (char *)content.data);
	else
		log_error("%s is no card of Foyer's: %s is on it. If all of "
			  "that may be lost, give --new to make a new card of "
			  "it",
			  device_path(task->card), (char *)content.data);
	bytes_done(&content);
	return refuse(task, task->found.kind == FOUND_ODD ? "odd" : "foreign");
}

static enum fault decide(struct task *task)
{
	const bool keeps =
	    task->found.kind != FOUND_EMPTY && !task->given->make_new;
	enum fault fault = keeps ? check_variant(task) : FAULT_NONE;

	if (!fault && keeps && task->found.kind != FOUND_USED)
		fault = refuse_content(task);
	if (!fault)
		fault = check_size(task);
	task->update = keeps;
	return !fault && keeps ? check_version(task) : fault;
}

/* --- asking --------------------------------------------------------------- */

static void tell_found(const struct task *task, struct bytes *out)
{
	const struct found *found = &task->found;

	if (found->kind == FOUND_USED && found->known)
		bytes_add_format(out, "Foyer %s, version %s",
				 found->edition.variant,
				 found->edition.version.text);
	else
		probe_tell(&found->probe, out);
}

static void tell_kept(const struct task *task, struct bytes *out)
{
	const struct manifest *manifest = &task->release->manifest;

	if (!task->update) {
		bytes_add_text(
		    out, task->found.kind == FOUND_EMPTY
			     ? "nothing, it is empty: this makes a new "
			       "card"
			     : "NOTHING: all that is on it is lost, and it "
			       "becomes a new device");
		return;
	}
	bytes_add_text(out, "the folder \"" MANIFEST_AGENCY "\"");
	for (size_t i = 0; i < manifest->partition_count; i++) {
		if (manifest->partitions[i].role == MANIFEST_DATA)
			bytes_add_format(out,
					 ", all of partition %d (its key, "
					 "its data)",
					 manifest->partitions[i].number);
	}
}

static void tell(const struct task *task)
{
	const struct manifest *manifest = &task->release->manifest;
	struct bytes found = { 0 }, kept = { 0 };
	char size[WORDS_SIZE];

	words_size(device_size(task->card), size);
	tell_found(task, &found);
	tell_kept(task, &kept);
	fprintf(stderr,
		"card     %s, %s%s%s\non it    %s\nwrite    %s: %s, version "
		"%s%s\nkept     %s\n",
		device_path(task->card), size, *task->disk.model ? ", " : "",
		task->disk.model, (char *)found.data, manifest->name,
		manifest->variant, manifest->version.text,
		task->update && task->found.known &&
			version_compare(&manifest->version,
					&task->found.edition.version) < 0
		    ? ", which is OLDER"
		    : "",
		(char *)kept.data);
	bytes_done(&found);
	bytes_done(&kept);
}

/* The same for a program that asks a person itself. */
static void tell_program(const struct task *task)
{
	const struct manifest *manifest = &task->release->manifest;
	const struct found *found = &task->found;

	printf("card %s %s %s %s\n", task->update ? "used" : "new",
	       task->update && found->known ? found->edition.version.text : "-",
	       manifest->variant, manifest->version.text);
	fflush(stdout);
}

static bool agreed(const struct task *task)
{
	const bool lines = task->given->lines;
	char answer[16];

	if (lines)
		tell_program(task);
	else
		tell(task);
	if (task->given->yes)
		return true;
	if (!lines && !isatty(STDIN_FILENO)) {
		log_error("nobody is there to ask: give --yes to write without "
			  "asking");
		return false;
	}
	if (!lines)
		fprintf(stderr, "Write to %s? Type yes and Enter: ",
			device_path(task->card));
	if (fgets(answer, sizeof answer, stdin) &&
	    strcasecmp(answer, "yes\n") == 0)
		return true;
	fprintf(stderr, "Nothing was written.\n");
	return false;
}

/* --- writing -------------------------------------------------------------- */

/* What cannot be written is the release's fault, the card's lack of room, or
 * that one of them was pulled out. */
static const char *end_of(enum fault fault)
{
	return !fault                  ? "done"
	       : fault == FAULT_FORMAT ? "release"
	       : fault == FAULT_LIMIT  ? "full"
				       : "cut";
}

static enum fault put(struct task *task)
{
	const struct shown shown = {
		.to = task->given->lines ? stdout : stderr,
		.program = task->given->lines,
	};
	struct put put;
	enum fault fault =
	    put_prepare(task->card, task->update ? task->found.boot : NULL,
			task->release, &shown, &put);

	if (!fault)
		fault = task->update ? put_update(&put) : put_new(&put);
	put_done(&put);
	task->end = end_of(fault);
	return fault;
}

static int write_card(struct task *task)
{
	enum fault fault = decide(task);

	if (fault)
		return fault_exit(fault);
	if (!agreed(task)) {
		task->end = "no";
		return EXIT_INPUT;
	}
	fault = put(task);
	if (!fault)
		fprintf(stderr,
			"Done: %s is written and was read back. It can be "
			"taken out.\n",
			device_path(task->card));
	return fault_exit(fault);
}

static int run_release(const struct given *given, const struct release *release,
		       const char **end)
{
	SCOPED(device_freep) struct device *card = NULL;
	struct task task = { .given = given, .release = release };
	enum fault fault = check_disk(given->words[1], &task.disk);
	int status;

	*end = "card";
	if (!fault)
		fault = device_open(given->words[1], DEVICE_WRITE,
				    release->manifest.size, &card);
	if (!fault)
		fault = found_look(card, &release->manifest, &task.found);
	if (fault)
		return fault_exit(fault);
	task.card = card;
	status = write_card(&task);
	*end = task.end;
	found_done(&task.found);
	return status;
}

static int run(const struct given *given)
{
	struct release release;
	enum fault fault =
	    release_open(given->words[0], &given->trusted, &release);
	const char *end = "release";
	int status = fault_exit(fault);

	/* Whoever listened may go away: what was begun is done. */
	if (given->lines)
		(void)signal(SIGPIPE, SIG_IGN);
	if (!fault) {
		status = run_release(given, &release, &end);
		release_done(&release);
	}
	if (given->lines)
		printf("end %s\n", end);
	return status;
}

const struct verb verb_write = {
	.name = "write",
	.usage = "RELEASE DEVICE|FILE [--yes] [--new] [--older] "
		 "[--lines] [--key FILE]...",
	.summary =
	    "      Writes a release to a card and reads it back. A card "
	    "in use keeps what the\n      agency and the device have on "
	    "it; if this is interrupted, run it again. --new\n      "
	    "makes a new card whatever is on it, --older goes back to "
	    "an older version,\n      --yes asks nothing, --lines speaks to a "
	    "program.\n",
	.least = 2,
	.most = 2,
	.trusts = true,
	.run = run,
};
