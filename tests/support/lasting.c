#include "tests/support/lasting.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define NOTES                                                          \
	((size_t)256 << 20) /* bytes; those not written take no memory \
			     */

enum what { MADE, WRITTEN, CUT_TO, FINISHED, RENAMED, REMOVED, MADE_FOLDER };

struct note {
	enum what what;
	uint64_t at;   /* WRITTEN: where in the file; CUT_TO: its length */
	size_t length; /* of data, which follows the note: bytes or a name */
	char path[PATH_MAX / 8];
};

static struct {
	bool on;
	char folder[PATH_MAX / 8];
	lasting_reached *reached;
	void *to;
	/* Shared with children, who may die at any moment. */
	struct {
		size_t used;
		uint8_t data[];
	} * notes;
} lasting;

/* --- noting --------------------------------------------------------------- */

static bool is_below(const char *path)
{
	size_t length = strlen(lasting.folder);

	return lasting.on && strncmp(path, lasting.folder, length) == 0 &&
	       (path[length] == '/' || !path[length]) &&
	       strlen(path) < sizeof((struct note *)0)->path;
}

static void reach(void)
{
	if (lasting.reached)
		lasting.reached(lasting.to);
}

static size_t padded(size_t length)
{
	return (length + 15) & ~(size_t)15;
}

static void add(enum what what, const char *path, uint64_t at, const void *data,
		size_t length)
{
	struct note note = { .what = what, .at = at, .length = length };
	const size_t size = padded(sizeof note + length);
	/* Several may be at work; who dies does so before a change. */
	const size_t used =
	    __atomic_fetch_add(&lasting.notes->used, size, __ATOMIC_RELAXED);
	uint8_t *to = lasting.notes->data + used;

	strcpy(note.path, path);
	assert_true(used + size < NOTES - 64);
	memcpy(to, &note, sizeof note);
	if (length)
		memcpy(to + sizeof note, data, length);
}

/* The path that an open file was opened by; false where it is not ours. */
static bool path_of(int file, char path[PATH_MAX])
{
	char link[64];
	ssize_t length;

	if (!lasting.on)
		return false;
	snprintf(link, sizeof link, "/proc/self/fd/%d", file);
	length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
	path[length > 0 ? length : 0] = 0;
	return is_below(path);
}

static void note_written(int file, const void *data, ssize_t length, off_t at)
{
	char path[PATH_MAX];

	if (length > 0 && path_of(file, path))
		add(WRITTEN, path, (uint64_t)at, data, (size_t)length);
}

static bool is_ours(int file)
{
	char path[PATH_MAX];

	return path_of(file, path);
}

/* --- the calls ------------------------------------------------------------ */

/* The recorder has these two as well, and no program links both. */
#pragma weak pwrite
#pragma weak fsync

static int open_noted(const char *path, int flags, mode_t mode)
{
	const bool writes = flags & (O_CREAT | O_TRUNC);
	struct stat about;
	bool was_there;
	int file;

	if (!writes || !is_below(path))
		return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	reach();
	was_there = stat(path, &about) == 0;
	file = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	if (file >= 0 && !was_there)
		add(MADE, path, 0, NULL, 0);
	else if (file >= 0 && flags & O_TRUNC)
		add(CUT_TO, path, 0, NULL, 0);
	return file;
}

int open(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
	va_end(more);
	return open_noted(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
	va_end(more);
	return open_noted(path, flags, mode);
}

ssize_t write(int file, const void *data, size_t length)
{
	const bool ours = is_ours(file);
	ssize_t written;
	off_t at;

	if (ours)
		reach();
	at = ours ? lseek(file, 0, SEEK_CUR) : 0;
	written = syscall(SYS_write, file, data, length);
	if (ours)
		note_written(file, data, written, at);
	return written;
}

ssize_t pwrite(int file, const void *data, size_t length, off_t at)
{
	ssize_t written;

	if (is_ours(file))
		reach();
	written = syscall(SYS_pwrite64, file, data, length, at);
	note_written(file, data, written, at);
	return written;
}

ssize_t pwrite64(int file, const void *data, size_t length, off_t at)
{
	return pwrite(file, data, length, at);
}

int ftruncate(int file, off_t length)
{
	char path[PATH_MAX];
	bool ours = path_of(file, path);
	int answer;

	if (ours)
		reach();
	answer = (int)syscall(SYS_ftruncate, file, length);
	if (ours && !answer)
		add(CUT_TO, path, (uint64_t)length, NULL, 0);
	return answer;
}

int ftruncate64(int file, off_t length)
{
	return ftruncate(file, length);
}

/* The disk need not turn: what is finished is what the notes say. */
int fsync(int file)
{
	char path[PATH_MAX];

	if (!path_of(file, path))
		return (int)syscall(SYS_fsync, file);
	reach();
	add(FINISHED, path, 0, NULL, 0);
	return 0;
}

int fdatasync(int file)
{
	return fsync(file);
}

int rename(const char *from, const char *to)
{
	int answer;

	if (is_below(from))
		reach();
	answer = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
	if (!answer && is_below(from))
		add(RENAMED, from, 0, to, strlen(to) + 1);
	return answer;
}

int unlink(const char *path)
{
	int answer;

	if (is_below(path))
		reach();
	answer = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
	if (!answer && is_below(path))
		add(REMOVED, path, 0, NULL, 0);
	return answer;
}

int mkdir(const char *path, mode_t mode)
{
	int answer;

	if (is_below(path))
		reach();
	answer = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
	if (!answer && is_below(path))
		add(MADE_FOLDER, path, 0, NULL, 0);
	return answer;
}

/* --- what is on the disk -------------------------------------------------- */

struct body {
	struct bytes disk;
	const struct note **waiting; /* since it was last finished */
	size_t count;
};

struct name {
	char *path;
	int body; /* place in bodies; FOLDER */
};
#define FOLDER (-1)

struct names {
	struct name *list;
	size_t count;
};

struct disk_state {
	struct body *bodies;
	int body_count;
	struct names live, disk;
	const struct note **waiting; /* changes of names */
	int *waiting_body;           /* of those that made one */
	size_t count;
};

static struct name *name_find(const struct names *names, const char *path)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->list[i].path, path) == 0)
			return &names->list[i];
	}
	return NULL;
}

