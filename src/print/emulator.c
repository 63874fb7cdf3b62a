#include "print/emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"

/* What the mechanism does, in order; rows wait here as in a buffer. */
enum act { ACT_ROW, ACT_CUT, ACT_ACKNOWLEDGE };

struct step {
	enum act act;
	uint8_t dots[PICTURE_MAX_WIDTH / 8];
};

struct emulator_machine {
	int line, listener, slave; /* -1 where there is none */
	char path[64];
	uint8_t command[8]; /* the command being received */
	int length;
	size_t row, rows, at; /* the raster being received */
	bool in_raster;
	struct step raster_row;
	uint8_t before[2]; /* the bytes received last */
	struct step *steps;
	size_t count, done;
	int64_t since;
	double credit; /* rows that may be printed by now */
	bool jammed;
	int64_t replied; /* when the oldest reply that waits was given */
};

struct emulator *emulator_new(int width)
{
	struct emulator *emulator = xcalloc(1, sizeof *emulator);

	emulator->machine = xcalloc(1, sizeof *emulator->machine);
	emulator->machine->line = -1;
	emulator->machine->listener = -1;
	emulator->machine->slave = -1;
	emulator->machine->since = -1;
	emulator->width = width;
	emulator->faults = EMULATOR_SOUND;
	return emulator;
}

