#include "print/printer.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "print/address.h"
#include "print/clerk.h"
#include "print/escpos.h"
#include "print/line.h"
#include "print/profile.h"

#define CONNECT_MS 3000 /* for a network printer to take the connection */
#define PIECE_MS 5000   /* for a piece of the job to be taken */
/* The first reply comes behind the zero bytes: 1.2 s at 38400 bits a second. */
#define FIRST_REPLY_MS 2500
#define REPLY_MS 500
#define ASK_QUEUE_MS 3000
#define LOOK_MS 100    /* between looks at whether all was taken */
#define SETTLE_MS 3000 /* to print what it has taken */

enum state {
	REST,    /* no job, or it has its answer */
	CONNECT, /* until the network printer takes the connection */
	CHECK,   /* the opening and the three questions */
	SEND,    /* the bands */
	PAUSE,   /* after a band, for a printer that needs it */
	WAIT,    /* for the acknowledgement */
	SETTLE,  /* without one, until it has taken all and had time to print */
	QUEUED,  /* at an office's printer: its clerk will say */
};

struct printer {
	struct address address;
	struct profile profile;
	enum state state;
	enum printer_answer answer;
	struct line line;
	int clerk;    /* of a queue; -1: none is at work */
	int clearing; /* another, who takes back what was left; -1 */
	enum printer_paper paper;
	char *kiosk; /* whose jobs they are; NULL: no kiosk's */
	int64_t deadline;
	int64_t patience; /* SETTLE: when it has had time enough */
	struct escpos_job job;
	int piece;   /* that is being sent */
	size_t sent; /* bytes of the job */
	bool asked;  /* CHECK: the piece is a question, and was sent */
	bool talks;  /* it has answered a question before */
	bool told_low;
	bool only_asks; /* and prints nothing */
	bool taken;     /* another program prints there */
	bool owes; /* an answer that has not come; whatever comes may be it */
	bool had_paper; /* so its driver said once: it says more than one thing
			 */
	struct escpos_reader reader;
	struct escpos_status status;
};

enum fault printer_new(const char *address, struct printer **out)
{
	struct address where;
	enum fault fault;

	if ((fault = address_read(address, &where)))
		return fault;
	*out = xcalloc(1, sizeof **out);
	**out = (struct printer){
		.address = where,
		.profile = profile_usual,
		.line = { .descriptor = -1 },
		.clerk = -1,
		.clearing = -1,
		.deadline = INT64_MAX,
	};
	return FAULT_NONE;
}

void printer_name(struct printer *printer, enum printer_paper paper,
		  const char *kiosk)
{
	free(printer->kiosk);
	printer->kiosk = kiosk ? xstrdup(kiosk) : NULL;
	printer->paper = paper;
}

void printer_use(struct printer *printer, const struct profile *profile)
{
	printer->profile = *profile;
}

static void let_go(int *clerk)
{
	if (*clerk >= 0)
		close(*clerk);
	*clerk = -1;
}

/* The job is over; what the line has not taken is not to come out later. */
static void finish(struct printer *printer, enum printer_answer answer)
{
	if (printer->status.paper_low && !printer->told_low) {
		log_note("%s: the roll is nearly at its end; have a new one "
			 "ready",
			 printer->address.text);
		printer->told_low = true;
	}
	line_close(&printer->line, answer != PRINTER_CONFIRMED);
	let_go(&printer->clerk);
	printer->state = REST;
	printer->answer = answer;
	printer->deadline = INT64_MAX;
	escpos_done(&printer->job);
}

void printer_free(struct printer *printer)
{
	if (!printer)
		return;
	finish(printer, PRINTER_IDLE);
	let_go(&printer->clearing);
	address_done(&printer->address);
	free(printer->kiosk);
	free(printer);
}

bool printer_exists(const struct printer *printer)
{
	return printer->address.kind != ADDRESS_NONE;
}

static bool is_png(const char *path)
{
	size_t length = strlen(path);

	return length > 4 && strcmp(path + length - 4, ".png") == 0;
}

