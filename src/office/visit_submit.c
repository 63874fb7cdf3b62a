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

#include "filing/outgoing.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/openrosa.h"
#include "record/consent.h"
#include "record/entity.h"
#include "record/people_visit.h"
#include "record/visit.h"
#include "seal/secret.h"

#define SECRET_MOST 500 /* bytes of the file */

enum option_key {
	OPTION_HOME,
	OPTION_TO,
	OPTION_SECRET,
	OPTION_RECIPIENT,
	OPTIONS,
	OPTION_YES = OPTIONS,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "to", required_argument, NULL, OPTION_TO },
	{ "secret", required_argument, NULL, OPTION_SECRET },
	{ "recipient", required_argument, NULL, OPTION_RECIPIENT },
	{ "yes", no_argument, NULL, OPTION_YES },
	{ 0 },
};

struct work {
	const char *given[OPTIONS];
	bool yes;
	struct home *home;
	struct record *record;
	struct filing *filing;
	struct openrosa *server;
	struct record_who who;
	int64_t now;
	char today[DESK_DAY];
	size_t ready, left_out;
	int status; /* the exit status so far */
};

static void work_done(struct work *work)
{
	openrosa_free(work->server);
	filing_free(work->filing);
	record_close(work->record);
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

static int read_options(int argc, char **argv, struct work *work)
{
	int option;

	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == OPTION_YES)
			work->yes = true;
		else if (option >= 0 && option < OPTIONS)
			work->given[option] = optarg;
		else
			return wrong("an option it does not know, or one "
				     "without its value");
	}
	for (int i = OPTION_TO; i < OPTIONS; i++) {
		if (!work->given[i])
			return wrong("where to (--to), as whom (--secret), and "
				     "for whom (--recipient)?");
	}
	return optind < argc ? EXIT_DONE : wrong("which visits?");
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
	enum openrosa_answer answer;
	int status = read_secret(work->given[OPTION_SECRET], secret);

	if (status)
		return status;
	answer = openrosa_open(work->given[OPTION_TO], secret,
			       home_is_demo(work->home), &work->server);
	if (answer == OPENROSA_TAKEN)
		return EXIT_DONE;
	complain(work->given[OPTION_TO], words[answer]);
	return answer == OPENROSA_NO_LIBRARY ? EXIT_ENVIRONMENT : EXIT_INPUT;
}

/* --- what the record says of it ------------------------------------------- */

/* A handover that was begun: from before anything goes until the server said
 * that it is there, so that an erasure names whoever may have it. */
static const char begun[] = "sending begun; not known to be there";

static bool is_begun(const struct entity *handover)
{
	const char *note = entity_text(handover, "note");

	return note && strcmp(note, begun) == 0;
}

struct earlier {
	bool sent;
	int64_t begun; /* the handover; 0: none */
};

static bool note_one(void *to, const struct entity *handover)
{
	struct earlier *earlier = to;

	if (is_begun(handover))
		earlier->begun = handover->id;
	else
		earlier->sent = true;
	return true;
}

static enum fault find_earlier(const struct work *work, int64_t visit,
			       struct earlier *earlier)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)visit);
	const struct entity_match matches[] = {
		{ "visit", id },
		{ "system", work->given[OPTION_RECIPIENT] },
		{ NULL, NULL },
	};

	*earlier = (struct earlier){ 0 };
	return entity_each(work->record, kind_find("handover"), matches, NULL,
			   0, &work->who, note_one, earlier);
}

/* --- which may go --------------------------------------------------------- */

/* Sets *why where it may not go, and *person else. */
static enum fault may_go(const struct work *work, int64_t id, int64_t *person,
			 const char **why)
{
	struct visit visit = { 0 };
	enum visit_found found;
	struct earlier earlier = { 0 };
	bool agreed = false;
	enum fault fault = visit_read(work->record, id, &found, &visit);

	if (fault)
		return fault;
	if (visit.keep != VISIT_KEEP_KEPT || visit.erased)
		*why = "its person did not agree to be kept, so it goes "
		       "nowhere; see `foyer visit keep`";
	visit_done(&visit);
	if (*why || (fault = find_earlier(work, id, &earlier)) ||
	    (fault = people_of_visit(work->record, id, person)))
		return fault;
	if (earlier.sent)
		*why = "is there already";
	else if (!*person)
		*why = "it is nobody's yet, so nobody could agree; attach its "
		       "person first";
	else if (!(fault = consent_holds(work->record, *person, "share",
					 work->given[OPTION_RECIPIENT],
					 work->today, &agreed)) &&
		 !agreed)
		*why = "its person did not agree to share it with this "
		       "recipient; see `foyer consent add`";
	return fault;
}

