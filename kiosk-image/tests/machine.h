#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "kiosk-image/tests/screen.h"
#include "tests/support/emulator.h"

/*
 * An emulated computer that starts an image's card: QEMU, its keyboard, its
 * screen, a ticket printer on its USB, and what it says. There is no network.
 * Nothing here waits for a time that was guessed: what is waited for is named,
 * and how long at most; a time-out prints the end of the serial line.
 */
struct machine;

enum machine_board {
	MACHINE_VIRT,  /* any arm64 computer: screen, keys, watchdog */
	MACHINE_RASPI, /* a Raspberry Pi 3B; without a screen or a printer */
};

struct machine_plan {
	enum machine_board board;
	const char *card; /* the card's file, which is written to */
	const char
	    *kernel; /* folder with kernel, initramfs, cmdline.txt, .dtb */
	const char *folder;       /* for sockets and logs */
	struct emulator *printer; /* NULL: none is plugged in */
};

/* Ends the test where QEMU cannot be started. */
struct machine *machine_start(const struct machine_plan *plan);

/* At once, as when somebody pulls the plug. NULL is fine. */
void machine_cut(struct machine *machine);
DEFINE_SCOPED(struct machine, machine_cut)

/* What is heard of it. */
enum machine_line {
	MACHINE_CONTROL, /* QEMU's own events: RESET, WATCHDOG, SHUTDOWN */
	MACHINE_SERIAL,  /* the kernel and systemd */
	MACHINE_READY,   /* the kiosk: "ready 100x30" */
	MACHINE_PROBE,   /* tests/probe.c */
	MACHINE_LINES
};

/*
 * Waits until a line says text, after whatever was waited for on it before.
 * False after seconds, and the end of the serial line is printed.
 */
bool machine_expect(struct machine *machine, enum machine_line line,
		    const char *text, int seconds);

/* The same for nothing else to happen than time passing: false as well where
 * it is said, and nothing is printed. */
bool machine_hears(struct machine *machine, enum machine_line line,
		   const char *text, int milliseconds);

/* Lets time pass, and hears whatever is said and printed meanwhile. */
void machine_wait(struct machine *machine, int milliseconds);

/* All that a line has said so far. Belongs to the machine. */
const char *machine_said(const struct machine *machine, enum machine_line line);

/* Seconds since it was started when text was first said; -1: never. */
double machine_when(const struct machine *machine, enum machine_line line,
		    const char *text);

/* Seconds since it was started. */
double machine_age(const struct machine *machine);

/* A command for the probe, and its answer, for the caller to free. NULL: none
 * came. */
char *machine_ask(struct machine *machine, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Keys that are pressed together, as QEMU names them: "ctrl-alt-f1", "a". */
void machine_press(struct machine *machine, const char *keys);

/* What the screen shows; the caller frees it. */
struct screen *machine_screen(struct machine *machine);

/*
 * The screen once it shows something else than before (NULL: anything) and
 * keeps still; what it shows after so many seconds, if it never does. The
 * caller frees it.
 */
struct screen *machine_settled(struct machine *machine,
			       const struct screen *before, int seconds);

/*
 * Types text, a key at a time, each when the screen has answered the one
 * before. Keys that are no letters stand in braces: "42{tab}{home}{ret}". At a
 * line's end it waits until the top of the screen shows another question.
 */
void machine_type(struct machine *machine, const char *text);