static void name_remove(struct names *names, const char *path)
{
	struct name *name = name_find(names, path);

	if (!name)
		return;
	free(name->path);
	*name = names->list[--names->count];
}

static void name_put(struct names *names, const char *path, int body)
{
	name_remove(names, path);
	names->list =
	    xreallocarray(names->list, names->count + 1, sizeof *names->list);
	names->list[names->count++] =
	    (struct name){ .path = xstrdup(path), .body = body };
}

static int body_new(struct disk_state *state)
{
	state->bodies =
	    xreallocarray(state->bodies, (size_t)state->body_count + 1,
			  sizeof *state->bodies);
	state->bodies[state->body_count] = (struct body){ 0 };
	return state->body_count++;
}

static void load_file(struct disk_state *state, const char *path)
{
	struct bytes data = { 0 };
	int body = body_new(state);

	assert_int_equal(file_read(path, NOTES, &data), FAULT_NONE);
	state->bodies[body].disk = data;
	name_put(&state->live, path, body);
	name_put(&state->disk, path, body);
}

/* What lies in the folder when the notes begin. */
static void load(struct disk_state *state, const char *folder)
{
	DIR *open_folder = opendir(folder);
	struct dirent *entry;

	assert_non_null(open_folder);
	name_put(&state->live, folder, FOLDER);
	name_put(&state->disk, folder, FOLDER);
	while ((entry = readdir(open_folder))) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, entry->d_name);
		struct stat about;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 || lstat(path, &about))
			continue;
		if (S_ISDIR(about.st_mode))
			load(state, path);
		else if (S_ISREG(about.st_mode))
			load_file(state, path);
	}
	closedir(open_folder);
}

static void state_done(struct disk_state *state)
{
	struct names *both[] = { &state->live, &state->disk };

	for (int i = 0; i < state->body_count; i++) {
		bytes_done(&state->bodies[i].disk);
		free(state->bodies[i].waiting);
	}
	for (size_t i = 0; i < COUNT(both); i++) {
		for (size_t j = 0; j < both[i]->count; j++)
			free(both[i]->list[j].path);
		free(both[i]->list);
	}
	free(state->bodies);
	free(state->waiting);
	free(state->waiting_body);
}

static void grow(struct bytes *bytes, size_t length)
{
	while (bytes->length < length)
		bytes_add_byte(bytes, 0);
}

static const uint8_t *data_of(const struct note *note)
{
	return (const uint8_t *)(note + 1);
}

/* The first length bytes of a write, or a change of the file's length. */
static void apply(struct bytes *disk, const struct note *note, size_t length)
{
	if (note->what == CUT_TO) {
		grow(disk, note->at);
		disk->length = note->at;
		return;
	}
	grow(disk, note->at + length);
	memcpy(disk->data + note->at, data_of(note), length);
}

static void body_wait(struct body *body, const struct note *note)
{
	body->waiting = xreallocarray(body->waiting, body->count + 1,
				      sizeof(struct note *));
	body->waiting[body->count++] = note;
}

static void body_finish(struct body *body)
{
	for (size_t i = 0; i < body->count; i++)
		apply(&body->disk, body->waiting[i], body->waiting[i]->length);
	body->count = 0;
}