/* What goes of one; *why where nothing does. */
static enum fault collect(const struct work *work, const char *number,
			  int64_t *id, int64_t *person, struct outgoing *out,
			  const char **why)
{
	enum visit_found found = VISIT_FOUND;
	enum fault fault = visit_by_number(work->record, number, id);

	*why = NULL;
	if (!fault && !*id)
		*why = "no visit has this number";
	if (!fault && !*why)
		fault = may_go(work, *id, person, why);
	if (fault || *why)
		return fault;
	fault = filing_outgoing(work->filing, *id, &work->who, work->now,
				&found, out);
	if (!fault && found != VISIT_FOUND)
		*why = "its answers are erased, or its form is not here";
	return fault;
}

/* --- sending -------------------------------------------------------------- */

static void pause_for(int seconds)
{
	nanosleep(&(struct timespec){ .tv_sec = seconds }, NULL);
}

/* Three times; the same instanceID is the same submission there. */
static enum openrosa_answer send_one(const struct work *work,
				     const struct outgoing *out, bool *posted,
				     char said[OPENROSA_SAID])
{
	static const int pauses[] = { 1, 3 };
	enum openrosa_answer answer = openrosa_send(
	    work->server, out->xml.data, out->xml.length, posted, said);

	for (size_t i = 0; i < COUNT(pauses) && openrosa_may_again(answer);
	     i++) {
		pause_for(pauses[i]);
		answer = openrosa_send(work->server, out->xml.data,
				       out->xml.length, posted, said);
	}
	return answer;
}

static enum fault save(const struct work *work, struct entity *handover,
		       enum entity_answer *answer)
{
	const char *field = NULL;

	return entity_save(work->record, handover, SOURCE_TOLD, &work->who,
			   work->now, answer, &field);
}

/* *out is NULL where the record does not take it. */
static enum fault begin(const struct work *work, int64_t visit, int64_t person,
			const struct outgoing *sent, int64_t again,
			struct entity **out)
{
	SCOPED(entity_freep) struct entity *handover = NULL;
	const struct kind *kind = kind_find("handover");
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault =
	    again ? entity_read(work->record, kind, again, &work->who,
				work->now, &answer, &handover)
		  : entity_new(work->record, kind, &handover);

	if (fault || answer != ENTITY_DONE)
		return fault;
	(void)entity_set_number(handover, "visit", visit);
	(void)entity_set_number(handover, "person", person);
	(void)entity_set(handover, "system", work->given[OPTION_RECIPIENT]);
	(void)entity_set(handover, "their_id", sent->instance_id);
	(void)entity_set(handover, "note", begun);
	if (!(fault = save(work, handover, &answer)) && answer == ENTITY_DONE) {
		*out = handover;
		handover = NULL;
	}
	return fault;
}

/* Whether a server that answered so may have it, once it was posted. */
static bool may_be_there(enum openrosa_answer answer)
{
	return answer != OPENROSA_LOGIN && answer != OPENROSA_NO_FORM &&
	       answer != OPENROSA_TOO_LARGE && answer != OPENROSA_REFUSED;
}

/* Once it is known: it is there, or what was begun now led nowhere. What was
 * begun before may still be there. */
static enum fault settle(const struct work *work, struct entity *handover,
			 enum openrosa_answer sent, bool posted, bool again,
			 enum entity_answer *answer)
{
	*answer = ENTITY_DONE;
	if (sent == OPENROSA_TAKEN) {
		(void)entity_set(handover, "note", NULL);
		return save(work, handover, answer);
	}
	if (again || (posted && may_be_there(sent)))
		return FAULT_NONE;
	return entity_remove(work->record, handover->kind, handover->id,
			     "nothing went", &work->who, work->now, answer);
}

