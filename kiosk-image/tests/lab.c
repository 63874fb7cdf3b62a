#include "kiosk-image/tests/lab.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

#define GOLDEN "kiosk-image/tests/welcome.png"
#define PAPER 576  /* dots across */
#define PROBE 120  /* seconds for the kernel to come up */
#define LOOK 200   /* ms between two looks at the welcome */
#define PARTS 446L /* where the table of parts begins, 16 bytes each */
#define SECTOR 512L

/* What the agency of a lab writes into its foyer.ini. */
static const char written[] = "[printer]\n"
			      "address = tty:/dev/ttyUSB0\n"
			      "paper_mm = 80\n"
			      "[languages]\n"
			      "drafts = fr\n";

static void run(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void run(const char *format, ...)
{
	char line[4096];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (system(line) != 0)
		fail_msg("%s", line);
}

static const char *named(const char *variable)
{
	const char *value = getenv(variable);

	if (!value)
		fail_msg("%s says nothing", variable);
	return value;
}

void lab_open(struct lab *lab)
{
	struct output output;

	*lab = (struct lab){ .folder = folder_new() };
	lab->home = folder_file(lab->folder, "home");
	lab->agency = folder_file(lab->folder, "foyer");
	lab->card = folder_file(lab->folder, "card.img");
	lab->kernel = folder_file(lab->folder, "kernel");
	lab->printer = emulator_new(PAPER);
	demo_new(lab->home);
	demo_set(lab->home, written);
	output = program_run("", "foyer card prepare %s --home %s", lab->agency,
			     lab->home);
	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
	lab_write_card(lab);
}

void lab_close(struct lab *lab)
{
	emulator_free(lab->printer);
	folder_freep(&lab->folder);
	free(lab->home);
	free(lab->agency);
	free(lab->card);
	free(lab->kernel);
}

/* As a real card: QEMU takes none whose size is no power of two. */
static void grow(const char *path)
{
	struct stat about;
	off_t size = 1 << 20;

	if (stat(path, &about))
		fail_msg("%s is not there", path);
	while (size < about.st_size)
		size *= 2;
	if (truncate(path, size))
		fail_msg("%s cannot be made larger", path);
}

void lab_write_card(struct lab *lab)
{
	run("cp --sparse=always '%s' '%s'", named("FOYER_CARD"), lab->card);
	grow(lab->card);
	run("sh kiosk-image/tests/unpack.sh '%s' '%s' '%s'", lab->card,
	    named("FOYER_PROBE"), lab->kernel);
	lab_put_agency(lab);
}

/* Where a part begins, in bytes: the table has it in sectors, little-endian. */
static long part_start(const struct lab *lab, int part)
{
	int card = open(lab->card, O_RDONLY | O_CLOEXEC);
	uint8_t place[4] = { 0 };

	if (card < 0 || pread(card, place, sizeof place,
			      PARTS + (part - 1) * 16 + 8) != sizeof place)
		fail_msg("%s has no table of parts", lab->card);
	close(card);
	return SECTOR * (place[0] | place[1] << 8 | place[2] << 16 |
			 (long)place[3] << 24);
}

void lab_set_up(const struct lab *lab)
{
	run("sh kiosk-image/tests/data.sh '%s' '%s' '%s/data'", lab->card,
	    lab->home, lab->folder);
}

void lab_put_agency(const struct lab *lab)
{
	run("mcopy -n -o -s -i '%s@@%ld' '%s'/* ::foyer/", lab->card,
	    part_start(lab, 1), lab->agency);
}

void lab_put_settings(const struct lab *lab, const struct bytes *settings)
{
	SCOPED(char_freep) char *path = folder_file(lab->agency, "foyer.ini");

	assert_int_equal(
	    file_write(path, settings->data, settings->length, 0600), 0);
	lab_put_agency(lab);
}

void lab_damage(const struct lab *lab, int part, long offset, int bits)
{
	long place = part_start(lab, part) + offset;
	int card = open(lab->card, O_RDWR | O_CLOEXEC);
	uint8_t byte;

	for (int i = 0; i < bits; i++) {
		long at = place + i / 8;

		if (pread(card, &byte, 1, at) != 1)
			fail_msg("%s ends before %ld", lab->card, at);
		byte ^= (uint8_t)(1 << i % 8);
		if (pwrite(card, &byte, 1, at) != 1)
			fail_msg("%s cannot be written", lab->card);
	}
	close(card);
}

void lab_new_printer(struct lab *lab)
{
	emulator_free(lab->printer);
	lab->printer = emulator_new(PAPER);
}

struct machine *lab_start(const struct lab *lab, enum machine_board board)
{
	const struct machine_plan plan = {
		.board = board,
		.card = lab->card,
		.kernel = lab->kernel,
		.folder = lab->folder,
		.printer = board == MACHINE_VIRT ? lab->printer : NULL,
	};
	struct machine *machine = machine_start(&plan);

	if (board == MACHINE_VIRT &&
	    !machine_expect(machine, MACHINE_PROBE, "probe\n", PROBE)) {
		machine_cut(machine);
		fail_msg("the kernel did not start");
	}
	return machine;
}

bool lab_await_paper(const struct lab *lab, struct machine *machine, int cuts,
		     int seconds)
{
	double end = machine_age(machine) + seconds;

	while (lab->printer->cuts < cuts && machine_age(machine) < end)
		machine_wait(machine, 100);
	return lab->printer->cuts >= cuts;
}

struct filed lab_file(const struct lab *lab, int from)
{
	int rows = emulator_rows(lab->printer) - from;
	SCOPED(char_freep) char *path = folder_file(lab->folder, "ticket.png");
	struct bytes png = { 0 };
	struct filed filed = { 0 };
	struct output output;
	json_t *said;

	if (rows <= 0)
		return filed;

	SCOPED(picture_freep)
	struct picture *picture = emulator_picture(lab->printer, from, rows);

	picture_png(picture, PICTURE_MARGIN, &png);
	assert_int_equal(file_write(path, png.data, png.length, 0600), 0);
	bytes_done(&png);
	output =
	    program_run("", "foyer record file --home %s %s", lab->home, path);
	said = json_loads(output.out, 0, NULL);
	if (said) {
		const char *status =
		    json_string_value(json_object_get(said, "status"));
		const char *level =
		    json_string_value(json_object_get(said, "level"));

		filed = (struct filed){
			.status = xstrdup(status ? status : ""),
			.level = xstrdup(level ? level : ""),
			.number = (long)json_integer_value(
			    json_object_get(said, "number")),
		};
	} else {
		fprintf(stderr, "%s", output.err);
	}
	json_decref(said);
	output_done(&output);
	return filed;
}

void filed_done(struct filed *filed)
{
	free(filed->status);
	free(filed->level);
}

void lab_show(const struct screen *screen, const char *name)
{
	SCOPED(char_freep)
	char *path = xasprintf("build/image/%s.png", name);

	if (!screen_save(screen, path))
		fprintf(stderr, "%s cannot be written\n", path);
}

bool lab_welcomes(struct machine *machine, int seconds)
{
	SCOPED(screen_freep) struct screen *golden = screen_load(GOLDEN);
	double end = machine_age(machine) + seconds;

	assert_non_null(golden);
	/* Its languages take turns, so none of them is waited for to be still.
	 */
	for (;;) {
		SCOPED(screen_freep)
		struct screen *screen = machine_screen(machine);
		bool same = screen_same(golden, screen);

		if (same || machine_age(machine) > end) {
			lab_show(screen, "welcome");
			return same;
		}
		machine_wait(machine, LOOK);
	}
}
