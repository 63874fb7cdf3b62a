#include "tests/test.h"

#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "filing/inside.h"
#include "issue/agency.h"
#include "issue/paper.h"
#include "print/escpos.h"
#include "record/ticket.h"
#include "scan/picture.h"
#include "tests/support/agency.h"
#include "tests/support/asked.h"
#include "tests/support/chance.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/lasting.h"
#include "tests/support/sample.h"
#include "ticket/frame.h"

/*
 * No ticket is lost. A visitor confirms, the kiosk seals and prints, the desk
 * files; the printer fails as it likes, and kiosk and desk are killed (SIGKILL)
 * or lose their power (what was not flushed is gone) at moments that chance
 * chose. Whatever came out on paper files exactly once, no number comes twice,
 * and what was sealed came out or waits to be printed again.
 *
 * A few runs in `make check`; FOYER_RUNS and FOYER_SEED for more and others.
 */
#define RUNS 25
#define RUNS_A_HOME 100 /* then another agency: no record grows long */
#define COPIES 3        /* as the kiosk: the first, and two more */
#define GIVEN_MOST 512  /* papers of a home, at most */

enum fate { LIVES, DIES_AT_CHANGE, DIES_AT_TURN };

/* What the kiosk's process tells, also once it is dead. */
struct told {
	uint32_t number;
	bool taken, sealed, confirmed;
	struct wire wire;
	int copies, height; /* what was sent to the printer */
	uint8_t sent[COPIES][PICTURE_MAX_HEIGHT * PAPER_NARROW / 8];
	int changes, turns;     /* moments so far */
	bool filed[GIVEN_MOST]; /* the desk said so, of this paper in hand */
};

/* A paper in a hand. */
struct given {
	uint32_t number;
	char *digits;
	bool filed; /* a desk said so */
};

struct tally {
	long runs, kiosks, desks, cuts; /* runs, and who was killed */
	long visitors, given, kept, alone, filed;
};

