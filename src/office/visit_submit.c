#include "office/visit_submit.h"

#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "office/line.h"
#include "office/noun.h"
#include "office/openrosa.h"
#include "office/options.h"
#include "office/sending.h"
#include "record/visit.h"
#include "seal/secret.h"

#define SECRET_MOST 500 /* bytes of the file */
#define WAIT 120        /* s for which a server may keep us waiting */
#define WAIT_MOST 3600

struct work {
	const char *folder, *to, *secret, *authority, *form;
	int patience; /* s */
	bool yes;
	struct home *home;
	struct openrosa *server;
	struct sending sending;
	struct sending_visit *visits;
	size_t count;
	size_t reasons[SENDABLES]; /* how many visits of each */
	size_t left_out;           /* answers */
	size_t sent, refused;
	bool stopped; /* there is no use in sending the others */
	int status;   /* the exit status so far */
};

static void work_done(struct work *work)
{
	sending_visits_free(work->visits, work->count);
	openrosa_free(work->server);
	filing_free(work->sending.filing);
	record_close(work->sending.record);
	home_free(work->home);
}

static int wrong(const char *complaint)
{
	return noun_usage("visit", "submit", complaint);
}

static int complain(const char *about, const char *complaint)
{
	fprintf(stderr, "foyer visit submit: %s: %s\n", about, complaint);
	return EXIT_INPUT;
}

static bool read_wait(const char *text, int *patience)
{
	char *end = NULL;
	const long value = text ? strtol(text, &end, 10) : WAIT;

	if ((text && (end == text || *end)) || value < 1 || value > WAIT_MOST)
		return false;
	*patience = (int)value;
	return true;
}

static int read_options(int argc, char **argv, struct work *work)
{
	const char *patience = NULL;
	const struct options_place places[] = {
		{ "home", &work->folder, NULL },
		{ "to", &work->to, NULL },
		{ "secret", &work->secret, NULL },
		{ "recipient", &work->sending.recipient, NULL },
		{ "authority", &work->authority, NULL },
		{ "wait", &patience, NULL },
		{ "form", &work->form, NULL },
		{ "yes", NULL, &work->yes },
		{ NULL, NULL, NULL },
	};

	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (!read_wait(patience, &work->patience))
		return wrong("--wait is so many seconds, 1 to 3600");
	if (!work->to || !work->secret || !work->sending.recipient)
		return wrong("where to (--to), as whom (--secret), and "
			     "for whom (--recipient)?");
	if (!work->form == (optind == argc))
		return wrong("which visits: their numbers, or --form and no "
			     "number?");
	return EXIT_DONE;
}

/* --- the server ----------------------------------------------------------- */

/* One line of a file that nobody else may read. */
static int read_secret(const char *path, char secret[SECRET_MOST])
{
	struct stat about;
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got;

	if (file < 0)
		return complain(path, "cannot be read");
	if (fstat(file, &about) || !S_ISREG(about.st_mode) ||
	    (about.st_mode & 077) != 0) {
		close(file);
		return complain(path, "others may read it too, so it is no "
				      "secret: chmod 600");
	}
	got = read(file, secret, SECRET_MOST - 1);
	close(file);
	secret[got > 0 ? got : 0] = 0;
	secret[strcspn(secret, "\r\n")] = 0;
	return secret[0] ? EXIT_DONE
			 : complain(path, "the first line is to be USER:"
					  "PASSWORD, or the token of an app "
					  "user");
}