static void shut(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

void emulator_free(struct emulator *emulator)
{
	if (!emulator)
		return;
	shut(&emulator->machine->line);
	shut(&emulator->machine->listener);
	shut(&emulator->machine->slave);
	free(emulator->machine->steps);
	free(emulator->machine);
	bytes_done(&emulator->paper);
	bytes_done(&emulator->replies);
	free(emulator);
}

/* --- the mechanism ---------------------------------------------------- */

int emulator_rows(const struct emulator *emulator)
{
	return (int)(emulator->paper.length / ((size_t)emulator->width / 8));
}

static bool out_of_paper(const struct emulator *emulator)
{
	return emulator->faults.paper_ends_at >= 0 &&
	       emulator_rows(emulator) >= emulator->faults.paper_ends_at;
}

static void plan(struct emulator *emulator, const struct step *step)
{
	struct emulator_machine *machine = emulator->machine;

	machine->steps = xreallocarray(machine->steps, machine->count + 1,
				       sizeof *machine->steps);
	machine->steps[machine->count++] = *step;
}

static void reply(struct emulator *emulator, uint8_t byte)
{
	static const uint8_t noise[] = { '@', 'K', '\r', '\n', 0xA5, 0xFE };
	const struct emulator_faults *faults = &emulator->faults;

	if (faults->mute)
		return;
	if (!emulator->replies.length)
		emulator->machine->replied = emulator->machine->since;
	if (faults->garbage)
		bytes_add(&emulator->replies, noise, sizeof noise);
	else if (faults->other_model)
		bytes_add(&emulator->replies, (uint8_t[]){ 0x10, 0, 0, 0 }, 4);
	else
		bytes_add_byte(&emulator->replies, byte);
}

static void acknowledge(struct emulator *emulator)
{
	uint8_t byte = emulator->faults.near_end ? 0x03 : 0x00;

	if (out_of_paper(emulator))
		byte |= 0x0C;
	emulator->acknowledgements++;
	if (!emulator->faults.never_done)
		reply(emulator, byte);
}

static void print_row(struct emulator *emulator, const struct step *step)
{
	size_t row = (size_t)emulator->width / 8;
	int dead = emulator->faults.dead_dot;

	emulator->machine->credit -= 1;
	if (out_of_paper(emulator))
		return;
	bytes_add(&emulator->paper, step->dots, row);
	if (dead >= 0 && dead < emulator->width)
		emulator->paper
		    .data[emulator->paper.length - row + (size_t)dead / 8] &=
		    (uint8_t) ~(0x80 >> dead % 8);
}

static bool can_work(const struct emulator *emulator)
{
	return (!out_of_paper(emulator) || emulator->faults.runs_dry) &&
	       !emulator->faults.cover_open && !emulator->machine->jammed;
}

static void do_step(struct emulator *emulator, const struct step *step)
{
	switch (step->act) {
	case ACT_ROW:
		print_row(emulator, step);
		break;
	case ACT_CUT:
		emulator->machine->jammed = emulator->faults.jams;
		emulator->cuts += !emulator->faults.jams;
		break;
	case ACT_ACKNOWLEDGE:
		acknowledge(emulator);
		break;
	}
}

static void work(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;
	bool limited = emulator->faults.rows_a_second > 0;

	while (machine->done < machine->count && can_work(emulator)) {
		const struct step *step = &machine->steps[machine->done];

		if (step->act == ACT_ROW && limited && machine->credit < 1)
			return;
		machine->done++;
		do_step(emulator, step);
	}
	if (machine->done == machine->count)
		machine->done = machine->count = 0;
}

static size_t waiting(const struct emulator *emulator)
{
	const struct emulator_machine *machine = emulator->machine;

	return (machine->count - machine->done) * (size_t)emulator->width / 8;
}

void emulator_refill(struct emulator *emulator)
{
	emulator->faults.paper_ends_at = -1;
	emulator->faults.cover_open = false;
	emulator->faults.jams = false;
	emulator->machine->jammed = false;
	work(emulator);
}

/* --- receiving -------------------------------------------------------- */

static void answer_status(struct emulator *emulator, uint8_t question)
{
	const struct emulator_faults *faults = &emulator->faults;
	bool out = out_of_paper(emulator), jammed = emulator->machine->jammed;
	uint8_t byte = 0x12;

	if (question == 1 &&
	    (faults->offline || out || faults->cover_open || jammed))
		byte |= 0x08;
	if (question == 2)
		byte |= (faults->cover_open ? 0x04 : 0) | (out ? 0x20 : 0) |
			(jammed ? 0x40 : 0);
	if (question == 4)
		byte |= (faults->near_end ? 0x0C : 0) | (out ? 0x60 : 0);
	reply(emulator,
	      faults->constant >= 0 ? (uint8_t)faults->constant : byte);
}

static void begin_raster(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;
	const uint8_t *command = machine->command;

	machine->row = (size_t)(command[4] | command[5] << 8);
	machine->rows = command[6];
	if (!emulator->faults.low_byte)
		machine->rows |= (size_t)command[7] << 8;
	if (emulator->faults.rubbish_48 && machine->rows &&
	    machine->rows % 48 == 0)
		machine->rows = 0;
	machine->at = 0;
	machine->in_raster = machine->rows > 0 && machine->row > 0;
}

static void take_raster(struct emulator *emulator, uint8_t byte)
{
	struct emulator_machine *machine = emulator->machine;
	size_t place = machine->at++ % machine->row;

	if (place < (size_t)emulator->width / 8)
		machine->raster_row.dots[place] = byte;
	if (place + 1 == machine->row) {
		machine->raster_row.act = ACT_ROW;
		plan(emulator, &machine->raster_row);
	}
	if (machine->at == machine->row * machine->rows)
		machine->in_raster = false;
}

static void feed(struct emulator *emulator, int lines)
{
	const struct step white = { .act = ACT_ROW };

	for (int i = 0; i < lines * 30; i++)
		plan(emulator, &white);
}

static void run_command(struct emulator *emulator, int which)
{
	const struct step cut = { .act = ACT_CUT };
	const struct step acknowledgement = { .act = ACT_ACKNOWLEDGE };

	switch (which) {
	case 0:
		emulator->jobs++;
		break;
	case 1:
		feed(emulator, emulator->machine->command[2]);
		break;
	case 2:
		answer_status(emulator, emulator->machine->command[2]);
		break;
	case 3:
		begin_raster(emulator);
		break;
	case 4:
		plan(emulator, &cut);
		break;
	case 5:
		plan(emulator, &acknowledgement);
		break;
	}
}

static const struct {
	uint8_t start[3];
	int given, length; /* bytes of start that count; of the whole */
} commands[] = {
	{ { 0x1B, 0x40 }, 2, 2 },       { { 0x1B, 0x64 }, 2, 3 },
	{ { 0x10, 0x04 }, 2, 3 },       { { 0x1D, 0x76, 0x30 }, 3, 8 },
	{ { 0x1D, 0x56, 0x42 }, 3, 4 }, { { 0x1D, 0x72, 0x01 }, 3, 3 },
};

/* Whether what was received so far can still become commands[i]. */
static bool may_be(const struct emulator_machine *machine, size_t i)
{
	int length = machine->length < commands[i].given ? machine->length
							 : commands[i].given;

	return memcmp(machine->command, commands[i].start, (size_t)length) == 0;
}

static void take_command(struct emulator *emulator, uint8_t byte)
{
	struct emulator_machine *machine = emulator->machine;
	bool possible = false;

	if (!machine->length && !byte)
		return;
	machine->command[machine->length++] = byte;
	for (size_t i = 0; i < COUNT(commands); i++) {
		if (!may_be(machine, i))
			continue;
		possible = true;
		if (machine->length == commands[i].length) {
			machine->length = 0;
			run_command(emulator, (int)i);
			return;
		}
	}
	if (!possible) {
		emulator->unknown += (size_t)machine->length;
		machine->length = 0;
	}
}

/* A real-time command within a raster: some printers obey it there. */
static bool take_realtime(struct emulator *emulator, uint8_t byte)
{
	struct emulator_machine *machine = emulator->machine;
	const uint8_t *before = machine->before;

	if (before[1] == 0x10 && (byte == 0x04 || byte == 0x05 || byte == 0x14))
		emulator->realtime++;
	if (!emulator->faults.obeys_raster || before[0] != 0x10 ||
	    before[1] != 0x04)
		return false;
	answer_status(emulator, byte);
	return true;
}

static void take_byte(struct emulator *emulator, uint8_t byte)
{
	struct emulator_machine *machine = emulator->machine;

	emulator->received++;
	if (machine->in_raster) {
		if (!take_realtime(emulator, byte))
			take_raster(emulator, byte);
	} else {
		take_command(emulator, byte);
	}
	/* A pair counts only within one raster. */
	machine->before[0] = machine->in_raster ? machine->before[1] : 0;
	machine->before[1] = machine->in_raster ? byte : 0;
}

void emulator_power_off(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;

	machine->count = machine->done;
	machine->length = 0;
	machine->in_raster = false;
	bytes_done(&emulator->replies);
}

static void cut_off(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;

	emulator->faults.cut_off_at = -1;
	shut(&machine->slave);
	shut(&machine->line);
	bytes_done(&emulator->replies);
	if (emulator->faults.loses_power)
		emulator_power_off(emulator);
}

void emulator_take(struct emulator *emulator, const uint8_t *data,
		   size_t length)
{
	for (size_t i = 0; i < length; i++) {
		take_byte(emulator, data[i]);
		if ((int)emulator->received == emulator->faults.cut_off_at) {
			cut_off(emulator);
			break;
		}
	}
	work(emulator);
}

/* --- the line --------------------------------------------------------- */

/* Old acknowledgements and statuses, and automatic status back. */
static void greet(struct emulator *emulator)
{
	static const uint8_t stale[] = { 0x00, 0x1A, 0x32, 0x00, 0x10,
					 0x00, 0x00, 0x00, 0x0C };

	if (emulator->faults.stale)
		bytes_add(&emulator->replies, stale, sizeof stale);
}

const char *emulator_open_tty(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;
	struct termios mode;

	shut(&machine->line);
	shut(&machine->slave);
	if (openpty(&machine->line, &machine->slave, machine->path, NULL,
		    NULL) < 0) {
		log_error("no pseudo-terminal: %s", strerror(errno));
		return NULL;
	}
	tcgetattr(machine->slave, &mode);
	cfmakeraw(&mode);
	tcsetattr(machine->slave, TCSANOW, &mode);
	fcntl(machine->line, F_SETFL, O_NONBLOCK);
	greet(emulator);
	return machine->path;
}

int emulator_listen(struct emulator *emulator, int port)
{
	struct sockaddr_in where = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t length = sizeof where;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 },
		   sizeof(int));
	if (bind(listener, (struct sockaddr *)&where, sizeof where) < 0 ||
	    listen(listener, 4) < 0 ||
	    getsockname(listener, (struct sockaddr *)&where, &length) < 0) {
		log_error("port %d: %s", port, strerror(errno));
		shut(&listener);
		return -1;
	}
	shut(&emulator->machine->listener);
	emulator->machine->listener = listener;
	return ntohs(where.sin_port);
}