/* A file is whole or it is not there, so it never leaves a doubt. */
static enum printer_answer print_to_file(const struct address *address,
					 const struct escpos_ways *ways,
					 const struct picture *picture)
{
	struct bytes png = { 0 };
	struct escpos_job job = { 0 };
	struct stat about;
	enum fault fault;

	if (stat(address->path, &about) == 0 && !S_ISREG(about.st_mode)) {
		log_warning("%s is no file; write tty:%s for a device",
			    address->path, address->path);
		return PRINTER_ABSENT;
	}
	if (is_png(address->path)) {
		picture_png(picture, PICTURE_MARGIN, &png);
		fault = file_write(address->path, png.data, png.length, 0600);
		bytes_wipe(&png);
	} else {
		escpos_job(picture, ways, &job);
		fault = file_write(address->path, job.bytes.data,
				   job.bytes.length, 0600);
		escpos_done(&job);
	}
	return fault ? PRINTER_OFFLINE : PRINTER_CONFIRMED;
}

static void enter(struct printer *printer, enum state state, int64_t deadline)
{
	printer->state = state;
	printer->deadline = deadline;
}

static void begin_line(struct printer *printer, int64_t now)
{
	switch (line_open(&printer->address, &printer->line)) {
	case LINE_OPEN:
		enter(printer, CHECK, now + PIECE_MS);
		break;
	case LINE_CONNECTING:
		enter(printer, CONNECT, now + CONNECT_MS);
		break;
	case LINE_BUSY:
		printer->taken = true;
		finish(printer, PRINTER_OFFLINE);
		break;
	case LINE_ABSENT:
		finish(printer, PRINTER_ABSENT);
		break;
	}
}

static struct clerk_wish wish_of(const struct printer *printer)
{
	return (struct clerk_wish){
		.queue = printer->address.path,
		.kiosk = printer->kiosk,
		.paper = printer->paper,
		.vouches = printer->profile.vouches,
		.patience = CLERK_MS,
	};
}

void printer_clear(struct printer *printer)
{
	const struct clerk_wish wish = wish_of(printer);

	let_go(&printer->clearing);
	if (printer->address.kind == ADDRESS_QUEUE && printer->kiosk)
		printer->clearing = clerk_clear(&wish);
}

static void begin_queue(struct printer *printer, const struct picture *picture,
			int64_t now)
{
	const struct clerk_wish wish = wish_of(printer);

	let_go(&printer->clearing);
	printer->clerk = clerk_send(&wish, picture);
	if (printer->clerk < 0)
		finish(printer, PRINTER_ABSENT);
	else
		enter(printer, QUEUED, now + CLERK_MS);
}

static void clear(struct printer *printer)
{
	finish(printer, PRINTER_WORKING);
	printer->piece = 0;
	printer->sent = 0;
	printer->asked = printer->owes = false;
	printer->only_asks = printer->taken = false;
	printer->reader = (struct escpos_reader){ 0 };
	printer->status = (struct escpos_status){ 0 };
}

void printer_start(struct printer *printer, const struct picture *picture,
		   int64_t now)
{
	clear(printer);
	switch (printer->address.kind) {
	case ADDRESS_FILE:
		finish(printer, print_to_file(&printer->address,
					      &printer->profile.ways, picture));
		break;
	case ADDRESS_TTY:
	case ADDRESS_USB:
	case ADDRESS_TCP:
		escpos_job(picture, &printer->profile.ways, &printer->job);
		begin_line(printer, now);
		break;
	case ADDRESS_QUEUE:
		begin_queue(printer, picture, now);
		break;
	default:
		finish(printer, PRINTER_ABSENT);
	}
}

static void ask_queue(struct printer *printer, int64_t now)
{
	struct clerk_wish wish = wish_of(printer);

	wish.patience = ASK_QUEUE_MS;
	printer->clerk = clerk_ask(&wish);
	if (printer->clerk < 0)
		finish(printer, PRINTER_UNKNOWN);
	else
		enter(printer, QUEUED, now + ASK_QUEUE_MS);
}