static const char *const words[OPENROSA_ANSWERS] = {
	[OPENROSA_TAKEN] = "sent",
	[OPENROSA_NO_LIBRARY] = "libcurl is not installed; install the package "
				"libcurl4",
	[OPENROSA_NO_ADDRESS] =
	    "this is no address to send to: https://SERVER/v1/projects/1 of "
	    "ODK Central, or one that ends in /submission; a token goes with "
	    "the first alone",
	[OPENROSA_UNTRUSTED] =
	    "the server cannot show that it is who it says: nothing was sent. "
	    "Ask who runs it about its certificate, and see whether this "
	    "computer's clock is right",
	[OPENROSA_AUTHORITY] =
	    "who may vouch for a server cannot be read: a file of "
	    "certificates (PEM), that of --authority or those of the package "
	    "ca-certificates",
	[OPENROSA_UNREACHABLE] = "the server cannot be reached, or broke off; "
				 "run it again later: nothing is there twice",
	[OPENROSA_BUSY] = "the server is out of order or busy; run it again "
			  "later: nothing is there twice",
	[OPENROSA_ELSEWHERE] = "the server sends us to another address. "
			       "Nothing goes where nobody said: ask who runs "
			       "it, and give that with --to",
	[OPENROSA_NOT_ONE] = "what answers there is no OpenRosa server; look "
			     "at the address",
	[OPENROSA_LOGIN] = "the server does not know this login, or it may not "
			   "send to this form; look at the file of --secret",
	[OPENROSA_NO_FORM] = "the server has no such project or form; put the "
			     "form there first",
	[OPENROSA_CONFLICT] =
	    "the server has this visit already, with other answers. It keeps "
	    "those; if ours are to be there, remove it there first",
	[OPENROSA_TOO_LARGE] = "it is larger than the server takes",
	[OPENROSA_REFUSED] = "the server refused it",
};

static int open_server(struct work *work)
{
	SCOPED(secret_freep) char *secret = secret_new(SECRET_MOST);
	const struct openrosa_server server = {
		.address = work->to,
		.secret = secret,
		.authority = work->authority,
		.patience = work->patience,
		.plain = home_is_demo(work->home),
	};
	enum openrosa_answer answer;
	int status = read_secret(work->secret, secret);

	if (status)
		return status;
	answer = openrosa_open(&server, &work->server);
	if (answer == OPENROSA_TAKEN)
		return EXIT_DONE;
	complain(work->to, words[answer]);
	return answer == OPENROSA_NO_LIBRARY ? EXIT_ENVIRONMENT : EXIT_INPUT;
}

/* --- which visits --------------------------------------------------------- */

static const struct {
	const char *one;  /* said of a visit that was asked for */
	const char *many; /* of how many of a form's */
} reasons[SENDABLES] = {
	[SENDABLE] = { NULL, "to send" },
	[SENDABLE_THERE] = { "is there already", "there already" },
	[SENDABLE_NOT_KEPT] = { "its person did not agree to be kept, so it "
				"goes nowhere; see `foyer visit keep`",
				"not to be kept" },
	[SENDABLE_NOBODYS] = { "it is nobody's yet, so nobody could agree; "
			       "attach its person first",
			       "nobody's yet" },
	[SENDABLE_NOT_AGREED] = { "its person did not agree to share it with "
				  "this recipient; see `foyer consent add`",
				  "not agreed to" },
	[SENDABLE_ERASED] = { "its answers are erased, or its form is not here",
			      "erased" },
};

static bool is_named(const struct work *work, int64_t id)
{
	for (size_t i = 0; i < work->count; i++) {
		if (work->visits[i].id == id)
			return true;
	}
	return false;
}

/* One that is named twice is sent once. */
static enum fault find_numbers(struct work *work, char **numbers, size_t most)
{
	enum fault fault = FAULT_NONE;

	work->visits = xcalloc(most, sizeof *work->visits);
	for (; *numbers && !fault; numbers++) {
		int64_t id = 0;

		fault = visit_by_number(work->sending.record, *numbers, &id);
		if (!fault && !id)
			work->status =
			    complain(*numbers, "no visit has this number");
		else if (!fault && !is_named(work, id))
			work->visits[work->count++] = (struct sending_visit){
				.id = id, .number = xstrdup(*numbers)
			};
	}
	return fault;
}

/* Before anything goes: how much would, and what cannot. Of a form's visits
 * those are counted; of one that was asked for it is told why. Nobody is shown
 * an answer. */
static enum fault look_at_all(struct work *work)
{
	for (size_t i = 0; i < work->count; i++) {
		struct outgoing out = { 0 };
		enum sendable sendable;
		int64_t person = 0;
		enum fault fault =
		    sending_look(&work->sending, work->visits[i].id,
				 VISIT_COUNTED, &sendable, &person, &out);

		if (fault)
			return fault;
		work->reasons[sendable]++;
		work->left_out += out.left_out;
		outgoing_done(&out);
		if (reasons[sendable].one && !work->form)
			work->status = complain(work->visits[i].number,
						reasons[sendable].one);
	}
	return FAULT_NONE;
}

