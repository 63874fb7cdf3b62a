#include "tests/test.h"

#include <assert.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "seal/pin.h"
#include "tests/support/calls.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/foot.h"
#include "tests/support/memory.h"
#include "tests/support/sheets.h"
#include "tests/support/stand.h"
#include "tests/support/traces.h"
#include "ticket/coding.h"

/*
 * Nothing is left of a visit, however it ends. A visitor of the kiosk as it
 * ships writes 200 markers, takes most of them back, and leaves in one of many
 * ways. Then the memory of every process that goes on, every file below the
 * kiosk's folder, the data partition dot by dot, and what a journal would get
 * are looked through for each marker: in UTF-8, in UTF-16 either way round, in
 * whole code points, as a terminal's row of cells, and as a ticket packs it.
 *
 * A journal gets what the kiosk's processes write to standard error, which is a
 * file here; their standard output is the screen, which shows what is written.
 *
 * The partition is an image file with ext4 in it, mounted for this program
 * alone; where that is not allowed the table says so. Two ends in `make
 * check`; FOYER_ENDS=all for all of them.
 *
 * With FOYER_FOOT the visitor is at a real terminal, whose memory is looked
 * through, too, with that of the compositor; and in both for pieces of what was
 * seen while the visitor wrote, in cells and as pictures of words.
 */
#define MARKERS 200
#define LETTERS 8
#define QUESTIONS 8
#define EACH (MARKERS / QUESTIONS) /* written at a question; the last stays */
#define PATIENCE 20000             /* ms for a screen to come */
#define DRAWN 60                   /* ms without a byte: a frame is whole */
#define ROWS 24
#define COLUMNS 80
#define IMAGE_BYTES (96L << 20)

/* --- markers -------------------------------------------------------------- */

enum form { UTF8, UTF16_LITTLE, UTF16_BIG, POINTS, PACKED, FORMS };
#define CELL_BYTES 12 /* of foot's: a code point, and its looks */

struct coded {
	uint8_t bytes[LETTERS * 4 + 1];
	size_t length;
};

/* The first two letters are those of all markers of a script. */
#define SCRIPTS 2
static struct coded codes[FORMS][MARKERS];

static void points_of(int marker, uint32_t points[LETTERS])
{
	static const uint32_t first[SCRIPTS] = { 'a', 0x430 };
	static const uint32_t heads[SCRIPTS][2] = { { 'Z', 'q' },
						    { 0x416, 0x44E } };
	const int script = marker % SCRIPTS;
	uint64_t mixed = (uint64_t)(marker + 1) * 0x9E3779B97F4A7C15;

	memcpy(points, heads[script], sizeof heads[script]);
	for (int i = 2; i < LETTERS; i++, mixed /= 26)
		points[i] = first[script] + (uint32_t)(mixed % 26);
}

static void put_point(struct coded *code, uint32_t point, enum form form)
{
	const uint8_t low = (uint8_t)point, high = (uint8_t)(point >> 8);
	uint8_t *at = code->bytes + code->length;

	switch (form) {
	case UTF16_BIG:
		at[0] = high;
		at[1] = low;
		code->length += 2;
		break;
	case UTF16_LITTLE:
	case POINTS:
		at[0] = low;
		at[1] = high;
		code->length += form == POINTS ? 4 : 2;
		break;
	default:
		if (point < 0x80) {
			at[0] = low;
			code->length += 1;
			break;
		}
		at[0] = (uint8_t)(0xC0 | point >> 6);
		at[1] = (uint8_t)(0x80 | (point & 0x3F));
		code->length += 2;
	}
}

/* A byte a letter, behind what chooses the script's window. */
static void pack_marker(const struct coded *utf8, struct coded *packed)
{
	struct bytes out = { 0 };

	window_write((const char *)utf8->bytes, utf8->length, &out);
	assert_true(out.length >= LETTERS);
	memcpy(packed->bytes, out.data + out.length - LETTERS, LETTERS);
	packed->length = LETTERS;
	bytes_done(&out);
}

static void make_markers(void)
{
	for (int i = 0; i < MARKERS; i++) {
		uint32_t points[LETTERS];

		points_of(i, points);
		for (enum form form = 0; form < PACKED; form++) {
			for (int l = 0; l < LETTERS; l++)
				put_point(&codes[form][i], points[l], form);
		}
		pack_marker(&codes[UTF8][i], &codes[PACKED][i]);
	}
}

static const char *marker(int index)
{
	return (const char *)codes[UTF8][index].bytes;
}