struct street {
	struct chance chance;
	struct agency agency;
	struct lobby *lobby;
	uint8_t kiosk[KEY_BYTES];
	struct emulator *printer;
	int64_t now;
	struct told *told;
	uint32_t last; /* the greatest number so far */
	struct given *given;
	size_t count;
	struct tally tally;
	enum fate fate;
	int moment; /* of that fate */
	/* Moments of the last process that lived. */
	int changes, turns, desk_changes;
	int ask, answer; /* in the child: the ends of its pipes */
	long visitor;
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* --- the agency ----------------------------------------------------------- */

static void put_public_key(struct street *street)
{
	SCOPED(char_freep)
	char *path = home_path(street->agency.home, HOME_KEYS, AGENCY_FILE);
	struct card card = { .name = "A" };

	memcpy(card.key, street->agency.key, KEY_BYTES);
	assert_int_equal(agency_file_write(path, &card), FAULT_NONE);
}

/* The kiosk has its key, and the desk knows it. */
static void open_street(struct street *street)
{
	SCOPED(issuer_freep) struct issuer *issuer = NULL;

	agency_init(&street->agency, (uint8_t)chance_next(&street->chance));
	put_public_key(street);
	assert_int_equal(lobby_read(street->agency.home, &street->lobby),
			 FAULT_NONE);
	assert_int_equal(
	    issuer_open(street->agency.home, street->lobby, &issuer),
	    FAULT_NONE);
	memcpy(street->kiosk, issuer_kiosk(issuer), KEY_BYTES);
	agency_enrol(&street->agency, street->kiosk, "K1");
	/* Whoever files opens them anew. */
	filing_free(street->agency.filing);
	record_close(street->agency.record);
	street->agency.filing = NULL;
	street->agency.record = NULL;
	street->last = 0;
	lasting_start(street->agency.folder);
}

/* --- moments -------------------------------------------------------------- */

static void die_at(const struct street *street, enum fate fate, int moment)
{
	if (street->fate == fate && street->moment == moment)
		raise(SIGKILL);
}

static void change_reached(void *to)
{
	struct street *street = to;

	die_at(street, DIES_AT_CHANGE, ++street->told->changes);
}

static void turn_reached(struct street *street)
{
	die_at(street, DIES_AT_TURN, ++street->told->turns);
}

/* --- the printer, which lives on ------------------------------------------ */

enum question { TURN, CAME_OUT };

struct asking {
	enum question question;
	int64_t now;
};

/* In the child: the world goes on for a moment. */
static int ask(struct street *street, enum question question)
{
	const struct asking asking = { question, street->now };
	uint8_t answer;

	if (write(street->ask, &asking, sizeof asking) != sizeof asking ||
	    read(street->answer, &answer, 1) != 1)
		_exit(9);
	return answer;
}

/* Where a copy that was sent lies whole on the paper; NULL: none does. */
static const uint8_t *whole_copy(const struct street *street)
{
	const struct bytes *paper = &street->printer->paper;
	size_t length = (size_t)street->told->height * PAPER_NARROW / 8;
	const uint8_t *found = NULL;

	for (int i = 0; i < street->told->copies && !found; i++) {
		if (length && paper->length)
			found = memmem(paper->data, paper->length,
				       street->told->sent[i], length);
	}
	return found;
}

static void mend_printer(struct street *street)
{
	street->printer->faults = EMULATOR_SOUND;
}

static void break_printer(struct street *street)
{
	struct emulator_faults *faults = &street->printer->faults;
	struct chance *chance = &street->chance;

	switch (chance_below(chance, 16)) {
	case 0:
		faults->paper_ends_at = (int)chance_below(chance, 900);
		break;
	case 1:
		faults->near_end = true;
		break;
	case 2:
		faults->cover_open = true;
		break;
	case 3:
		faults->offline = true;
		break;
	case 4:
		faults->mute = true;
		break;
	case 5:
		faults->never_done = true;
		break;
	case 6:
		faults->constant = (int)chance_below(chance, 256);
		break;
	case 7:
		faults->stale = true;
		break;
	case 8:
		faults->buffer = 4096;
		faults->rows_a_second = 400;
		break;
	case 9:
		faults->low_byte = faults->rubbish_48 = true;
		faults->obeys_raster = true;
		break;
	case 10:
	case 11:
		faults->cut_off_at = (int)(street->printer->received +
					   chance_below(chance, 45000));
		faults->loses_power = chance_below(chance, 2);
		break;
	default:
		break; /* sound */
	}
}

/* Prints all it was sent, if it can. */
static void drain(struct street *street)
{
	for (int i = 0; i < 200; i++) {
		street->now += 20;
		emulator_pump(street->printer, street->now);
	}
}

static uint8_t answer_to(struct street *street, const struct asking *asking)
{
	if (asking->question == TURN) {
		street->now = asking->now;
		emulator_pump(street->printer, street->now);
		return 0;
	}
	if (whole_copy(street))
		return 1;
	if (chance_below(&street->chance, 2)) {
		mend_printer(street); /* staff look after it */
		emulator_refill(street->printer);
	}
	return 0;
}

/* --- the kiosk ------------------------------------------------------------ */

/* Both ends, with a clock that moves only when neither has anything to do. */
static enum printer_answer await(struct street *street, struct printer *printer)
{
	while (printer_answer(printer) == PRINTER_WORKING) {
		struct pollfd wait = {
			.fd = printer_descriptor(printer),
			.events = printer_events(printer),
		};

		turn_reached(street);
		ask(street, TURN);
		if (poll(&wait, 1, 0) > 0)
			printer_ready(printer, wait.revents, street->now);
		else
			street->now += 20;
		printer_tick(printer, street->now);
	}
	return printer_answer(printer);
}

/* As the kiosk's printing screen and its question. */
static bool print(struct street *street, const struct issued *issued,
		  const char *address)
{
	SCOPED(printer_freep) struct printer *printer = NULL;
	SCOPED(picture_freep) struct picture *picture = NULL;
	struct told *told = street->told;

	if (issue_paper(street->lobby, issued, NULL, PAPER_NARROW, &picture) ||
	    printer_new(address, &printer))
		_exit(8);
	told->height = picture->height;
	for (told->copies = 0; told->copies < COPIES;) {
		SCOPED(picture_freep)
		struct picture *copy =
		    picture_moved(picture, told->copies ? PICTURE_REPRINT : 0);

		(void)escpos_mend(copy);
		memcpy(told->sent[told->copies++], copy->bits,
		       (size_t)copy->height * PAPER_NARROW / 8);
		printer_start(printer, copy, street->now);
		switch (await(street, printer)) {
		case PRINTER_CONFIRMED:
			return true;
		case PRINTER_UNKNOWN:
			if (ask(street, CAME_OUT))
				return true;
			break;
		default:
			return false;
		}
	}
	return false;
}

static struct run *answered(const struct street *street)
{
	const struct run_world world = { 0 };
	SCOPED(char_freep)
	char *name = xasprintf("Visitor %ld", street->visitor);
	enum run_answer taken;
	struct run *run;