static void tell_form(const struct work *work)
{
	const char *before = "";

	fprintf(stderr, "%s: ", work->form);
	for (size_t i = 0; i < SENDABLES; i++) {
		if (!work->reasons[i] && i != SENDABLE)
			continue;
		fprintf(stderr, "%s%zu %s", before, work->reasons[i],
			reasons[i].many);
		before = ", ";
	}
	fputs(".\n", stderr);
}

static void tell_all(const struct work *work)
{
	if (work->form)
		tell_form(work);
	if (work->form && !work->reasons[SENDABLE])
		return;
	fprintf(stderr,
		"%zu visit%s to %s, for %s. %zu answer%s here: names, "
		"contacts, birthdays,\nwhat was written freely, private "
		"questions and what the form works out, unless\n[submit] in "
		"foyer.ini says otherwise.%s\n",
		work->reasons[SENDABLE],
		work->reasons[SENDABLE] == 1 ? " goes" : "s go", work->to,
		work->sending.recipient, work->left_out,
		work->left_out == 1 ? " stays" : "s stay",
		work->yes ? "" : " Nothing was sent: say --yes to send it.");
}

/* --- sending -------------------------------------------------------------- */

static void pause_for(int seconds)
{
	nanosleep(&(struct timespec){ .tv_sec = seconds }, NULL);
}

/* What a server that answered so may have, once it was posted. */
static enum sending_end end_of(enum openrosa_answer answer, bool posted)
{
	if (answer == OPENROSA_TAKEN)
		return SENDING_THERE;
	if (!posted || answer == OPENROSA_LOGIN || answer == OPENROSA_NO_FORM ||
	    answer == OPENROSA_TOO_LARGE || answer == OPENROSA_REFUSED)
		return SENDING_NOT_THERE;
	return SENDING_NOT_KNOWN;
}

/* A server that refuses the second try may have taken the first. */
static enum openrosa_answer try_once(const struct work *work,
				     const struct outgoing *out,
				     enum sending_end *end,
				     char said[OPENROSA_SAID])
{
	bool posted = false;
	const enum openrosa_answer answer = openrosa_send(
	    work->server, out->xml.data, out->xml.length, &posted, said);
	const enum sending_end now = end_of(answer, posted);

	if (now == SENDING_THERE || *end == SENDING_NOT_THERE)
		*end = now;
	return answer;
}

/* Three times; the same instanceID is the same submission there. */
static enum openrosa_answer send_one(const struct work *work,
				     const struct outgoing *out,
				     enum sending_end *end,
				     char said[OPENROSA_SAID])
{
	static const int pauses[] = { 1, 3 };
	enum openrosa_answer answer;

	*end = SENDING_NOT_THERE;
	answer = try_once(work, out, end, said);
	for (size_t i = 0; i < COUNT(pauses) && openrosa_may_again(answer);
	     i++) {
		pause_for(pauses[i]);
		answer = try_once(work, out, end, said);
	}
	return answer;
}

/* A line for each that is there; of a form's visits it is the progress, too. */
static void tell_sent(const struct work *work, const char *number)
{
	json_t *line = json_pack("{ss ss}", "visit", number, "status",
				 words[OPENROSA_TAKEN]);

	if (work->form) {
		json_object_set_new(
		    line, "nth",
		    json_integer((json_int_t)(work->sent + work->refused)));
		json_object_set_new(
		    line, "of",
		    json_integer((json_int_t)work->reasons[SENDABLE]));
	}
	line_print(line);
	fflush(stdout);
}

static void tell_answer(struct work *work, const char *number,
			enum openrosa_answer answer, const char *said)
{
	if (answer == OPENROSA_TAKEN) {
		work->sent++;
		tell_sent(work, number);
		return;
	}
	work->refused++;
	fprintf(stderr, "foyer visit submit: %s: %s%s%s%s\n", number,
		words[answer], *said ? " (" : "", said, *said ? ")" : "");
	work->status =
	    openrosa_may_again(answer) ? EXIT_ENVIRONMENT : EXIT_INPUT;
	work->stopped = !openrosa_is_about_one(answer);
}