/* As a job of which only the opening and the questions are sent. */
void printer_ask(struct printer *printer, int64_t now)
{
	SCOPED(picture_freep)
	struct picture *white = picture_new(PICTURE_MAX_WIDTH, 8);

	clear(printer);
	printer->only_asks = true;
	switch (printer->address.kind) {
	case ADDRESS_NONE:
		finish(printer, PRINTER_ABSENT);
		break;
	case ADDRESS_QUEUE:
		ask_queue(printer, now);
		break;
	case ADDRESS_TTY:
	case ADDRESS_USB:
	case ADDRESS_TCP:
		escpos_job(white, &printer->profile.ways, &printer->job);
		begin_line(printer, now);
		break;
	default:
		finish(printer, PRINTER_IDLE);
	}
}

bool printer_is_taken(const struct printer *printer)
{
	return printer->taken;
}

enum printer_answer printer_answer(const struct printer *printer)
{
	return printer->answer;
}

bool printer_talks(const struct printer *printer)
{
	return printer->talks;
}

bool printer_paper_low(const struct printer *printer)
{
	return printer->status.paper_low;
}

int printer_descriptor(const struct printer *printer)
{
	return printer->state == QUEUED ? printer->clerk
					: printer->line.descriptor;
}

int64_t printer_deadline(const struct printer *printer)
{
	return printer->deadline;
}

static bool has_bytes(const struct printer *printer)
{
	return (printer->state == CHECK || printer->state == SEND) &&
	       !printer->asked;
}

short printer_events(const struct printer *printer)
{
	switch (printer->state) {
	case REST:
		return 0;
	case CONNECT:
		return POLLOUT;
	default:
		return has_bytes(printer) ? POLLIN | POLLOUT : POLLIN;
	}
}

static size_t bands_begin(const struct printer *printer)
{
	return printer->job.end[ESCPOS_BANDS - 1];
}

int printer_percent(const struct printer *printer)
{
	size_t begin, all;

	if (printer->state == REST || printer->state == QUEUED)
		return printer->answer == PRINTER_CONFIRMED ? 100 : 0;
	begin = bands_begin(printer);
	all = printer->job.bytes.length - begin;
	return printer->sent <= begin
		   ? 0
		   : (int)((printer->sent - begin) * 100 / all);
}

/* The line broke or the printer stopped taking bytes. */
static void lose(struct printer *printer, const char *what)
{
	bool begun =
	    printer->state != CONNECT && printer->sent > bands_begin(printer);
	bool no_paper = line_broke_without_paper(&printer->line);

	log_warning("%s: the printer %s", printer->address.text, what);
	if (begun)
		finish(printer, PRINTER_UNKNOWN);
	else
		finish(printer, no_paper ? PRINTER_NO_PAPER : PRINTER_OFFLINE);
}

static void lose_line(struct printer *printer, const char *what)
{
	SCOPED(char_freep)
	char *said = xasprintf("is gone (%s); look at its cable, and switch it "
			       "on",
			       what);

	lose(printer, said);
}

static void refuse(struct printer *printer, enum printer_answer answer,
		   const char *what)
{
	log_warning("%s: the printer %s", printer->address.text, what);
	finish(printer, answer);
}

/* All is known that will be: print, or say why not. */
static void decide(struct printer *printer, int64_t now)
{
	const struct escpos_status *status = &printer->status;

	printer->asked = false;
	if (status->no_paper) {
		refuse(printer, PRINTER_NO_PAPER,
		       "has no paper; put in a roll");
	} else if (status->cover_open) {
		refuse(printer, PRINTER_COVER_OPEN,
		       "has its cover open; close it");
	} else if (status->failed) {
		refuse(printer, PRINTER_OFFLINE,
		       "says that it failed; free its cutter, then switch it "
		       "off and on");
	} else if (status->offline) {
		refuse(printer, PRINTER_OFFLINE,
		       "is off line; press its feed button, or switch it off "
		       "and on");
	} else if (printer->only_asks) {
		finish(printer, printer->owes ? PRINTER_UNKNOWN : PRINTER_IDLE);
	} else {
		printer->piece = ESCPOS_BANDS;
		enter(printer, SEND, now + PIECE_MS);
	}
}