/* How many markers begin at a place that begins as one of the script's. */
static long markers_at(const uint8_t *at, size_t left, enum form form,
		       int script)
{
	for (int i = script; i < MARKERS; i += SCRIPTS) {
		const struct coded *code = &codes[form][i];

		if (code->length <= left &&
		    memcmp(at, code->bytes, code->length) == 0)
			return 1;
	}
	return 0;
}

/* The letters of code points, each in a cell of its own. */
static bool is_in_cells(const uint8_t *at, const struct coded *points)
{
	for (size_t l = 1; l < LETTERS; l++) {
		if (memcmp(at + l * CELL_BYTES, points->bytes + l * 4, 4) != 0)
			return false;
	}
	return true;
}

static void count_in_cells(long *count, const uint8_t *bytes, size_t length)
{
	const size_t whole = (LETTERS - 1) * CELL_BYTES + 4;

	for (int script = 0; script < SCRIPTS; script++) {
		const uint8_t *at = bytes, *end = bytes + length;

		while ((at = memmem(at, (size_t)(end - at),
				    codes[POINTS][script].bytes, 4))) {
			for (int i = script;
			     (size_t)(end - at) >= whole && i < MARKERS;
			     i += SCRIPTS)
				*count += is_in_cells(at, &codes[POINTS][i]);
			at++;
		}
	}
}

/* For memory_each(), and whoever has bytes. */
static void count_markers(void *to, const uint8_t *bytes, size_t length)
{
	long *count = to;

	for (int kind = 0; kind < FORMS * SCRIPTS; kind++) {
		const enum form form = (enum form)(kind / SCRIPTS);
		const int script = kind % SCRIPTS;
		const struct coded *any = &codes[form][script];
		const size_t head = any->length / LETTERS * 2;
		const uint8_t *at = bytes, *end = bytes + length;

		/* Latin letters are packed as they are. */
		if (form == PACKED && script == 0)
			continue;
		while (
		    (at = memmem(at, (size_t)(end - at), any->bytes, head))) {
			*count +=
			    markers_at(at, (size_t)(end - at), form, script);
			at++;
		}
	}
	count_in_cells(count, bytes, length);
}

/* --- the data partition --------------------------------------------------- */

static struct {
	char *folder, *image, *mount;
	bool mounted;
} disk;

static bool run(const char *words)
{
	return system(words) == 0;
}

/* For this program and its children alone: it is gone when they are. */
static bool mount_image(void)
{
	SCOPED(char_freep)
	char *make = xasprintf("mkfs.ext4 -q -F %s 2>/dev/null", disk.image);
	SCOPED(char_freep)
	char *mount_it = xasprintf("mount -o loop %s %s 2>/dev/null",
				   disk.image, disk.mount);
	int file = open(disk.image, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	const bool room = file >= 0 && ftruncate(file, IMAGE_BYTES) == 0;

	close(file);
	return room && !mkdir(disk.mount, 0700) && !unshare(CLONE_NEWNS) &&
	       !mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) &&
	       run(make) && run(mount_it);
}

static int prepare(void **state)
{
	disk.folder = folder_new();
	disk.image = folder_file(disk.folder, "data.img");
	disk.mount = folder_file(disk.folder, "data");
	disk.mounted = mount_image();
	if (disk.mounted)
		setenv("TMPDIR", disk.mount, 1);
	make_markers();
	return stand_prepare(state);
}

static int clear(void **state)
{
	int cleared = stand_clear(state);

	if (disk.mounted)
		(void)umount2(disk.mount, MNT_DETACH);
	folder_freep(&disk.folder);
	free(disk.image);
	free(disk.mount);
	return cleared;
}

static long count_in_file(const char *path)
{
	long count = 0;
	struct stat about;
	void *bytes;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(file >= 0);
	assert_int_equal(fstat(file, &about), 0);
	if (about.st_size) {
		bytes = mmap(NULL, (size_t)about.st_size, PROT_READ,
			     MAP_PRIVATE, file, 0);
		assert_true(bytes != MAP_FAILED);
		count_markers(&count, bytes, (size_t)about.st_size);
		munmap(bytes, (size_t)about.st_size);
	}
	close(file);
	return count;
}

static long in_files; /* nftw() has nothing to give its function */

static int look_at_file(const char *path, const struct stat *about, int what,
			struct FTW *place)
{
	(void)place;
	if (what == FTW_F && S_ISREG(about->st_mode))
		in_files += count_in_file(path);
	return 0;
}

