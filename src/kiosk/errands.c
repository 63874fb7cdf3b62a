#include "kiosk/errands.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/lender.h"
#include "base/log.h"
#include "base/process.h"
#include "kiosk/shelf.h"
#include "kiosk/world.h"
#include "print/printer.h"

#define LAST_S 3 /* for what is under way as the visitor's process ends */

struct errands {
	struct hall *hall;
	uint32_t number;
	int socket, lender;
	struct shelf shelf;
	struct printer *printer;
	struct picture *picture; /* that is coming; NULL: none */
	size_t got;              /* bytes of it */
	enum printer_answer told;
	int papers, lines;
	/* Of the paper that is coming, and of the one that answers are of. */
	uint8_t number_coming, number_of_paper;
	bool slip; /* the one that is coming */
	bool over;
};

static void tell(const struct errands *errands, enum errand kind, int what)
{
	const uint8_t message[] = { (uint8_t)kind, (uint8_t)what,
				    errands->number_of_paper };

	/* A visitor who is gone is noticed where messages are taken. */
	(void)!send(errands->socket, message, sizeof message, MSG_NOSIGNAL);
}

/* --- paper
 * --------------------------------------------------------------------
 */

static size_t size_of(const struct picture *picture)
{
	return (size_t)picture->width / 8 * (size_t)picture->height;
}

static void begin_paper(struct errands *errands, const uint8_t *data,
			size_t length)
{
	struct errand_paper paper;

	picture_free(errands->picture);
	errands->picture = NULL;
	errands->got = 0;
	if (length != sizeof paper)
		return;
	memcpy(&paper, data, sizeof paper);
	errands->number_coming = (uint8_t)paper.number;
	errands->slip = paper.slip != 0;
	if (paper.width > 0 && paper.width <= PICTURE_MAX_WIDTH &&
	    paper.width % 8 == 0 && paper.height > 0 &&
	    paper.height <= PICTURE_MAX_HEIGHT)
		errands->picture = picture_new(paper.width, paper.height);
}

static void name_paper(struct errands *errands)
{
	SCOPED(char_freep) char *sender = hall_sender(errands->hall);

	printer_name(errands->printer,
		     errands->slip ? PRINTER_SLIP : PRINTER_TICKET, sender);
}

/* No paper of before comes out in front of this visitor's. */
static bool take_printer(struct errands *errands)
{
	if (printer_new(errands->hall->printer, &errands->printer))
		return false;
	name_paper(errands);
	printer_clear(errands->printer);
	return true;
}

static void print(struct errands *errands)
{
	errands->number_of_paper = errands->number_coming;
	if (errands->papers == ERRAND_PAPERS) {
		tell(errands, ERRAND_PRINTER, PRINTER_OFFLINE);
		return;
	}
	errands->papers++;
	errands->told = PRINTER_WORKING;
	name_paper(errands);
	printer_use(errands->printer, &errands->hall->profile);
	printer_start(errands->printer, errands->picture, world_ticks());
}

static void add_bits(struct errands *errands, const uint8_t *data,
		     size_t length)
{
	struct picture *picture = errands->picture;

	if (!picture || length > size_of(picture) - errands->got)
		return;
	memcpy(picture->bits + errands->got, data, length);
	errands->got += length;
	if (errands->got < size_of(picture))
		return;
	print(errands);
	picture_free(picture);
	errands->picture = NULL;
}

static void watch_printer(struct errands *errands, short revents)
{
	const int64_t now = world_ticks();
	enum printer_answer answer;

	printer_ready(errands->printer, revents, now);
	printer_tick(errands->printer, now);
	answer = printer_answer(errands->printer);
	if (answer == errands->told)
		return;
	errands->told = answer;
	tell(errands, ERRAND_PRINTER, (int)answer);
}

/* --- the rest
 * ------------------------------------------------------------------
 */

static void log_for(struct errands *errands, const uint8_t *data, size_t length)
{
	if (!length || data[0] > LOG_ERROR || errands->lines > ERRAND_LINES)
		return;
	if (length > 1 + ERRAND_LINE)
		length = 1 + ERRAND_LINE;
	if (errands->lines++ == ERRAND_LINES)
		log_warning("a visitor's process says more than is written "
			    "down here");
	else
		log_line((enum log_level)data[0], "%.*s", (int)length - 1,
			 (const char *)data + 1);
}

static void take(struct errands *errands)
{
	uint8_t message[ERRAND_MOST];
	const ssize_t got =
	    recv(errands->socket, message, sizeof message, MSG_DONTWAIT);
	const uint8_t *data = message + 1;
	const size_t length = got > 0 ? (size_t)got - 1 : 0;

	if (got <= 0) {
		errands->over = !got || (errno != EAGAIN && errno != EINTR);
		return;
	}
	switch ((enum errand)message[0]) {
	case ERRAND_KEEP:
		tell(errands, ERRAND_DONE,
		     (int)issue_keep(errands->hall->issuer, errands->number,
				     data, length));
		break;
	case ERRAND_DROP:
		tell(errands, ERRAND_DONE,
		     (int)issue_confirm(errands->hall->issuer));
		break;
	case ERRAND_PAPER:
		begin_paper(errands, data, length);
		break;
	case ERRAND_BITS:
		add_bits(errands, data, length);
		break;
	case ERRAND_LOG:
		log_for(errands, data, length);
		break;
	default:
		break;
	}
}

static int time_left(const struct errands *errands)
{
	const int64_t due = printer_deadline(errands->printer);
	const int64_t left = due - world_ticks();

	return due == INT64_MAX ? -1 : left > 0 ? (int)left : 0;
}

enum { ERRANDS, LENDER, PRINTER, DESCRIPTORS };

static void turn(struct errands *errands)
{
	const struct lender_shelf lent = shelf_lent(&errands->shelf);
	struct pollfd wait[DESCRIPTORS] = {
		[ERRANDS] = { errands->socket, POLLIN, 0 },
		[LENDER] = { errands->lender, POLLIN, 0 },
		[PRINTER] = { printer_descriptor(errands->printer),
			      printer_events(errands->printer), 0 },
	};

	(void)poll(wait, DESCRIPTORS, time_left(errands));
	if (wait[LENDER].revents && !lender_serve(errands->lender, &lent))
		errands->over = true;
	if (wait[ERRANDS].revents)
		take(errands);
	watch_printer(errands, wait[PRINTER].revents);
}

/* A ticket that is being kept is kept, and a printer that hangs is left. */
static void end_soon(int signal)
{
	(void)signal;
	alarm(LAST_S);
}

static void end_with_the_visitor(void)
{
	const struct sigaction action = { .sa_handler = end_soon,
					  .sa_flags = SA_RESTART };

	(void)sigaction(SIGUSR1, &action, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGUSR1);
}

void errands_run(struct hall *hall, uint32_t number, int socket, int lender)
{
	struct errands errands = {
		.hall = hall,
		.number = number,
		.socket = socket,
		.lender = lender,
	};

	end_with_the_visitor();
	errands.over =
	    process_protect() != FAULT_NONE || !take_printer(&errands);
	shelf_fill(hall, &errands.shelf);
	while (!errands.over)
		turn(&errands);
	printer_free(errands.printer);
	picture_free(errands.picture);
	process_wipe_and_exit(0);
}