/* The driver's word is taken once it was seen to change: of some printers it
 * is always the same. */
static bool driver_says_no_paper(struct printer *printer)
{
	const enum line_paper paper = line_paper(&printer->line);

	printer->had_paper |= paper == LINE_PAPER_THERE;
	return paper == LINE_PAPER_OUT && printer->had_paper;
}

/*
 * A printer that never answers may still print. What comes after a question
 * without an answer is not asked: a late reply could be taken for its own.
 */
static void no_reply(struct printer *printer, int64_t now)
{
	if (printer->piece == ESCPOS_ASK_STATE && printer->talks) {
		lose(printer, "answered before and is silent now; switch it "
			      "off and on");
		return;
	}
	printer->owes = true;
	printer->status.no_paper |= driver_says_no_paper(printer);
	printer->sent = bands_begin(printer);
	decide(printer, now);
}

/* The zero bytes are out: the first question, or at once the bands where what
 * the printer would answer is worth nothing. */
static void opening_sent(struct printer *printer, int64_t now)
{
	if (printer->profile.status) {
		printer->piece++;
		enter(printer, CHECK, now + PIECE_MS);
		return;
	}
	printer->sent = bands_begin(printer);
	decide(printer, now);
}

static void question_sent(struct printer *printer, int64_t now)
{
	printer->asked = true;
	enter(printer, CHECK,
	      now + (printer->piece == ESCPOS_ASK_STATE ? FIRST_REPLY_MS
							: REPLY_MS));
}

static void all_sent(struct printer *printer, int64_t now)
{
	line_finish(&printer->line);
	if (printer->profile.ways.acknowledges) {
		enter(printer, WAIT, now + line_patience(&printer->line));
		return;
	}
	printer->patience = now + line_patience(&printer->line);
	enter(printer, SETTLE, now + LOOK_MS);
}

static void piece_sent(struct printer *printer, int64_t now)
{
	if (printer->state == CHECK && printer->piece == ESCPOS_OPENING)
		opening_sent(printer, now);
	else if (printer->state == CHECK)
		question_sent(printer, now);
	else if (++printer->piece == printer->job.pieces)
		all_sent(printer, now);
	else if (printer->profile.pause)
		enter(printer, PAUSE, now + printer->profile.pause);
	else
		enter(printer, SEND, now + PIECE_MS);
}

/* Nothing will say that it has printed: it gets the time to, and then the
 * person is asked. */
static void settle(struct printer *printer, int64_t now)
{
	bool sent = line_is_sent(&printer->line);

	if (sent && printer->patience > now + SETTLE_MS)
		printer->patience = now + SETTLE_MS;
	if (now >= printer->patience)
		lose(printer, sent ? "does not say whether it printed; look"
				   : "did not take the last bytes; look at its "
				     "paper and cover");
	else
		enter(printer, SETTLE, now + LOOK_MS);
}

/* One write a call, so that a fast line does not hold up the screen. */
static void send_bytes(struct printer *printer, int64_t now)
{
	size_t end = printer->job.end[printer->piece];
	ssize_t taken =
	    line_write(&printer->line, printer->job.bytes.data + printer->sent,
		       end - printer->sent);

	if (taken < 0 && errno != EAGAIN && errno != EINTR) {
		lose_line(printer, strerror(errno));
	} else if (taken > 0) {
		printer->sent += (size_t)taken;
		if (printer->sent == end)
			piece_sent(printer, now);
	}
}

/*
 * While it owes an answer, what looks like an acknowledgement may be that, come
 * late: only a person can say whether the paper is out.
 */