static long count_in_folder(const char *path)
{
	in_files = 0;
	assert_int_equal(nftw(path, look_at_file, 16, FTW_PHYS), 0);
	return in_files;
}

static long count_in_image(void)
{
	int file = open(disk.mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(file >= 0);
	assert_int_equal(syncfs(file), 0);
	close(file);
	return count_in_file(disk.image);
}

/* --- a visit -------------------------------------------------------------- */

struct scene {
	struct stand stand;
	char *journal; /* standard error of all its processes */
	struct emulator *printer;
	pid_t hall, visitor, porter; /* of the visit */
	struct foot *foot;           /* NULL: no real terminal */
	struct traces *traces;       /* of what it showed */
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void put_form(const struct stand *stand)
{
	struct bytes survey = { 0 };
	SCOPED(char_freep) char *form = NULL;
	SCOPED(char_freep)
	char *path = folder_file(stand->home, "forms/short.xml");
	struct sheets_text sheets = {
		.settings = "form_title,form_id,version,default_language\n"
			    "Short,short,1,English (en)\n",
	};

	bytes_add_text(&survey, "type,name,label::English (en),appearance\n");
	for (int i = 0; i < QUESTIONS; i++) {
		SCOPED(char_freep)
		char *row = xasprintf("text,q%d,What is word %d?,\n", i, i);

		bytes_add_text(&survey, row);
	}
	bytes_add_text(&survey, "note,check,Check your answers.,review\n");
	SCOPED(char_freep) char *text = bytes_take_text(&survey);

	sheets.survey = text;
	form = sheets_sound(sheets);
	assert_int_equal(file_write(path, form, strlen(form), 0600),
			 FAULT_NONE);
}

static void put_pin(const struct stand *stand)
{
	SCOPED(char_freep) char *folder = folder_file(stand->home, "kiosk");
	SCOPED(pin_freep) struct pin *pin = NULL;

	assert_int_equal(folder_make(folder), FAULT_NONE);
	pin = pin_new(folder, 0);
	assert_int_equal(pin_set(pin, "482915", PIN_DEMO), FAULT_NONE);
}

/* What a terminal has of a visit. */
struct seen {
	const struct traces *of;
	long markers, traces;
	long cells; /* with what the kiosk itself says */
};

/* What a real terminal shows as pictures is known by what it has in cells. */
static const char *in_cells(const char *text)
{
	static const struct {
		const char *text, *cells;
	} pictures[] = {
		{ "Check your answers.", "● Start over" },
		{ "Please show this paper at the desk now", "Press any key" },
		{ "Something does not work here.", "" },
	};

	for (size_t i = 0; i < COUNT(pictures); i++) {
		if (strcmp(text, pictures[i].text) == 0)
			return pictures[i].cells;
	}
	return text;
}

static void await_screen(struct scene *scene, const char *text)
{
	const int64_t end = now_ms() + PATIENCE;

	if (scene->foot && !*(text = in_cells(text)))
		pty_settle(scene->stand.pty, 1000);
	while (!pty_shows(scene->stand.pty, text) && now_ms() < end) {
		emulator_pump(scene->printer, now_ms());
		pty_wait(scene->stand.pty, 5);
	}
	if (!pty_shows(scene->stand.pty, text)) {
		SCOPED(char_freep) char *screen = pty_screen(scene->stand.pty);

		fail_msg("not shown: %s\n%s", text, screen);
	}
}

static void press(struct scene *scene, const char *text, const char *key)
{
	await_screen(scene, text);
	pty_send(scene->stand.pty, key);
}

/* --- what is seen --------------------------------------------------------- */

static void see(struct scene *scene)
{
	struct traces_picture picture;

	if (!scene->foot)
		return;
	picture = foot_picture(scene->foot);
	traces_add(scene->traces, &picture);
	free(picture.pixels);
}

/* What is there now may be. */
static void see_no_more(struct scene *scene)
{
	struct traces_picture picture = foot_picture(scene->foot);

	traces_drop(scene->traces, &picture);
	free(picture.pixels);
}

/* "Start ov", which every question has in cells. */
static long count_said(const uint8_t *bytes, size_t length)
{
	static const char word[LETTERS + 1] = "Start ov";
	const size_t whole = (LETTERS - 1) * CELL_BYTES + 4;
	const uint8_t *at = bytes, *end = bytes + length;
	struct coded said = { 0 };
	long count = 0;

	for (int l = 0; l < LETTERS; l++)
		put_point(&said, (uint32_t)word[l], POINTS);
	while ((at = memmem(at, (size_t)(end - at), said.bytes, 4))) {
		count += (size_t)(end - at) >= whole && is_in_cells(at, &said);
		at++;
	}
	return count;
}

static void count_traces(void *to, const uint8_t *bytes, size_t length)
{
	struct seen *seen = to;

	count_markers(&seen->markers, bytes, length);
	seen->cells += count_said(bytes, length);
	seen->traces += traces_count(seen->of, bytes, length);
}

static struct seen count_in_terminal(struct scene *scene)
{
	struct seen seen = { .of = scene->traces };
	pid_t processes[FOOT_PROCESSES];

	foot_processes(scene->foot, processes);
	for (size_t i = 0; i < FOOT_PROCESSES; i++)
		memory_each(processes[i], count_traces, &seen);
	return seen;
}

/* How far the visit is tells which question it is, where its words are a
 * picture. */
static void await_question(struct scene *scene, int question)
{
	struct bytes words = { 0 };
	SCOPED(char_freep) char *text = NULL;

	if (!scene->foot)
		bytes_add_format(&words, "What is word %d?", question);
	for (int i = 0; scene->foot && i < QUESTIONS; i++)
		bytes_add_text(&words, i < question ? "● " : "○ ");
	text = bytes_take_text(&words);
	await_screen(scene, text);
	pty_settle(scene->stand.pty, DRAWN);
}

/* A word that cells cannot show, and so a picture does; taken back again. */
static void write_picture(struct scene *scene)
{
	static const char word[] = "\u0634\u0645\u0633\u0642\u0645\u0631";

	if (!scene->foot)
		return;
	await_question(scene, 0);
	pty_send(scene->stand.pty, word);
	pty_settle(scene->stand.pty, 300);
	assert_true(pty_pictures(scene->stand.pty) > 0);
	see(scene);
	for (size_t i = 0; i < 6; i++)
		pty_send(scene->stand.pty, "\177");
}

/* Writes the markers of a question, and takes all but the last back. */
static void write_markers(struct scene *scene, int question)
{
	static const char back[] = "\177\177\177\177\177\177\177\177";

	static_assert(sizeof back == LETTERS + 1, "a key for each letter");
	await_question(scene, question);
	for (int i = 0; i < EACH; i++) {
		const char *word = marker(question * EACH + i);

		pty_send(scene->stand.pty, word);
		if (scene->foot)
			pty_settle(scene->stand.pty, DRAWN);
		else
			await_screen(scene, word);
		if (i < EACH - 1)
			pty_send(scene->stand.pty, back);
	}
	see(scene);
	pty_send(scene->stand.pty, "\t");
}

static long count_in_process(pid_t process)
{
	long count = 0;

	memory_each(process, count_markers, &count);
	return count;
}

/* As a service whose standard error is the journal. */
static void open_kiosk(struct scene *scene)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	char *journal = folder_file(scene->stand.folder, "journal");
	const char *argv[] = { "/bin/sh",
			       "-c",
			       "exec \"$0\" --home \"$1\" 2>>\"$2\"",
			       program,
			       scene->stand.home,
			       journal,
			       NULL };

	scene->stand.pty =
	    scene->foot
		? pty_start_with_pixels(argv, NULL, ROWS, COLUMNS,
					&(struct pty_pixels){
					    .cell_height = FOOT_CELL_HEIGHT,
					    .cell_width = FOOT_CELL_WIDTH,
					})
		: pty_start(argv, NULL, ROWS, COLUMNS);
	if (scene->foot)
		pty_copy(scene->stand.pty, foot_screen(scene->foot));
	scene->journal = journal;
}

/* Where they are shown they are found. */
static void see_it_is_seen(struct scene *scene)
{
	struct seen seen;

	see(scene);
	seen = count_in_terminal(scene);
	assert_true(seen.cells > 0);
	assert_true(seen.traces > 0);
}

static void scene_start(struct scene *scene, const char *settings)
{
	*scene = (struct scene){ .printer = emulator_new(384) };
	SCOPED(char_freep)
	char *all = xasprintf("[kiosk]\nform = short\nlast = 1\n%s"
			      "[printer]\naddress = tcp:127.0.0.1:%d\n",
			      settings, emulator_open_tcp(scene->printer));

	stand_home(&scene->stand, all);
	put_form(&scene->stand);
	put_pin(&scene->stand);
	if (getenv("FOYER_FOOT")) {
		scene->foot = foot_start(ROWS, COLUMNS);
		scene->traces = traces_new();
	}
	open_kiosk(scene);
	press(scene, "Press any key", PTY_ENTER);
	write_picture(scene);
	for (int i = 0; i < QUESTIONS; i++)
		write_markers(scene, i);
	await_screen(scene, "Check your answers.");
	scene->hall = pty_child(scene->stand.pty);
	scene->visitor = stand_visitor(&scene->stand);
	scene->porter = stand_porter(&scene->stand);
	/* Where they are they are found. */
	assert_true(count_in_process(scene->visitor) >= QUESTIONS);
	if (scene->foot)
		see_it_is_seen(scene);
}

static void scene_done(struct scene *scene)
{
	stand_done(&scene->stand);
	foot_free(scene->foot);
	traces_free(scene->traces);
	emulator_free(scene->printer);
	free(scene->journal);
}

/* --- how a visit ends ----------------------------------------------------- */

static void by_finishing(struct scene *scene)
{
	press(scene, "Check your answers.", "1");
	await_screen(scene, "Please show this paper at the desk now");
}

static void by_starting_over(struct scene *scene)
{
	pty_send(scene->stand.pty, PTY_F9);
	press(scene, "Erase everything and start again?", "2");
}

static void by_nothing(struct scene *scene)
{
	await_screen(scene, "Are you still here?");
}

static void by_sigterm(struct scene *scene)
{
	kill(scene->visitor, SIGTERM);
}

static void by_a_crash(struct scene *scene)
{
	kill(scene->visitor, SIGSEGV);
}

static void by_giving_up(struct scene *scene)
{
	kill(scene->visitor, SIGABRT);
}

static void by_a_kill(struct scene *scene)
{
	kill(scene->visitor, SIGKILL);
}

/* Seen as soon as it is needed. */
static void by_the_porters_end(struct scene *scene)
{
	kill(scene->porter, SIGKILL);
	press(scene, "Check your answers.", "1");
	press(scene, "Something does not work here.", PTY_ENTER);
}

static void by_the_kiosks_end(struct scene *scene)
{
	kill(scene->hall, SIGTERM);
}

static void by_the_terminals_end(struct scene *scene)
{
	kill(scene->hall, SIGHUP);
	kill(scene->visitor, SIGHUP);
}

static void by_the_powers_end(struct scene *scene)
{
	kill(scene->hall, SIGKILL);
	kill(scene->visitor, SIGKILL);
	kill(scene->porter, SIGKILL);
}

static void by_no_paper(struct scene *scene)
{
	scene->printer->faults.paper_ends_at = 0;
	press(scene, "Check your answers.", "1");
	await_screen(scene, "The printer has no paper.");
}

static void by_a_jam(struct scene *scene)
{
	scene->printer->faults.mute = true;
	press(scene, "Check your answers.", "1");
	for (int copy = 1; copy <= 3; copy++) {
		press(scene, "Did your paper come out?", "2");
		stand_expect_gone(&scene->stand, "Did your paper come out?");
	}
	await_screen(scene, "Your number is");
}

/* Staff come for the ticket that did not come out, and go again. */
static void by_a_pin_cancelled(struct scene *scene)
{
	by_a_jam(scene);
	press(scene, "Press any key", "\033[21~");
	press(scene, "Write the staff PIN", "4829");
	pty_settle(scene->stand.pty, 200);
	pty_send(scene->stand.pty, PTY_ESCAPE);
}

/* Staff print it by its number once the printer works. */
static void by_staff_who_print(struct scene *scene)
{
	by_a_jam(scene);
	scene->printer->faults.mute = false;
	press(scene, "Press any key", "\033[21~");
	press(scene, "Write the staff PIN", "482915\r");
	press(scene, "Print a ticket that waits", "3");
	press(scene, "K7-0001", "1");
	press(scene, "Is this person here?", "1");
	press(scene, "Yes, it came out well", "1");
	press(scene, "Staff menu", "1");
	assert_int_equal(scene->printer->cuts, 4);
}

static const struct end {
	const char *name, *settings;
	void (*come)(struct scene *scene);
	bool over;  /* the kiosk is, too */
	bool waits; /* the ticket has no paper, and is not lost */
} ends[] = {
	{ "start over", "", by_starting_over, false, false },
	{ "power cut", "", by_the_powers_end, true, false },
	{ "finish", "", by_finishing, false, false },
	{ "idle", "idle = 3\nextend = 1\n", by_nothing, false, false },
	{ "process told to end", "", by_sigterm, false, false },
	{ "crash", "", by_a_crash, false, false },
	{ "assertion", "", by_giving_up, false, false },
	{ "process killed", "", by_a_kill, false, false },
	{ "porter killed", "", by_the_porters_end, false, false },
	{ "kiosk told to end", "", by_the_kiosks_end, true, false },
	{ "terminal gone", "", by_the_terminals_end, true, false },
	{ "no paper", "", by_no_paper, false, true },
	{ "printer jam", "", by_a_jam, false, true },
	{ "jam, then PIN cancelled", "", by_a_pin_cancelled, false, true },
	{ "jam, then printed", "", by_staff_who_print, false, false },
};
#define IN_CHECK 2 /* of them, in `make check` */

/* --- what is left --------------------------------------------------------- */

/* Of processes: the hall, and the next visitor's two. */
static long count_in_memory(struct scene *scene, int *processes)
{
	const pid_t left[] = { scene->hall, stand_visitor(&scene->stand),
			       stand_porter(&scene->stand) };
	long count = 0;

	assert_int_not_equal(left[1], scene->visitor);
	for (size_t i = 0; i < COUNT(left); i++)
		count += count_in_process(left[i]);
	*processes = COUNT(left);
	return count;
}

static struct seen look_at_terminal(struct scene *scene, int *processes)
{
	if (!scene->foot)
		return (struct seen){ 0 };
	see_no_more(scene);
	*processes += FOOT_PROCESSES;
	return count_in_terminal(scene);
}

static void await_end(struct scene *scene)
{
	const int64_t end = now_ms() + PATIENCE;

	while ((!kill(scene->visitor, 0) || !kill(scene->porter, 0)) &&
	       now_ms() < end)
		pty_wait(scene->stand.pty, 20);
	assert_int_not_equal(kill(scene->visitor, 0), 0);
	assert_int_not_equal(kill(scene->porter, 0), 0);
}

/* Sealed, as nobody but the desk can open it. */
static bool waits(const struct scene *scene)
{
	SCOPED(char_freep)
	char *waiting = folder_file(scene->stand.home, "kiosk/waiting-1");
	SCOPED(char_freep)
	char *pending = folder_file(scene->stand.home, "kiosk/pending");

	assert_false(file_exists(pending));
	return file_exists(waiting);
}

static void leave(const struct end *end)
{
	long memory = 0, files, image = 0, journal;
	struct seen seen = { 0 };
	struct scene scene;
	int processes = 0;

	scene_start(&scene, end->settings);
	end->come(&scene);
	if (end->over) {
		await_end(&scene);
		assert_true(!scene.foot || foot_end(scene.foot));
	} else {
		await_screen(&scene, "Press any key");
		pty_settle(scene.stand.pty, 500);
		memory = count_in_memory(&scene, &processes);
		seen = look_at_terminal(&scene, &processes);
	}
	assert_int_equal(waits(&scene), end->waits);
	files = count_in_folder(scene.stand.home);
	journal = count_in_file(scene.journal);
	if (disk.mounted)
		image = count_in_image();
	print_message("%-24s %9d %8ld %8ld %8ld %8ld", end->name, processes,
		      memory, files, journal, image);
	if (scene.foot)
		print_message(" %8ld %8ld", seen.markers, seen.traces);
	print_message("\n");
	assert_int_equal(memory + files + journal + image, 0);
	assert_int_equal(seen.markers + seen.traces, 0);
	scene_done(&scene);
}

static bool can_look(void)
{
#if defined(__SANITIZE_ADDRESS__)
	print_message("skipped: a sanitizer's memory cannot be wiped whole\n");
	return false;
#else
	if (!getenv("FOYER_SLOW") && calls_allowed())
		return true;
	print_message("skipped: here no program may look into another\n");
	return false;
#endif
}

static void nothing_is_left_however_a_visit_ends(void **state)
{
	size_t count = getenv("FOYER_ENDS") ? COUNT(ends) : IN_CHECK;

	(void)state;
	if (!can_look())
		skip();
	if (!disk.mounted)
		print_message("no image may be mounted here: files only\n");
	print_message("%-24s %9s %8s %8s %8s %8s%s\n", "of 200 markers after",
		      "processes", "memory", "files", "journal", "image",
		      getenv("FOYER_FOOT") ? " terminal   pixels" : "");
	for (size_t i = 0; i < count; i++)
		leave(&ends[i]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_left_however_a_visit_ends),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, prepare, clear);
}
