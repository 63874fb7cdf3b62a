#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "print/picture.h"

/*
 * A receipt printer that is not there: takes ESC/POS over a pseudo-terminal, a
 * TCP port or straight from memory, and keeps what it would have printed. It
 * knows the commands of print/escpos.h and misbehaves as it is told.
 */
struct emulator_faults {
	int paper_ends_at; /* after so many rows; -1 never */
	int cut_off_at;    /* the line drops after so many bytes; -1 never */
	bool loses_power;  /* and with the line what was not printed yet */
	bool near_end, cover_open, offline;
	bool jams;         /* the cutter, at its next cut: nothing goes on */
	bool runs_dry;     /* without paper it goes on, and prints on nothing */
	bool mute;         /* answers nothing */
	bool never_done;   /* answers status, never acknowledges */
	bool garbage;      /* words and noise in place of each reply */
	bool other_model;  /* replies of four bytes, as another make's */
	int constant;      /* each status reply is this byte; -1 none */
	int late;          /* ms after which a reply is sent */
	bool stale;        /* old replies come as soon as the line is open */
	bool low_byte;     /* only the height's low byte counts */
	bool rubbish_48;   /* a height of a multiple of 48 prints as text */
	bool obeys_raster; /* real-time commands within a raster are obeyed */
	int buffer;        /* bytes it takes before printing; 0 no limit */
	bool overruns;     /* and what comes when that is full is lost */
	int rows_a_second; /* 400 is 50 mm/s; 0 at once */
	int dead_dot;      /* this dot of the head stays white; -1 none */
};

/* A printer's head without a fault. */
#define EMULATOR_SOUND                                  \
	((struct emulator_faults){ .paper_ends_at = -1, \
				   .cut_off_at = -1,    \
				   .constant = -1,      \
				   .dead_dot = -1 })

/*
 * Adds a fault by its word, with its number where it takes one: "mute",
 * "paper-out=300", "dead-dot=17". False: there is no such fault, or its number
 * is missing or not one; the log says what can be written.
 */
bool emulator_fault(struct emulator_faults *faults, const char *word);

/* The words with what they do, a line each, for help. */
void emulator_fault_list(struct bytes *out);

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

/* A printer without a fault for paper of width dots. The caller frees it. */
struct emulator *emulator_new(int width);
void emulator_free(struct emulator *emulator); /* NULL is fine */
DEFINE_SCOPED(struct emulator, emulator_free)

/*
 * Opens a line: a pseudo-terminal, whose path it gives (NULL: there is none
 * left), or a port on 127.0.0.1, any for 0, which it gives (-1: it is taken).
 */
const char *emulator_open_tty(struct emulator *emulator);
int emulator_listen(struct emulator *emulator, int port);

/* What brings its next bytes or its next sender; -1: neither is awaited. */
int emulator_descriptor(const struct emulator *emulator);

/* Bytes straight from memory; replies pile up in emulator->replies. */
void emulator_take(struct emulator *emulator, const uint8_t *data,
		   size_t length);

/* Moves what the line and the mechanism are ready for; never blocks. */
void emulator_pump(struct emulator *emulator, int64_t now);

/* Somebody puts in a new roll, closes the cover and frees the cutter. */
void emulator_refill(struct emulator *emulator);

/* It loses its power, and forgets what it was doing. */
void emulator_power_off(struct emulator *emulator);

int emulator_rows(const struct emulator *emulator);

/* Rows from first on, as a picture; fewer on the paper give white ones. */
struct picture *emulator_picture(const struct emulator *emulator, int first,
				 int rows);