int emulator_descriptor(const struct emulator *emulator)
{
	const struct emulator_machine *machine = emulator->machine;

	return machine->line >= 0 ? machine->line : machine->listener;
}

static void accept_line(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;

	if (machine->line >= 0 || machine->listener < 0)
		return;
	machine->line = accept4(machine->listener, NULL, NULL, SOCK_NONBLOCK);
	if (machine->line >= 0)
		greet(emulator);
}

static void send_replies(struct emulator *emulator)
{
	const struct emulator_machine *machine = emulator->machine;
	struct bytes *replies = &emulator->replies;
	ssize_t sent;

	if (machine->line < 0 || !replies->length ||
	    machine->since < machine->replied + emulator->faults.late)
		return;
	sent = write(emulator->machine->line, replies->data, replies->length);
	if (sent <= 0)
		return;
	memmove(replies->data, replies->data + sent,
		replies->length - (size_t)sent);
	replies->length -= (size_t)sent;
}

/* A sender that gave up is let go even while no more can be taken. */
static bool is_broken(int line)
{
	struct pollfd ask = { .fd = line };

	return poll(&ask, 1, 0) > 0 && ask.revents & POLLERR;
}

/* A printer that has nothing more to say closes behind its sender. */
static bool is_done(const struct emulator *emulator)
{
	const struct emulator_machine *machine = emulator->machine;

	return machine->done == machine->count && !emulator->replies.length &&
	       !emulator->faults.mute && !emulator->faults.never_done;
}

