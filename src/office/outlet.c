#include "office/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "seal/secret.h"
#include "seal/stream_open.h"

#define MAGIC "FOYEREX1"
#define MAGIC_BYTES 8
#define PURPOSE "foyer/export/v1"
#define FRONT (MAGIC_BYTES + KEY_BYTES)
#define SEALED (STREAM_FRAME + STREAM_OVER)

struct outlet {
	char *path, *beside;
	int file;
	struct stream *stream; /* NULL: plain */
	size_t have;           /* of the frame that is being filled */
	uint8_t plain[STREAM_FRAME], sealed[SEALED];
};

static enum fault refuse(const char *path, const char *doing)
{
	log_error("%s: %s: %s", path, doing, strerror(errno));
	return FAULT_SYSTEM;
}

static enum fault put(const struct outlet *outlet, const uint8_t *at,
		      size_t length)
{
	while (length) {
		const ssize_t done = write(outlet->file, at, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return refuse(outlet->path, "it cannot be written");
		at += done;
		length -= (size_t)done;
	}
	return FAULT_NONE;
}

static enum fault begin_sealed(struct outlet *outlet, const uint8_t *receiver)
{
	uint8_t front[FRONT], head[STREAM_HEAD];
	enum fault fault;

	memcpy(front, MAGIC, MAGIC_BYTES);
	memcpy(front + MAGIC_BYTES, receiver, KEY_BYTES);
	if ((fault = stream_seal(receiver, PURPOSE, front, FRONT, head,
				 &outlet->stream)) ||
	    (fault = put(outlet, front, FRONT)))
		return fault;
	return put(outlet, head, STREAM_HEAD);
}

enum fault outlet_new(const char *path, const uint8_t *receiver,
		      struct outlet **out)
{
	SCOPED(outlet_freep)
	struct outlet *outlet = xcalloc(1, sizeof *outlet);
	enum fault fault = FAULT_NONE;

	outlet->path = xstrdup(path);
	outlet->beside = xasprintf("%s.part", path);
	(void)unlink(outlet->beside); /* of one that was broken off */
	outlet->file =
	    open(outlet->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (outlet->file < 0)
		return refuse(path, "it cannot be made");
	if (receiver)
		fault = begin_sealed(outlet, receiver);
	if (fault)
		return fault;
	*out = outlet;
	outlet = NULL;
	return FAULT_NONE;
}

void outlet_free(struct outlet *outlet)
{
	if (!outlet)
		return;
	if (outlet->file >= 0) {
		close(outlet->file);
		(void)unlink(outlet->beside);
	}
	stream_free(outlet->stream);
	secret_wipe(outlet->plain, sizeof outlet->plain);
	free(outlet->path);
	free(outlet->beside);
	free(outlet);
}

static enum fault flush(struct outlet *outlet, bool last)
{
	const size_t length = outlet->have;

	outlet->have = 0;
	if (!outlet->stream)
		return put(outlet, outlet->plain, length);
	stream_push(outlet->stream, outlet->plain, length, last,
		    outlet->sealed);
	return put(outlet, outlet->sealed, length + STREAM_OVER);
}

enum fault outlet_write(void *to, const void *bytes, size_t length)
{
	struct outlet *outlet = to;
	const uint8_t *at = bytes;
	enum fault fault = FAULT_NONE;

	while (length && !fault) {
		size_t fits = STREAM_FRAME - outlet->have;

		fits = fits < length ? fits : length;
		memcpy(outlet->plain + outlet->have, at, fits);
		outlet->have += fits;
		at += fits;
		length -= fits;
		/* The last frame is fewer: a full one has something behind. */
		if (outlet->have == STREAM_FRAME)
			fault = flush(outlet, false);
	}
	return fault;
}

enum fault outlet_finish(struct outlet *outlet)
{
	const enum fault fault = flush(outlet, true);
	const int file = outlet->file;

	if (fault)
		return fault;
	if (fsync(file) || rename(outlet->beside, outlet->path))
		return refuse(outlet->path, "it cannot be kept");
	outlet->file = -1;
	close(file);
	return folder_sync(outlet->path);
}

/* --- reading -------------------------------------------------------------- */

static enum fault read_front(FILE *from, const char *path, uint8_t *front,
			     size_t length, enum inlet_answer *answer)
{
	const size_t got = fread(front, 1, length, from);

	*answer = got < MAGIC_BYTES || memcmp(front, MAGIC, MAGIC_BYTES) != 0
		      ? INLET_NOT_ONE
		  : got < length ? INLET_DAMAGED
				 : INLET_OPENED;
	return ferror(from) ? refuse(path, "it cannot be read") : FAULT_NONE;
}

enum fault inlet_look(const char *path, uint8_t receiver[KEY_BYTES],
		      enum inlet_answer *answer)
{
	FILE *from = fopen(path, "re");
	uint8_t front[FRONT];
	enum fault fault;

	if (!from)
		return refuse(path, "it cannot be read");
	fault = read_front(from, path, front, FRONT, answer);
	fclose(from);
	if (!fault && *answer == INLET_OPENED)
		memcpy(receiver, front + MAGIC_BYTES, KEY_BYTES);
	return fault;
}

static enum fault open_frames(FILE *from, struct stream *stream,
			      struct outlet *to, enum inlet_answer *answer)
{
	SCOPED(secret_freep) uint8_t *plain = secret_new(STREAM_FRAME);
	enum stream_pulled pulled = STREAM_MORE;
	enum fault fault = FAULT_NONE;

	while (!fault && pulled == STREAM_MORE) {
		const size_t got = fread(to->sealed, 1, SEALED, from);

		pulled = got < STREAM_OVER
			     ? STREAM_REFUSED
			     : stream_pull(stream, to->sealed, got, plain);
		if (pulled != STREAM_REFUSED)
			fault = outlet_write(to, plain, got - STREAM_OVER);
	}
	*answer = pulled == STREAM_LAST && fgetc(from) == EOF ? INLET_OPENED
							      : INLET_DAMAGED;
	return fault;
}

static enum fault open_file(FILE *from, const char *path,
			    const struct agency_key *key, struct outlet *to,
			    enum inlet_answer *answer)
{
	SCOPED(stream_freep) struct stream *stream = NULL;
	uint8_t front[FRONT + STREAM_HEAD];
	enum fault fault = read_front(from, path, front, sizeof front, answer);

	if (fault || *answer != INLET_OPENED)
		return fault;
	if (stream_open(agency_key_secret(key), PURPOSE, front, FRONT,
			front + FRONT, &stream) != STREAM_OPENED) {
		*answer = INLET_NOT_OURS;
		return FAULT_NONE;
	}
	fault = open_frames(from, stream, to, answer);
	return fault || *answer != INLET_OPENED ? fault : outlet_finish(to);
}

enum fault inlet_open(const char *path, const struct agency_key *key,
		      struct outlet *to, enum inlet_answer *answer)
{
	FILE *from = fopen(path, "re");
	enum fault fault;

	if (!from)
		return refuse(path, "it cannot be read");
	fault = open_file(from, path, key, to, answer);
	fclose(from);
	return fault;
}