	if (run_new(street->agency.form, &world, &run) ||
	    run_put(run, run_find(run, "/data/name"), name, &taken) ||
	    run_put(run, run_find(run, "/data/wait"), "OK", &taken))
		_exit(7);
	return run;
}

/* One visitor, from the key that confirms. */
static void seal(struct street *street, struct issuer *issuer,
		 struct issued *issued)
{
	SCOPED(run_freep) struct run *run = answered(street);
	struct told *told = street->told;
	enum issue_answer answer;
	uint32_t number;

	if (issuer_take(issuer, &number))
		_exit(6);
	told->number = number;
	told->taken = true;
	if (issue_seal(issuer, street->agency.slots, run, number, AGENCY_NOON,
		       0, &answer, issued) ||
	    answer != ISSUE_DONE)
		_exit(5);
}

/* A ticket that waits is printed again, by staff; else somebody comes. */
static void run_kiosk(struct street *street, const char *address)
{
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	struct told *told = street->told;
	struct issued issued = { 0 };
	bool found;

	if (issuer_open(street->agency.home, street->lobby, &issuer) ||
	    issuer_state(issuer) != ISSUER_READY ||
	    issue_pending(issuer, &found, &issued))
		_exit(4);
	if (!found)
		seal(street, issuer, &issued);
	told->number = issued.sequence;
	told->wire = issued.wire;
	told->sealed = true;
	if (print(street, &issued, address)) {
		if (issue_confirm(issuer))
			_exit(3);
		told->confirmed = true;
	}
	issued_done(&issued);
}

/* --- the desk ------------------------------------------------------------- */

/* What a desk said is filed stays so, whatever became of the desk. */
static void scan(struct street *street, struct filing *filing, size_t place)
{
	const struct given *given = &street->given[place];
	struct filing_ticket ticket = { 0 };

	if (filing_scan(filing, given->digits, &sample_sam, AGENCY_NOON,
			&ticket))
		_exit(10);
	if (ticket.status != FILING_ALREADY_FILED &&
	    (ticket.status != FILING_FILED || given->filed))
		_exit(40 + (int)ticket.status);
	street->told->filed[place] = true;
	filing_ticket_done(&ticket);
}

static void run_desk(struct street *street, size_t first)
{
	SCOPED(char_freep)
	char *path = folder_file(street->agency.folder, RECORD_FILE);
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;

	if (record_open(path, &record) ||
	    filing_open(street->agency.home, record, &filing))
		_exit(3);
	ring_add(filing->ring,
		 agency_key_of_secret(street->agency.secret, "Test", 0));
	for (size_t i = first; i < street->count; i++)
		scan(street, filing, i);
}

/* --- processes ------------------------------------------------------------ */

static void choose_fate(struct street *street)
{
	static const enum fate fates[] = { LIVES, LIVES, DIES_AT_CHANGE,
					   DIES_AT_CHANGE, DIES_AT_TURN };
	struct chance *chance = &street->chance;
	int moments;

	street->fate = fates[chance_below(chance, COUNT(fates))];
	moments =
	    street->fate == DIES_AT_TURN ? street->turns : street->changes;
	street->moment = 1 + (int)chance_below(chance, (uint32_t)moments);
}

/* Serves the child until it is gone; what waitpid() said. */
static int attend(struct street *street, pid_t child, int asks, int answers)
{
	struct asking asking;
	int status;

	while (read(asks, &asking, sizeof asking) == sizeof asking) {
		const uint8_t answer = answer_to(street, &asking);

		if (write(answers, &answer, 1) != 1)
			break;
	}
	close(asks);
	close(answers);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static pid_t start_child(struct street *street, int *asks, int *answers)
{
	int up[2], down[2];
	pid_t child;

	assert_int_equal(pipe(up), 0);
	assert_int_equal(pipe(down), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		close(up[0]);
		close(down[1]);
		street->ask = up[1];
		street->answer = down[0];
		lasting_each(change_reached, street);
	} else {
		close(up[1]);
		close(down[0]);
		*asks = up[0];
		*answers = down[1];
	}
	return child;
}

/* How it ended: whether it was killed. A failure of its own fails the test. */
static bool was_killed(const struct street *street, int status, const char *who)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return true;
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_msg("run %ld: %s ended with %x", street->tally.runs, who,
			 (unsigned)status);
	return false;
}

/* Half of the killed lost their power. */
static bool perhaps_cut(struct street *street, long *killed)
{
	++*killed;
	if (chance_below(&street->chance, 2))
		return false;
	lasting_cut(&street->chance);
	street->tally.cuts++;
	return true;
}

/* --- what is left --------------------------------------------------------- */

static uint32_t number_of(const struct street *street, const char *digits)
{
	struct frame frame;
	struct wire_header header;

	assert_int_equal(frame_read(digits, strlen(digits), &frame),
			 FRAME_READ);
	assert_int_equal(wire_read(frame.payload, frame.length, &header),
			 WIRE_SOUND);
	assert_true(wire_genuine(frame.payload, frame.length, street->kiosk));
	return header.sequence;
}

/* The same number with other digits would be two people's. */
static void take_paper(struct street *street, const char *digits)
{
	uint32_t number = number_of(street, digits);

	for (size_t i = 0; i < street->count; i++) {
		if (street->given[i].number == number) {
			assert_string_equal(street->given[i].digits, digits);
			return;
		}
	}
	street->given = xreallocarray(street->given, street->count + 1,
				      sizeof *street->given);
	street->given[street->count++] =
	    (struct given){ .number = number, .digits = xstrdup(digits) };
	street->tally.given++;
}

static bool is_given(const struct street *street, uint32_t number)
{
	for (size_t i = 0; i < street->count; i++) {
		if (street->given[i].number == number)
			return true;
	}
	return false;
}

/* What a scanner reads on rows of the paper; whether it was anything. */
static bool read_rows(struct street *street, int first, int rows)
{
	SCOPED(picture_freep)
	struct picture *paper = emulator_picture(street->printer, first, rows);
	struct scan_symbols symbols = { 0 };
	struct bytes png = { 0 };
	bool any;

	picture_png(paper, PICTURE_MARGIN, &png);
	assert_int_equal(
	    scan_picture_bytes("paper", png.data, png.length, &symbols),
	    FAULT_NONE);
	for (size_t i = 0; i < symbols.count; i++)
		take_paper(street, symbols.text[i]);
	any = symbols.count;
	scan_symbols_done(&symbols);
	bytes_done(&png);
	return any;
}

/* All that came out since; and the ticket just printed by itself, as somebody
 * holds it, where a scanner lost it among what lay beside it. */
static void read_paper(struct street *street)
{
	const uint8_t *whole = whole_copy(street);
	int rows = emulator_rows(street->printer);

	for (int first = 0; first < rows; first += PICTURE_MAX_HEIGHT / 2)
		(void)read_rows(street, first,
				rows - first < PICTURE_MAX_HEIGHT
				    ? rows - first
				    : PICTURE_MAX_HEIGHT);
	if (whole && !is_given(street, street->told->number)) {
		street->tally.alone++;
		assert_true(
		    read_rows(street,
			      (int)((whole - street->printer->paper.data) /
				    (PAPER_NARROW / 8)),
			      street->told->height));
	}
}

/* Whether the kiosk's disk holds the ticket that was sealed. */
static bool is_kept(const struct street *street)
{
	SCOPED(char_freep)
	char *path = home_path(street->agency.home, HOME_KIOSK, "pending");
	const struct wire *wire = &street->told->wire;
	struct bytes file = { 0 };
	bool same;

	if (!file_exists(path))
		return false;
	assert_int_equal(file_read(path, WIRE_MAX, &file), FAULT_NONE);
	same = file.length == wire->length &&
	       memcmp(file.data, wire->bytes, wire->length) == 0;
	bytes_done(&file);
	return same;
}

static void look(struct street *street)
{
	const struct told *told = street->told;
	bool kept;

	if (told->taken) {
		assert_true(told->number > street->last);
		street->last = told->number;
		street->tally.visitors++;
	}
	if (!told->sealed)
		return;
	kept = is_kept(street);
	street->tally.kept += kept;
	if (!kept && !is_given(street, told->number))
		fail_msg("run %ld: number %u is lost: confirmed %d, whole on "
			 "paper %d, copies %d, fate %d at %d of %d and %d",
			 street->tally.runs, told->number, told->confirmed,
			 whole_copy(street) != NULL, told->copies, street->fate,
			 street->moment, told->changes, told->turns);
	if (told->confirmed)
		assert_true(is_given(street, told->number));
}

/* --- runs ----------------------------------------------------------------- */

static char *connect_printer(struct street *street)
{
	return xasprintf("tty:%s", emulator_open_tty(street->printer));
}

static void visit(struct street *street)
{
	SCOPED(char_freep) char *address = connect_printer(street);
	int asks, answers;
	bool killed;
	pid_t child;

	memset(street->told, 0, offsetof(struct told, sent));
	street->told->changes = street->told->turns = 0;
	street->visitor++;
	break_printer(street);
	choose_fate(street);
	child = start_child(street, &asks, &answers);
	if (!child) {
		run_kiosk(street, address);
		_exit(0);
	}
	killed =
	    was_killed(street, attend(street, child, asks, answers), "kiosk");
	if (!killed && street->told->turns) {
		street->changes = street->told->changes;
		street->turns = street->told->turns;
	}
	if (killed && perhaps_cut(street, &street->tally.kiosks) &&
	    chance_below(&street->chance, 2))
		emulator_power_off(street->printer);
	drain(street);
	read_paper(street);
	look(street);
	bytes_done(&street->printer->paper);
	if (chance_below(&street->chance, 2)) {
		mend_printer(street);
		emulator_refill(street->printer);
		drain(street);
		read_paper(street);
		bytes_done(&street->printer->paper);
	}
}

/* The desk scans the papers from first on; whoever may die is killed. */
static void file(struct street *street, size_t first, bool may_die)
{
	int asks, answers;
	bool killed;
	pid_t child;

	street->told->changes = 0;
	memset(street->told->filed, 0, sizeof street->told->filed);
	street->fate = may_die && chance_below(&street->chance, 2)
			   ? DIES_AT_CHANGE
			   : LIVES;
	street->moment = 1 + (int)chance_below(&street->chance,
					       (uint32_t)street->desk_changes);
	child = start_child(street, &asks, &answers);
	if (!child) {
		run_desk(street, first);
		_exit(0);
	}
	killed =
	    was_killed(street, attend(street, child, asks, answers), "desk");
	for (size_t i = first; i < street->count; i++)
		street->given[i].filed |= street->told->filed[i];
	if (!killed && may_die)
		street->desk_changes = street->told->changes + 1;
	if (killed)
		(void)perhaps_cut(street, &street->tally.desks);
}

static long visits_in_record(const struct street *street)
{
	SCOPED(char_freep)
	char *path = folder_file(street->agency.folder, RECORD_FILE);
	sqlite3 *store;
	sqlite3_stmt *statement;
	long count;

	assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(store, "SELECT count(*) FROM visit",
					    -1, &statement, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	count = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(store);
	return count;
}

/* Every paper is scanned once more by a desk that lives: each is one visit. */
static void settle(struct street *street)
{
	file(street, 0, false);
	for (size_t i = 0; i < street->count; i++)
		assert_true(street->given[i].filed);
	assert_int_equal(visits_in_record(street), street->count);
	street->tally.filed += (long)street->count;
}

static void close_street(struct street *street)
{
	/* The next agency's printer is another one. */
	mend_printer(street);
	emulator_refill(street->printer);
	drain(street);
	bytes_done(&street->printer->paper);
	emulator_power_off(street->printer);
	lasting_done();
	for (size_t i = 0; i < street->count; i++)
		free(street->given[i].digits);
	free(street->given);
	street->given = NULL;
	street->count = 0;
	lobby_free(street->lobby);
	agency_done(&street->agency);
}

static void run_home(struct street *street, long runs)
{
	open_street(street);
	for (long i = 0; i < runs; i++, street->tally.runs++) {
		size_t first = street->count;

		visit(street);
		/* Some come later, and some are scanned twice. */
		if (chance_below(&street->chance, 4))
			file(street, first > 3 ? first - 3 : 0, true);
	}
	settle(street);
	close_street(street);
}

/* --- tests ---------------------------------------------------------------- */

static void tell(const struct tally *tally, long seed)
{
	print_message("seed %ld: %ld runs, kiosk killed %ld times, desk %ld "
		      "times, %ld of them without power; %ld visitors, %ld "
		      "tickets out on paper, %ld times one was kept to be "
		      "printed again, %ld times one was read only by itself; "
		      "%ld filed once, 0 lost\n",
		      seed, tally->runs, tally->kiosks, tally->desks,
		      tally->cuts, tally->visitors, tally->given, tally->kept,
		      tally->alone, tally->filed);
}

static void every_ticket_that_came_out_files_exactly_once(void **state)
{
	const long runs = asked_number("FOYER_RUNS", RUNS);
	const long seed = asked_number("FOYER_SEED", 1);
	struct street street = {
		.chance = { (uint64_t)seed },
		.printer = emulator_new(PAPER_NARROW),
		.now = 1000,
		.changes = 30,
		.turns = 200,
		.desk_changes = 40,
		.told = mmap(NULL, sizeof(struct told), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0),
	};

	(void)state;
	assert_true(street.told != MAP_FAILED);
	log_to(silent, NULL);
	while (street.tally.runs < runs) {
		long left = runs - street.tally.runs;

		run_home(&street, left < RUNS_A_HOME ? left : RUNS_A_HOME);
		if (runs > RUNS)
			tell(&street.tally, seed);
	}
	log_to(NULL, NULL);
	tell(&street.tally, seed);
	assert_true(street.tally.filed > 0);
	assert_int_equal(street.tally.filed, street.tally.given);
	emulator_free(street.printer);
	munmap(street.told, sizeof(struct told));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_ticket_that_came_out_files_exactly_once),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