static void tell_not_begun(struct work *work, const char *number)
{
	work->status = complain(
	    number, "the record does not take that it is sent, so nothing was "
		    "sent; see that the disk has room and nobody changes this "
		    "visit, and run it again");
	work->stopped = true;
}

static void tell_not_kept(struct work *work, const char *number,
			  const struct outgoing *out)
{
	fprintf(stderr,
		"foyer visit submit: %s: what became of %s could not be "
		"written down; the record says that sending was begun. See "
		"that the disk has room, and run it again: nothing is there "
		"twice\n",
		number, out->instance_id);
	work->status = EXIT_ENVIRONMENT;
	work->stopped = true;
}

static enum fault submit(struct work *work, const struct sending_visit *visit,
			 int64_t person, const struct outgoing *out)
{
	SCOPED(sending_begun_done) struct sending_begun begun = { 0 };
	char said[OPENROSA_SAID];
	enum openrosa_answer answer;
	enum sending_end end;
	bool kept = false;
	enum fault fault =
	    sending_begin(&work->sending, visit->id, person, out, &begun);

	if (!begun.handover) {
		tell_not_begun(work, visit->number);
		return fault;
	}
	answer = send_one(work, out, &end, said);
	tell_answer(work, visit->number, answer, said);
	fault = sending_settle(&work->sending, &begun, end, &kept);
	if (!kept)
		tell_not_kept(work, visit->number, out);
	return fault;
}

/* What is wrong with the server, or with this machine, is so for all. */
static enum fault send_all(struct work *work)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < work->count && !work->stopped && !fault; i++) {
		struct outgoing out = { 0 };
		enum sendable sendable;
		int64_t person = 0;

		fault = sending_look(&work->sending, work->visits[i].id,
				     VISIT_SHOWN, &sendable, &person, &out);
		if (!fault && sendable == SENDABLE)
			fault = submit(work, &work->visits[i], person, &out);
		outgoing_done(&out);
	}
	return fault;
}

static void tell_end(const struct work *work)
{
	const size_t left =
	    work->reasons[SENDABLE] - work->sent - work->refused;

	fprintf(stderr, "%zu of %zu %s there now.", work->sent,
		work->reasons[SENDABLE], work->sent == 1 ? "is" : "are");
	if (work->refused)
		fprintf(stderr, " %zu did not get there.", work->refused);
	if (left)
		fprintf(stderr, " %zu %s not tried: run it again to go on.",
			left, left == 1 ? "was" : "were");
	fputc('\n', stderr);
}

static enum fault find_visits(struct work *work, char **numbers, size_t count)
{
	enum fault fault = work->form
			       ? sending_of_form(&work->sending, work->form,
						 &work->visits, &work->count)
			       : find_numbers(work, numbers, count);

	if (!fault && work->form && !work->count)
		work->status =
		    complain(work->form, "no visit here was answered with this "
					 "form, or none is kept");
	return fault ? fault : look_at_all(work);
}

static enum fault submit_all(struct work *work)
{
	enum fault fault;

	if (work->count)
		tell_all(work);
	if (!work->yes || !work->reasons[SENDABLE])
		return FAULT_NONE;
	fault = send_all(work);
	if (work->form || work->count > 1)
		tell_end(work);
	return fault;
}

int visit_submit(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { 0 };
	struct sending *sending = &work.sending;
	enum fault fault;
	int status = read_options(argc, argv, &work);

	if (status)
		return status;
	sending->who = desk_who();
	sending->now = desk_now();
	desk_today(sending->now, sending->today);
	if ((fault = desk_home(work.folder, &work.home)))
		return fault_exit(fault);
	if ((status = open_server(&work)))
		return status;
	if ((fault = desk_record(work.home, &sending->record)) ||
	    (fault =
		 filing_open(work.home, sending->record, &sending->filing)) ||
	    (fault =
		 find_visits(&work, argv + optind, (size_t)(argc - optind))) ||
	    (fault = submit_all(&work)))
		return fault_exit(fault);
	return work.status;
}
