#include "desk/box_slip.h"

#include <poll.h>
#include <stddef.h>
#include <string.h>

#include "desk/desk.h"
#include "print/address.h"
#include "print/paper.h"

#define TURNS 64 /* of a printer that is quick, in one look */

void box_slip_start(struct box_slip *slip, const char *address,
		    const struct picture *picture, int64_t moment)
{
	box_slip_done(slip);
	/* An address that is none was said when the settings were read. */
	if (printer_new(address, &slip->printer))
		slip->printer = NULL;
	else
		printer_start(slip->printer, picture, moment);
}

enum printer_answer box_slip_look(struct box_slip *slip, int64_t moment)
{
	struct printer *printer = slip->printer;

	if (!printer)
		return PRINTER_ABSENT;
	for (int i = 0; i < TURNS && printer_answer(printer) == PRINTER_WORKING;
	     i++) {
		struct pollfd wait = { printer_descriptor(printer),
				       printer_events(printer), 0 };

		if (poll(&wait, 1, 0) <= 0)
			break;
		printer_ready(printer, wait.revents, moment);
	}
	printer_tick(printer, moment);
	return printer_answer(printer);
}

void box_slip_done(struct box_slip *slip)
{
	printer_free(slip->printer);
	slip->printer = NULL;
}

const char *box_slip_word(enum printer_answer answer)
{
	switch (answer) {
	case PRINTER_IDLE:
	case PRINTER_WORKING:
		return NULL;
	case PRINTER_CONFIRMED:
		return "box.printed";
	case PRINTER_UNKNOWN:
		return "box.printed_maybe";
	case PRINTER_NO_PAPER:
		return "box.no_paper";
	case PRINTER_COVER_OPEN:
		return "box.cover_open";
	case PRINTER_OFFLINE:
		return "box.printer_off";
	case PRINTER_ABSENT:
		break;
	}
	return "box.no_printer";
}

int box_slip_width(const struct desk *desk)
{
	return !strcmp(
		   settings_text(desk->settings, "printer", "paper_mm", "80"),
		   "58")
		   ? PAPER_NARROW
		   : PAPER_WIDE;
}

static const char *address_of(const struct desk *desk)
{
	return settings_text(desk->settings, "printer", "address", BOX_PRINTER);
}

void box_slip_print(struct box_slip *slip, const struct desk *desk,
		    const struct picture *picture)
{
	box_slip_start(slip, address_of(desk), picture, desk->clock.moment);
}

void box_slip_print_key(struct box_slip *slip, struct desk *desk,
			const struct picture *picture)
{
	struct address address;
	bool plugged_in;

	/* One that is none was said when the settings were read. */
	if (address_read(address_of(desk), &address))
		return;
	plugged_in = address.kind == ADDRESS_USB || address.kind == ADDRESS_TTY;
	address_done(&address);
	if (plugged_in)
		box_slip_print(slip, desk, picture);
	else
		desk_say_key(desk, "keys.not_plugged_in");
}

void box_slip_tell(struct box_slip *slip, struct desk *desk, int64_t moment)
{
	const char *word;

	if (!slip->printer)
		return;
	word = box_slip_word(box_slip_look(slip, moment));
	if (word) {
		box_slip_done(slip);
		desk_say_key(desk, word);
	}
}
