#include "record/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "record/backup_parts.h"
#include "record/names.h"
#include "record/place.h"
#include "record/sound.h"
#include "seal/secret.h"
#include "seal/stream_open.h"

static enum fault refuse(const char *path, const char *doing)
{
	log_error("%s: %s: %s", path, doing, strerror(errno));
	return FAULT_SYSTEM;
}

/* --- the backup's file ---------------------------------------------------- */

/* Reads what there is, at most length bytes. */
static enum fault read_some(int file, const char *path, uint8_t *to,
			    size_t length, size_t *have)
{
	ssize_t got = 0;

	*have = 0;
	while (*have < length &&
	       (got = read(file, to + *have, length - *have)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return refuse(path, "the backup cannot be read");
		*have += (size_t)got;
	}
	return FAULT_NONE;
}

static enum fault open_backup(const char *path, uint8_t start[BACKUP_START],
			      struct backup_head *head, int *file,
			      enum backup_answer *answer)
{
	struct stat about;
	enum fault fault;
	size_t have;

	*file = open(path, O_RDONLY | O_CLOEXEC);
	if (*file < 0 || fstat(*file, &about))
		return refuse(path, "the backup cannot be opened");
	if ((fault = read_some(*file, path, start, BACKUP_START, &have)))
		return fault;
	*answer = backup_head_read(start, have, head);
	if (*answer == BACKUP_SOUND &&
	    (uint64_t)about.st_size != backup_file_size(head))
		*answer = BACKUP_CUT_SHORT;
	return FAULT_NONE;
}

enum fault restore_look(const char *path, struct backup_head *head,
			enum backup_answer *answer)
{
	uint8_t start[BACKUP_START];
	int file = -1;
	enum fault fault = open_backup(path, start, head, &file, answer);

	if (file >= 0)
		close(file);
	return fault;
}

/* --- out of the backup ---------------------------------------------------- */

/* Where the parts go: files beside the places they are for. */
struct landing {
	struct land {
		const char *name; /* of the part */
		char *place, *beside;
		bool whole; /* it came */
	} lands[2];
	struct land *now;
	int file; /* of the one that comes now */
};
enum { LAND_RECORD, LAND_NAMES, LANDS };

static void landing_init(struct landing *landing, const char *record)
{
	SCOPED(char_freep) char *copy = xstrdup(record);

	*landing = (struct landing){ .file = -1 };
	landing->lands[LAND_RECORD].name = RECORD_FILE;
	landing->lands[LAND_RECORD].place = xstrdup(record);
	landing->lands[LAND_NAMES].name = NAMES_FILE;
	landing->lands[LAND_NAMES].place =
	    xasprintf("%s/" NAMES_FILE, dirname(copy));
	for (int i = 0; i < LANDS; i++) {
		struct land *land = &landing->lands[i];

		land->beside = xasprintf("%s.restoring", land->place);
		(void)unlink(land->beside);
	}
}

static void landing_done(struct landing *landing)
{
	if (landing->file >= 0)
		close(landing->file);
	for (int i = 0; i < LANDS; i++) {
		(void)unlink(landing->lands[i].beside);
		free(landing->lands[i].place);
		free(landing->lands[i].beside);
	}
}

static enum fault begin_part(void *to, const char *name, uint64_t size,
			     bool *known)
{
	struct landing *landing = to;

	(void)size;
	*known = false;
	for (int i = 0; i < LANDS && !*known; i++) {
		landing->now = &landing->lands[i];
		*known = !landing->now->whole &&
			 strcmp(name, landing->now->name) == 0;
	}
	if (!*known)
		return FAULT_NONE;
	landing->file = open(landing->now->beside,
			     O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return landing->file < 0
		   ? refuse(landing->now->beside, "cannot be made")
		   : FAULT_NONE;
}

static enum fault add_part(void *to, const uint8_t *data, size_t length)
{
	const struct landing *landing = to;

	while (length) {
		ssize_t put = write(landing->file, data, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return refuse(landing->now->beside,
				      "cannot be written");
		data += put;
		length -= (size_t)put;
	}
	return FAULT_NONE;
}

static enum fault end_part(void *to)
{
	struct landing *landing = to;
	int file = landing->file;
	bool synced = fsync(file) == 0;

	landing->file = -1;
	landing->now->whole = true;
	return close(file) || !synced
		   ? refuse(landing->now->beside, "cannot be made durable")
		   : FAULT_NONE;
}

/* One frame of the backup and what it holds. */
struct frame {
	uint8_t plain[STREAM_FRAME], sealed[STREAM_FRAME + STREAM_OVER];
};

static enum backup_answer answer_of(enum parts_answer answer)
{
	static const enum backup_answer answers[] = {
		[PARTS_GOOD] = BACKUP_SOUND,
		[PARTS_BROKEN] = BACKUP_DAMAGED,
		[PARTS_UNKNOWN] = BACKUP_NEWER,
	};

	return answers[answer];
}

static enum fault take_frame(int file, const char *path, size_t length,
			     struct stream *stream, struct frame *frame,
			     struct parts *parts, bool last,
			     enum backup_answer *answer)
{
	enum parts_answer taken = PARTS_GOOD;
	size_t have;
	enum fault fault =
	    read_some(file, path, frame->sealed, length + STREAM_OVER, &have);

	if (fault)
		return fault;
	*answer = have < length + STREAM_OVER ? BACKUP_CUT_SHORT
		  : stream_pull(stream, frame->sealed, have, frame->plain) !=
			  (last ? STREAM_LAST : STREAM_MORE)
		      ? BACKUP_DAMAGED
		      : BACKUP_SOUND;
	if (*answer == BACKUP_SOUND) {
		fault = parts_take(parts, frame->plain, length, &taken);
		*answer = answer_of(taken);
	}
	return fault;
}

static enum fault take_frames(const struct restore *restore, int file,
			      const struct backup_head *head,
			      struct stream *stream, struct landing *landing,
			      enum backup_answer *answer)
{
	struct parts parts = { .taker = { begin_part, add_part, end_part,
					  landing } };
	struct frame *frame = xcalloc(1, sizeof *frame);
	uint64_t left = head->length;
	enum fault fault = FAULT_NONE;

	*answer = BACKUP_SOUND;
	while (left && !fault && *answer == BACKUP_SOUND) {
		size_t next = left < STREAM_FRAME ? (size_t)left : STREAM_FRAME;

		left -= next;
		fault = take_frame(file, restore->from, next, stream, frame,
				   &parts, !left, answer);
		if (restore->watch)
			restore->watch->tell(restore->watch->to, BACKUP_OPENING,
					     (int64_t)(head->length - left),
					     (int64_t)head->length);
	}
	if (!fault && *answer == BACKUP_SOUND &&
	    !(parts_whole(&parts) && landing->lands[LAND_RECORD].whole))
		*answer = BACKUP_DAMAGED;
	secret_wipe(frame, sizeof *frame);
	free(frame);
	return fault;
}

/* Opens the backup into new files beside their places. */
static enum fault unseal(const struct restore *restore, struct landing *landing,
			 struct restored *out)
{
	SCOPED(stream_freep) struct stream *stream = NULL;
	uint8_t start[BACKUP_START];
	struct backup_head head;
	int file = -1;
	enum fault fault =
	    open_backup(restore->from, start, &head, &file, &out->answer);

	if (!fault && out->answer == BACKUP_SOUND) {
		out->made = head.made;
		out->told.bytes = (int64_t)backup_file_size(&head);
		if (head.what != restore->what)
			out->answer = BACKUP_OF_OTHER;
		else if (memcmp(head.agency, agency_key_public(restore->key),
				KEY_BYTES) != 0)
			out->answer = BACKUP_NOT_OURS;
		else if (stream_open(agency_key_secret(restore->key),
				     backup_purpose(head.what), start,
				     BACKUP_FRONT, start + BACKUP_FRONT,
				     &stream) != STREAM_OPENED)
			out->answer = BACKUP_DAMAGED;
	}
	if (!fault && out->answer == BACKUP_SOUND)
		fault = take_frames(restore, file, &head, stream, landing,
				    &out->answer);
	if (file >= 0)
		close(file);
	return fault;
}

/* --- into its place ------------------------------------------------------- */

static enum fault look_through(const struct restore *restore,
			       const char *beside, struct restored *out)
{
	struct record look;
	enum fault fault;

	if (restore->watch)
		restore->watch->tell(restore->watch->to, BACKUP_CHECKING, 0, 0);
	if (!(fault = sound_open(beside, &look)) &&
	    !(fault = sound_check(&look)) &&
	    !(fault = sound_count(&look, NULL, &out->told.rows)) &&
	    !(fault = sound_number(&look, "SELECT count(*) FROM person",
				   &out->told.people)))
		fault = sound_number(&look, "SELECT count(*) FROM visit",
				     &out->told.visits);
	sound_done(&look);
	return fault;
}

static enum fault write_down(const struct restore *restore)
{
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(transaction_endp) struct transaction *transaction = NULL;
	enum fault fault;

	if ((fault = record_open(restore->to, &record)) ||
	    (fault = transaction_begin(record, &transaction)) ||
	    (restore->act &&
	     (fault = audit_add(record, restore->who, restore->now,
				restore->act, "record", 0, NULL))))
		return fault;
	return transaction_commit(&transaction);
}

static enum backup_answer answer_of_place(enum place_answer answer)
{
	return answer == PLACE_TAKEN    ? BACKUP_SOUND
	       : answer == PLACE_IN_USE ? BACKUP_IN_USE
					: BACKUP_OCCUPIED;
}

/* The names first: a record that is there can say that it lacks them. */
static enum fault take_places(const struct restore *restore,
			      const struct landing *landing,
			      struct restored *out)
{
	const struct land *names = &landing->lands[LAND_NAMES];
	const struct land *record = &landing->lands[LAND_RECORD];
	SCOPED(char_freep) char *names_kept = NULL;
	enum place_answer placed = PLACE_TAKEN;
	enum fault fault = FAULT_NONE;

	if (names->whole)
		fault =
		    place_take(names->beside, names->place, restore->replace,
			       restore->now, &placed, &names_kept);
	if (!fault && placed == PLACE_TAKEN)
		fault =
		    place_take(record->beside, record->place, restore->replace,
			       restore->now, &placed, &out->kept);
	out->answer = answer_of_place(placed);
	return fault;
}

static enum fault restore_from(const struct restore *restore,
			       struct landing *landing, struct restored *out)
{
	enum fault fault = unseal(restore, landing, out);

	if (fault || out->answer != BACKUP_SOUND ||
	    (fault = look_through(restore, landing->lands[LAND_RECORD].beside,
				  out)) ||
	    (fault = take_places(restore, landing, out)))
		return fault;
	return out->answer == BACKUP_SOUND ? write_down(restore) : FAULT_NONE;
}

enum fault restore_run(const struct restore *restore, struct restored *out)
{
	struct landing landing;
	enum place_answer placed;
	enum fault fault;

	*out = (struct restored){ 0 };
	/* Asked again at the end; but then hours may have gone by. */
	if ((fault = place_look(restore->to, restore->replace, &placed)))
		return fault;
	if ((out->answer = answer_of_place(placed)) != BACKUP_SOUND)
		return FAULT_NONE;
	landing_init(&landing, restore->to);
	fault = restore_from(restore, &landing, out);
	landing_done(&landing);
	return fault;
}

void restored_done(struct restored *restored)
{
	free(restored->kept);
	*restored = (struct restored){ 0 };
}