static size_t room_left(const struct emulator *emulator)
{
	size_t all =
	    emulator->faults.buffer ? (size_t)emulator->faults.buffer : 65536;
	size_t taken = waiting(emulator);

	return taken < all ? all - taken : 0;
}

/* Takes no more than its buffer holds, so the sender has to wait; or takes all,
 * and the rest is lost. */
static void receive(struct emulator *emulator)
{
	struct emulator_machine *machine = emulator->machine;
	const bool loses = emulator->faults.overruns;
	size_t room = room_left(emulator);
	uint8_t data[65536];
	ssize_t got;

	if (machine->line >= 0 && is_broken(machine->line))
		shut(&machine->line);
	if (machine->line < 0 || (!room && !loses))
		return;
	got = read(machine->line, data,
		   loses || room > sizeof data ? sizeof data : room);
	if (got > 0)
		emulator_take(emulator, data,
			      (size_t)got < room ? (size_t)got : room);
	else if (got == 0)
		emulator->ended++;
	if (got == 0 && is_done(emulator))
		shut(&machine->line);
}

void emulator_pump(struct emulator *emulator, int64_t now)
{
	struct emulator_machine *machine = emulator->machine;

	if (machine->since < 0)
		machine->since = now;
	machine->credit += (double)(now - machine->since) *
			   emulator->faults.rows_a_second / 1000;
	if (machine->done == machine->count && machine->credit > 1)
		machine->credit = 1;
	machine->since = now;
	accept_line(emulator);
	receive(emulator);
	work(emulator);
	send_replies(emulator);
}

struct picture *emulator_picture(const struct emulator *emulator, int first,
				 int rows)
{
	struct picture *picture = picture_new(emulator->width, rows);
	size_t row = (size_t)emulator->width / 8;

	for (int y = 0; y < rows && first + y < emulator_rows(emulator); y++)
		memcpy(picture->bits + (size_t)y * row,
		       emulator->paper.data + (size_t)(first + y) * row, row);
	return picture;
}
