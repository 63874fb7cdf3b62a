#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "print/picture.h"
#include "print/printer.h"

/*
 * A receipt printer for tests: takes ESC/POS over a pseudo-terminal, a TCP
 * port or straight from memory, and keeps what it would have printed. It knows
 * the commands of TICKET.md §7 and misbehaves as it is told.
 */
struct emulator_faults {
	int paper_ends_at; /* after so many rows; -1 never */
	int cut_off_at;    /* the line drops after so many bytes; -1 never */
	bool loses_power;  /* and with the line what was not printed yet */
	bool near_end, cover_open, offline;
	bool mute;          /* answers nothing */
	bool never_done;    /* answers status, never acknowledges */
	int constant;       /* each status reply is this byte; -1 none */
	struct bytes stale; /* sent by itself as soon as the line is open */
	bool low_byte;      /* only the height's low byte counts */
	bool rubbish_48;    /* a height of a multiple of 48 prints as text */
	bool obeys_raster;  /* real-time commands within a raster are obeyed */
	int buffer;         /* bytes it takes before printing; 0 no limit */
	int rows_a_second;  /* 400 is 50 mm/s; 0 at once */
};

struct emulator {
	struct emulator_faults faults;
	int width;          /* dots across its paper */
	struct bytes paper; /* rows printed, width / 8 bytes each */
	size_t unknown;     /* bytes that are no command: printed as text */
	size_t realtime;    /* real-time commands found within rasters */
	size_t received;    /* bytes */
	int cuts, acknowledgements, jobs;
	int ended;            /* lines whose sender said that no more comes */
	struct bytes replies; /* not sent yet */
	struct emulator_machine *machine;
};

/* A printer without a fault. Release with emulator_free(). */
struct emulator *emulator_new(int width);
void emulator_free(struct emulator *emulator);

/* Opens a line: the pseudo-terminal's path, or the port on 127.0.0.1. */
const char *emulator_open_tty(struct emulator *emulator);
int emulator_open_tcp(struct emulator *emulator);

/* Bytes straight from memory; replies pile up in emulator->replies. */
void emulator_take(struct emulator *emulator, const uint8_t *data,
		   size_t length);

/* Moves what the line and the mechanism are ready for; never blocks. */
void emulator_pump(struct emulator *emulator, int64_t now);

/* Somebody puts in a new roll and closes the cover. */
void emulator_refill(struct emulator *emulator);

/* It loses its power, and forgets what it was doing. */
void emulator_power_off(struct emulator *emulator);

int emulator_rows(const struct emulator *emulator);

/* Rows from first on, as a picture; fewer on the paper give white ones. */
struct picture *emulator_picture(const struct emulator *emulator, int first,
				 int rows);

/*
 * Runs both ends until the printer has its answer, with a clock that moves on
 * only when neither end has anything to do.
 */
enum printer_answer emulator_run(struct emulator *emulator,
				 struct printer *printer, int64_t *now);