static void take_reply(struct printer *printer, uint8_t byte, int64_t now)
{
	enum escpos_reply reply = escpos_reply(&printer->reader, byte);

	if (reply == ESCPOS_STATUS && printer->asked) {
		printer->talks = true;
		escpos_status((enum escpos_piece)printer->piece, byte,
			      &printer->status);
		printer->asked = false;
		if (++printer->piece < ESCPOS_BANDS)
			enter(printer, CHECK, now + PIECE_MS);
		else
			decide(printer, now);
	} else if (reply == ESCPOS_STATUS) {
		printer->owes = false;
	} else if (reply == ESCPOS_ACKNOWLEDGED && printer->state == WAIT &&
		   !printer->owes) {
		escpos_acknowledged(byte, &printer->status);
		if (printer->status.no_paper)
			lose(printer, "says it has printed, and has no paper; "
				      "put in a roll");
		else
			finish(printer, PRINTER_CONFIRMED);
	}
}

/* Replies that came before their question was asked fall away here. */
static void read_replies(struct printer *printer, int64_t now)
{
	uint8_t bytes[256];
	ssize_t count = read(printer->line.descriptor, bytes, sizeof bytes);

	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (count <= 0) {
		lose_line(printer, count ? strerror(errno) : "hung up");
		return;
	}
	for (ssize_t i = 0; i < count && printer->state != REST; i++)
		take_reply(printer, bytes[i], now);
}

void printer_ready(struct printer *printer, short revents, int64_t now)
{
	if (!revents || printer->state == REST)
		return;
	if (printer->state == QUEUED) {
		finish(printer, clerk_answer(printer->clerk));
		return;
	}
	if (printer->state == CONNECT) {
		if (line_connected(&printer->line) == LINE_OPEN)
			enter(printer, CHECK, now + PIECE_MS);
		else
			finish(printer, PRINTER_ABSENT);
		return;
	}
	if (revents & (POLLIN | POLLHUP | POLLERR))
		read_replies(printer, now);
	if (revents & POLLOUT && has_bytes(printer))
		send_bytes(printer, now);
}

void printer_tick(struct printer *printer, int64_t now)
{
	if (now < printer->deadline)
		return;
	switch (printer->state) {
	case REST:
		break;
	case CONNECT:
		log_warning(
		    "%s: the network printer does not answer; is it on?",
		    printer->address.text);
		finish(printer, PRINTER_ABSENT);
		break;
	case CHECK:
		if (printer->asked)
			no_reply(printer, now);
		else
			lose(printer, "takes no bytes; look at its paper and "
				      "cover, or switch it off and on");
		break;
	case SEND:
		lose(printer, "stopped taking bytes; look at its paper and "
			      "cover");
		break;
	case PAUSE:
		enter(printer, SEND, now + PIECE_MS);
		break;
	case WAIT:
		lose(printer, "did not say that it printed; where it never "
			      "does, `foyer printer learn` notes that");
		break;
	case SETTLE:
		settle(printer, now);
		break;
	case QUEUED:
		if (printer->only_asks) {
			finish(printer, PRINTER_UNKNOWN);
			break;
		}
		log_warning("%s: the queue does not come to an end; `lpstat -p "
			    "%s` says why",
			    printer->address.text, printer->address.path);
		finish(printer, PRINTER_UNKNOWN);
		break;
	}
}

int64_t printer_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int until(int64_t deadline)
{
	int64_t left = deadline - printer_clock();

	return left < 0 ? 0 : left > 1000 ? 1000 : (int)left;
}

enum printer_answer printer_await(struct printer *printer)
{
	while (printer->answer == PRINTER_WORKING) {
		struct pollfd wait = { printer_descriptor(printer),
				       printer_events(printer), 0 };

		poll(&wait, 1, until(printer->deadline));
		printer_ready(printer, wait.revents, printer_clock());
		printer_tick(printer, printer_clock());
	}
	return printer->answer;
}