static void names_wait(struct disk_state *state, const struct note *note,
		       int body)
{
	state->waiting = xreallocarray(state->waiting, state->count + 1,
				       sizeof(struct note *));
	state->waiting_body =
	    xreallocarray(state->waiting_body, state->count + 1, sizeof(int));
	state->waiting[state->count] = note;
	state->waiting_body[state->count++] = body;
}

/* One change of a name, as it is made in either set. */
static void change_name(struct names *names, const struct note *note, int body)
{
	const char *to = (const char *)data_of(note);

	switch (note->what) {
	case RENAMED:
		name_remove(names, note->path);
		name_put(names, to, body);
		break;
	case REMOVED:
		name_remove(names, note->path);
		break;
	default:
		name_put(names, note->path, body);
	}
}

static bool is_in(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && path[length] == '/' &&
	       !strchr(path + length + 1, '/');
}

static void finish_folder(struct disk_state *state, const char *folder)
{
	size_t kept = 0;

	for (size_t i = 0; i < state->count; i++) {
		if (is_in(state->waiting[i]->path, folder)) {
			change_name(&state->disk, state->waiting[i],
				    state->waiting_body[i]);
			continue;
		}
		state->waiting[kept] = state->waiting[i];
		state->waiting_body[kept++] = state->waiting_body[i];
	}
	state->count = kept;
}

static void replay(struct disk_state *state, const struct note *note)
{
	struct name *name = name_find(&state->live, note->path);
	int body = name ? name->body : FOLDER;

	switch (note->what) {
	case WRITTEN:
	case CUT_TO:
		if (name)
			body_wait(&state->bodies[body], note);
		break;
	case FINISHED:
		if (name && body != FOLDER)
			body_finish(&state->bodies[body]);
		else if (name)
			finish_folder(state, note->path);
		break;
	default:
		if (note->what == MADE)
			body = body_new(state);
		change_name(&state->live, note, body);
		names_wait(state, note, body);
	}
}

/* A file whose writes were under way: the first of them and a part of the
 * next, or, as a disk puts them in an order of its own, some of them. */
static void tear(struct body *body, struct chance *chance)
{
	const bool in_order = chance_below(chance, 2);
	uint32_t whole = chance_below(chance, (uint32_t)body->count + 1);

	for (size_t i = 0; i < body->count; i++) {
		const struct note *note = body->waiting[i];
		size_t length = note->length;

		if (in_order ? i > whole : chance_below(chance, 2))
			continue;
		if (in_order && i == whole) {
			if (note->what == CUT_TO)
				continue;
			length = chance_below(chance, (uint32_t)length + 1);
		}
		apply(&body->disk, note, length);
	}
}

static void write_back(const struct disk_state *state)
{
	folder_remove(lasting.folder);
	for (size_t i = 0; i < state->disk.count; i++) {
		if (state->disk.list[i].body == FOLDER)
			assert_int_equal(folder_make(state->disk.list[i].path),
					 FAULT_NONE);
	}
	for (size_t i = 0; i < state->disk.count; i++) {
		const struct name *name = &state->disk.list[i];
		const struct bytes *bytes;

		if (name->body == FOLDER)
			continue;
		bytes = &state->bodies[name->body].disk;
		assert_int_equal(
		    file_write(name->path, bytes->data, bytes->length, 0600),
		    FAULT_NONE);
	}
}

/* --- from one cut to the next --------------------------------------------- */

static struct disk_state state;

static void note_all(void)
{
	for (size_t at = 0; at < lasting.notes->used;) {
		const struct note *note =
		    (const struct note *)(lasting.notes->data + at);

		replay(&state, note);
		at += padded(sizeof *note + note->length);
	}
}

void lasting_start(const char *folder)
{
	lasting_done();
	assert_true(strlen(folder) < sizeof lasting.folder);
	load(&state, folder);
	lasting.notes = mmap(NULL, NOTES, PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert_true(lasting.notes != MAP_FAILED);
	strcpy(lasting.folder, folder);
	lasting.on = true;
}

void lasting_done(void)
{
	if (lasting.notes)
		munmap(lasting.notes, NOTES);
	memset(&lasting, 0, sizeof lasting);
	state_done(&state);
	memset(&state, 0, sizeof state);
}

void lasting_each(lasting_reached *reached, void *to)
{
	lasting.reached = reached;
	lasting.to = to;
}

void lasting_cut(struct chance *chance)
{
	char folder[sizeof lasting.folder];
	uint32_t names;

	strcpy(folder, lasting.folder);
	note_all();
	names = chance_below(chance, (uint32_t)state.count + 1);
	for (uint32_t i = 0; i < names; i++)
		change_name(&state.disk, state.waiting[i],
			    state.waiting_body[i]);
	for (int i = 0; i < state.body_count; i++)
		tear(&state.bodies[i], chance);
	lasting.on = false;
	write_back(&state);
	lasting_start(folder);
}