static void tell_one(const char *number, const char *status)
{
	line_print(json_pack("{ss ss}", "visit", number, "status", status));
}

static void tell_sent(struct work *work, const char *number,
		      enum openrosa_answer answer, const char *said)
{
	if (answer == OPENROSA_TAKEN) {
		tell_one(number, words[answer]);
		return;
	}
	fprintf(stderr, "foyer visit submit: %s: %s (%s)\n", number,
		words[answer], said);
	work->status =
	    openrosa_may_again(answer) ? EXIT_ENVIRONMENT : EXIT_INPUT;
}

static enum fault submit(struct work *work, const char *number, int64_t id,
			 int64_t person, const struct outgoing *out)
{
	SCOPED(entity_freep) struct entity *handover = NULL;
	char said[OPENROSA_SAID];
	struct earlier earlier = { 0 };
	enum openrosa_answer answer;
	enum entity_answer kept;
	bool posted = false;
	enum fault fault = find_earlier(work, id, &earlier);

	if (!fault)
		fault = begin(work, id, person, out, earlier.begun, &handover);
	if (!handover) {
		work->status = complain(
		    number, "the record does not take that it is sent, so "
			    "nothing was sent; see that the disk has room and "
			    "nobody changes this visit, and run it again");
		return fault;
	}
	answer = send_one(work, out, &posted, said);
	tell_sent(work, number, answer, said);
	fault =
	    settle(work, handover, answer, posted, earlier.begun != 0, &kept);
	if (fault || kept != ENTITY_DONE) {
		fprintf(stderr,
			"foyer visit submit: %s: what became of %s could not "
			"be written down; the record says that sending was "
			"begun. See that the disk has room, and run it again: "
			"nothing is there twice\n",
			number, out->instance_id);
		work->status = EXIT_ENVIRONMENT;
	}
	return fault;
}

/* Before anything went: what would, or that it cannot. */
static void tell_ready(struct work *work, const struct outgoing *out)
{
	work->ready++;
	work->left_out += out->left_out;
}

static enum fault each(struct work *work, char **numbers, bool sending)
{
	enum fault fault = FAULT_NONE;

	for (; *numbers && !fault; numbers++) {
		struct outgoing out = { 0 };
		int64_t id = 0, person = 0;
		const char *why = NULL;

		fault = collect(work, *numbers, &id, &person, &out, &why);
		if (!fault && why && !sending)
			work->status = complain(*numbers, why);
		else if (!fault && !why && sending)
			fault = submit(work, *numbers, id, person, &out);
		else if (!fault && !why)
			tell_ready(work, &out);
		outgoing_done(&out);
	}
	return fault;
}

static void tell_all(const struct work *work)
{
	fprintf(stderr,
		"%zu visits go to %s, for %s. %zu answers stay here: names, "
		"contacts, birthdays,\nwhat was written freely, private "
		"questions and what the form works out, unless\n[submit] in "
		"foyer.ini says otherwise.%s\n",
		work->ready, work->given[OPTION_TO],
		work->given[OPTION_RECIPIENT], work->left_out,
		work->yes ? "" : " Nothing was sent: say --yes to send it.");
}

int visit_submit(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { 0 };
	enum fault fault;
	int status = read_options(argc, argv, &work);

	if (status)
		return status;
	work.who = desk_who();
	work.now = desk_now();
	desk_today(work.now, work.today);
	if ((fault = desk_home(work.given[OPTION_HOME], &work.home)))
		return fault_exit(fault);
	if ((status = open_server(&work)))
		return status;
	if ((fault = desk_record(work.home, &work.record)) ||
	    (fault = filing_open(work.home, work.record, &work.filing)) ||
	    (fault = each(&work, argv + optind, false)))
		return fault_exit(fault);
	tell_all(&work);
	if (work.yes && work.ready)
		fault = each(&work, argv + optind, true);
	return fault ? fault_exit(fault) : work.status;
}
