#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "office/noun.h"
#include "office/printer.h"
#include "print/emulator.h"
#include "print/paper.h"

/*
 * A printer that is not there, by hand: what is sent to its port comes out as
 * pictures, a file each time that the paper is cut.
 */
#define TURN_MS 20
#define NOTHING_COMES 1000 /* ms after which an uncut paper is taken off */

struct stall {
	struct emulator *emulator;
	const char *folder;
	int papers, cuts;
	int taken;     /* rows in files already */
	int rows;      /* at the last look */
	int64_t since; /* the rows have been so many */
	bool over;
};

struct arguments {
	int width, port;
	const char *folder;
	struct emulator_faults faults;
};

static int wrong(const char *complaint)
{
	return noun_usage("printer", "emulate", complaint);
}

static int take_option(int option, struct arguments *arguments)
{
	char *end;
	long port;

	switch (option) {
	case 'p':
		arguments->width =
		    strcmp(optarg, "80") == 0 ? PAPER_WIDE : PAPER_NARROW;
		return strcmp(optarg, "58") && strcmp(optarg, "80")
			   ? wrong("--paper takes 58 or 80")
			   : EXIT_DONE;
	case 't':
		port = strtol(optarg, &end, 10);
		arguments->port = (int)port;
		return *end || port < 1 || port > 65535
			   ? wrong("--port takes 1 to 65535")
			   : EXIT_DONE;
	case 'f':
		return emulator_fault(&arguments->faults, optarg)
			   ? EXIT_DONE
			   : wrong("--fault takes a word of foyer(1)");
	case 'o':
		arguments->folder = optarg;
		return folder_exists(optarg)
			   ? EXIT_DONE
			   : wrong("-o takes a folder that is there");
	default:
		return wrong("an option it does not know, or one without its "
			     "value");
	}
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	static const struct option options[] = {
		{ "paper", required_argument, NULL, 'p' },
		{ "port", required_argument, NULL, 't' },
		{ "fault", required_argument, NULL, 'f' },
		{ 0 },
	};
	int option, status = EXIT_DONE;

	*arguments = (struct arguments){
		.width = PAPER_NARROW,
		.folder = ".",
		.faults = EMULATOR_SOUND,
	};
	optind = 0;
	opterr = 1; /* it names which */
	while (!status &&
	       (option = getopt_long(argc, argv, "o:", options, NULL)) != -1)
		status = take_option(option, arguments);
	return !status && optind < argc ? wrong("it takes options alone")
					: status;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* --- papers ----------------------------------------------------------------
 */

/* What hangs out of the printer, as a picture. */
static enum fault take_off(struct stall *stall)
{
	int rows = emulator_rows(stall->emulator) - stall->taken;
	SCOPED(picture_freep) struct picture *picture = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct bytes png = { 0 };
	enum fault fault;

	if (rows > PICTURE_MAX_HEIGHT)
		rows = PICTURE_MAX_HEIGHT;
	picture = emulator_picture(stall->emulator, stall->taken, rows);
	path = xasprintf("%s/paper-%d.png", stall->folder, ++stall->papers);
	picture_png(picture, PICTURE_MARGIN, &png);
	fault = file_write(path, png.data, png.length, 0600);
	bytes_done(&png);
	stall->taken += rows;
	if (!fault)
		printf("%s: %d rows, %zu bytes that are no command\n", path,
		       rows, stall->emulator->unknown);
	return fault;
}

/* A paper that is cut is taken off, and one that has stopped coming. */
static enum fault look(struct stall *stall, int64_t now)
{
	int rows = emulator_rows(stall->emulator);
	bool cut = stall->emulator->cuts > stall->cuts;

	if (rows != stall->rows)
		stall->since = now;
	stall->rows = rows;
	stall->cuts = stall->emulator->cuts;
	if (rows > stall->taken && (cut || now - stall->since >= NOTHING_COMES))
		return take_off(stall);
	return FAULT_NONE;
}

/* --- words -----------------------------------------------------------------
 */

static void hear(struct stall *stall, const char *word)
{
	if (!*word) {
		stall->over = true;
	} else if (strcmp(word, "mend") == 0) {
		stall->emulator->faults = EMULATOR_SOUND;
		emulator_refill(stall->emulator);
		printf("mended\n");
	} else if (emulator_fault(&stall->emulator->faults, word)) {
		printf("%s from now on\n", word);
	}
}

/* Whoever has no more to say leaves it running. */
static bool listen_to(struct stall *stall)
{
	char line[80];

	if (!fgets(line, sizeof line, stdin))
		return false;
	line[strcspn(line, "\n")] = 0;
	hear(stall, line);
	return true;
}

static int serve(struct stall *stall)
{
	bool hears = true;

	while (!stall->over) {
		struct pollfd wait[] = {
			{ hears ? STDIN_FILENO : -1, POLLIN, 0 },
			{ emulator_descriptor(stall->emulator), POLLIN, 0 },
		};

		if (poll(wait, COUNT(wait), TURN_MS) < 0 && errno != EINTR)
			return EXIT_ENVIRONMENT;
		if (hears && wait[0].revents)
			hears = listen_to(stall);
		emulator_pump(stall->emulator, now_ms());
		if (look(stall, now_ms()))
			return EXIT_ENVIRONMENT;
	}
	return EXIT_DONE;
}

int printer_emulate(int argc, char **argv)
{
	SCOPED(emulator_freep) struct emulator *emulator = NULL;
	struct arguments arguments;
	struct stall stall;
	int port, status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	emulator = emulator_new(arguments.width);
	emulator->faults = arguments.faults;
	port = emulator_listen(emulator, arguments.port);
	if (port < 0)
		return EXIT_ENVIRONMENT;
	/* A pipe has each line as it comes. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	setvbuf(stdin, NULL, _IONBF, 0);
	printf("address = tcp:127.0.0.1:%d\n", port);
	stall =
	    (struct stall){ .emulator = emulator, .folder = arguments.folder };
	return serve(&stall);
}
