#pragma once

#include "base/home.h"
#include "print/printer.h"
#include "print/profile.h"

/* The verbs of the noun `printer`, and what they share. */
int printer_emulate(int argc, char **argv);
int printer_learn(int argc, char **argv);
int printer_send(int argc, char **argv);

/* A line for each queue of CUPS. */
void printer_queues(void);

/* A printer as foyer.ini or an option has it. */
struct printer_place {
	struct home *home;
	char *address;
	int width; /* dots */
	struct profile profile;
};

/*
 * address, profile and paper_mm (0) override what [printer] says; NULL leaves
 * it. Release with printer_place_done(), after a fault too. Faults are those of
 * desk_home(), desk_settings() and profile_find().
 */
struct printer_wish {
	const char *home, *address, *profile;
	int paper_mm;
};
MUST_CHECK enum fault printer_place_open(const struct printer_wish *wish,
					 struct printer_place *out);
void printer_place_done(struct printer_place *place);

/* Prints on it and waits for the answer. Faults as printer_new(). */
MUST_CHECK enum fault printer_print(const struct printer_place *place,
				    enum printer_paper paper,
				    const struct picture *picture,
				    enum printer_answer *answer, bool *talks);

/* What an answer means, in a line. */
const char *printer_says(enum printer_answer answer);

#define PRINTER_EMULATE_USAGE \
	"[--paper 58|80] [--port N] [--fault WORD]... [-o DIR]"
#define PRINTER_SEND_USAGE "[--follow] QUEUE FILE.pdf"
#define PRINTER_LEARN_USAGE "[--home DIR] [--address A] [--name NAME]"
