#include "print/queue.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define LIBRARY "libcups.so.2"
#define CONNECT_MS 5000
#define ANSWER_S 10.0 /* for a request; a scheduler that hangs is given up */

/* What is used of libcups 2, as cups/http.h, cups/ipp.h and cups/cups.h have
 * it; built alike where these are not there. */
struct http;
struct ipp;
struct attribute;

struct calls {
	const char *(*server)(void);
	int (*port)(void);
	int (*encryption)(void);
	const char *(*user)(void);
	void (*set_password)(const char *(*ask)(const char *, struct http *,
						const char *, const char *,
						void *),
			     void *to);
	struct http *(*connect)(const char *host, int port, void *addresses,
				int family, int encryption, int blocking,
				int msec, int *cancel);
	void (*set_timeout)(struct http *http, double seconds,
			    int (*ask)(struct http *, void *), void *to);
	void (*close)(struct http *http);
	struct ipp *(*request)(int operation);
	struct attribute *(*add)(struct ipp *ipp, int group, int type,
				 const char *name, const char *language,
				 const char *value);
	struct attribute *(*add_all)(struct ipp *ipp, int group, int type,
				     const char *name, int count,
				     const char *language,
				     const char *const *values);
	struct attribute *(*add_number)(struct ipp *ipp, int group, int type,
					const char *name, int value);
	struct attribute *(*add_boolean)(struct ipp *ipp, int group,
					 const char *name, char value);
	struct ipp *(*send)(struct http *http, struct ipp *request,
			    const char *resource);
	struct ipp *(*send_file)(struct http *http, struct ipp *request,
				 const char *resource, const char *path);
	const char *(*last_error)(void);
	int (*last_status)(void);
	int (*status)(const struct ipp *ipp);
	struct attribute *(*find)(struct ipp *ipp, const char *name, int type);
	struct attribute *(*first)(struct ipp *ipp);
	struct attribute *(*next)(struct ipp *ipp);
	const char *(*name)(const struct attribute *attribute);
	int (*count)(const struct attribute *attribute);
	const char *(*text)(const struct attribute *attribute, int place,
			    const char **language);
	int (*number)(const struct attribute *attribute, int place);
	int (*boolean)(const struct attribute *attribute, int place);
	void (*free)(struct ipp *ipp);
};

static const struct {
	const char *name;
	size_t place;
} symbols[] = {
#define CALL(field, symbol)                            \
	{                                              \
#symbol, offsetof(struct calls, field) \
	}
	CALL(server, cupsServer),
	CALL(port, ippPort),
	CALL(encryption, cupsEncryption),
	CALL(user, cupsUser),
	CALL(set_password, cupsSetPasswordCB2),
	CALL(connect, httpConnect2),
	CALL(set_timeout, httpSetTimeout),
	CALL(close, httpClose),
	CALL(request, ippNewRequest),
	CALL(add, ippAddString),
	CALL(add_all, ippAddStrings),
	CALL(add_number, ippAddInteger),
	CALL(add_boolean, ippAddBoolean),
	CALL(send, cupsDoRequest),
	CALL(send_file, cupsDoFileRequest),
	CALL(last_error, cupsLastErrorString),
	CALL(last_status, cupsLastError),
	CALL(status, ippGetStatusCode),
	CALL(find, ippFindAttribute),
	CALL(first, ippFirstAttribute),
	CALL(next, ippNextAttribute),
	CALL(name, ippGetName),
	CALL(count, ippGetCount),
	CALL(text, ippGetString),
	CALL(number, ippGetInteger),
	CALL(boolean, ippGetBoolean),
	CALL(free, ippDelete),
#undef CALL
};

/* Numbers of RFC 8010 and 8011, and CUPS' own operation. */
enum {
	PRINT_JOB = 0x0002,
	CANCEL_JOB = 0x0008,
	GET_JOB = 0x0009,
	GET_JOBS = 0x000A,
	GET_PRINTER = 0x000B,
	GET_PRINTERS = 0x4002,
	TAG_OPERATION = 0x01,
	TAG_JOB = 0x02,
	TAG_INTEGER = 0x21,
	TAG_ANY = 0x00,
	TAG_NAME = 0x42,
	TAG_KEYWORD = 0x44,
	TAG_URI = 0x45,
	TAG_MIME = 0x49,
	STATUS_WRONG = 0x0100,  /* from here on */
	STATUS_CLIENT = 0x0400, /* the request's fault; HTTP's 4xx, too */
	STATUS_NOT_FOUND = 0x0406,
	STATUS_SERVER = 0x0500, /* and of libcups: the connection broke */
	STATUS_NOT_ACCEPTING = 0x0506,
	STATUS_LOGIN = 0x1000, /* libcups' own, to STATUS_UPGRADE */
	STATUS_UPGRADE = 0x1002,
	PRINTER_PROCESSING = 4,
	PRINTER_STOPPED = 5,
	JOB_PROCESSING = 5,
	JOB_HELD = 6,
	JOB_CANCELLED = 7,
	JOB_ABORTED = 8,
	JOB_COMPLETED = 9,
};

struct queue {
	void *library;
	struct calls calls;
	struct http *http;
};

/* --- opening
 * -------------------------------------------------------------------- */

static bool find_calls(struct queue *queue)
{
	if (!(queue->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL)))
		return false;
	for (size_t i = 0; i < COUNT(symbols); i++) {
		void *at = dlsym(queue->library, symbols[i].name);

		if (!at)
			return false;
		memcpy((char *)&queue->calls + symbols[i].place, &at,
		       sizeof at);
	}
	return true;
}

/* Nobody sits here who could be asked. */
static const char *no_password(const char *prompt, struct http *http,
			       const char *method, const char *resource,
			       void *to)
{
	(void)prompt;
	(void)http;
	(void)method;
	(void)resource;
	(void)to;
	return NULL;
}

enum queue_answer queue_open(struct queue **out)
{
	SCOPED(queue_freep) struct queue *queue = xcalloc(1, sizeof *queue);
	const struct calls *calls = &queue->calls;

	if (!find_calls(queue))
		return QUEUE_NO_LIBRARY;
	calls->set_password(no_password, NULL);
	queue->http = calls->connect(calls->server(), calls->port(), NULL, 0,
				     calls->encryption(), 1, CONNECT_MS, NULL);
	if (!queue->http)
		return QUEUE_NO_SCHEDULER;
	calls->set_timeout(queue->http, ANSWER_S, NULL, NULL);
	*out = queue;
	queue = NULL;
	return QUEUE_DONE;
}

/* The library stays: it keeps what it made for this process. */
void queue_free(struct queue *queue)
{
	if (!queue)
		return;
	if (queue->http)
		queue->calls.close(queue->http);
	free(queue);
}

/* --- how a printer is
 * ----------------------------------------------------------- */

static const char *const words[QUEUE_TROUBLES] = {
	[QUEUE_WELL] = "ready",       [QUEUE_NO_PAPER] = "no-paper",
	[QUEUE_COVER] = "cover-open", [QUEUE_JAM] = "jam",
	[QUEUE_NO_INK] = "no-ink",    [QUEUE_OFFLINE] = "offline",
	[QUEUE_STOPPED] = "stopped",
};

const char *queue_trouble_word(enum queue_trouble trouble)
{
	return words[trouble];
}

/* printer-state-reasons (RFC 8011, 5.4.12), without "-error" and the like
 * behind them; the first that fits counts. Every job begins with
 * "connecting-to-device", which is no trouble. */
static const struct {
	const char *reason;
	enum queue_trouble trouble;
} reasons[] = {
	{ "media-empty", QUEUE_NO_PAPER },
	{ "media-needed", QUEUE_NO_PAPER },
	{ "media-jam", QUEUE_JAM },
	{ "cover-open", QUEUE_COVER },
	{ "door-open", QUEUE_COVER },
	{ "interlock-open", QUEUE_COVER },
	{ "toner-empty", QUEUE_NO_INK },
	{ "marker-supply-empty", QUEUE_NO_INK },
	{ "offline", QUEUE_OFFLINE },
	{ "timed-out", QUEUE_OFFLINE },
	{ "shutdown", QUEUE_OFFLINE },
	{ "paused", QUEUE_STOPPED },
};

static enum queue_trouble trouble_of(const char *reason)
{
	for (size_t i = 0; i < COUNT(reasons); i++) {
		const size_t length = strlen(reasons[i].reason);

		if (!strncmp(reason, reasons[i].reason, length) &&
		    (!reason[length] || reason[length] == '-'))
			return reasons[i].trouble;
	}
	return QUEUE_WELL;
}

/* A warning prints on; a queue that is stopped names the graver reason. */
static void take_reasons(const struct calls *calls,
			 const struct attribute *attribute,
			 struct queue_printer *printer)
{
	for (int i = 0; i < calls->count(attribute); i++) {
		const char *reason = calls->text(attribute, i, NULL);
		const enum queue_trouble trouble =
		    reason ? trouble_of(reason) : QUEUE_WELL;

		if (trouble &&
		    (!printer->trouble || printer->trouble == QUEUE_STOPPED))
			printer->trouble = trouble;
	}
}

/* A printer that a response describes. */
struct printer_row {
	struct queue_printer printer;
	queue_visit *visit;
	void *to;
};

static void take_printer(const struct calls *calls,
			 const struct attribute *attribute, void *row)
{
	struct queue_printer *printer = &((struct printer_row *)row)->printer;
	const char *name = calls->name(attribute);

	if (!strcmp(name, "printer-name")) {
		printer->name = calls->text(attribute, 0, NULL);
	} else if (!strcmp(name, "printer-info")) {
		printer->info = calls->text(attribute, 0, NULL);
	} else if (!strcmp(name, "printer-state")) {
		const int state = calls->number(attribute, 0);

		printer->busy = state == PRINTER_PROCESSING;
		printer->stopped = state == PRINTER_STOPPED;
		if (printer->stopped && !printer->trouble)
			printer->trouble = QUEUE_STOPPED;
	} else if (!strcmp(name, "printer-is-accepting-jobs")) {
		printer->accepting = calls->boolean(attribute, 0);
	} else if (!strcmp(name, "printer-state-reasons")) {
		take_reasons(calls, attribute, printer);
	}
}

static void end_printer(void *to)
{
	struct printer_row *row = to;

	if (row->printer.name)
		row->visit(row->to, &row->printer);
	row->printer = (struct queue_printer){ .accepting = true };
}

static const char *const wanted[] = {
	"printer-name",          "printer-info",
	"printer-state",         "printer-is-accepting-jobs",
	"printer-state-reasons",
};

/* Of no answer that was understood: the scheduler did not want the request, by
 * HTTP, or libcups did not send it on (a login, TLS). */
static bool is_refusal(int status)
{
	return (status >= STATUS_CLIENT && status < STATUS_SERVER) ||
	       (status >= STATUS_LOGIN && status <= STATUS_UPGRADE);
}

/* response NULL: there is none. */
static enum queue_answer judge(struct queue *queue, struct ipp *response,
			       const char *doing)
{
	const struct calls *calls = &queue->calls;
	const int status =
	    response ? calls->status(response) : calls->last_status();

	if (response && status < STATUS_WRONG)
		return QUEUE_DONE;
	log_error("CUPS: %s: %s", doing, calls->last_error());
	if (!response && !is_refusal(status))
		return QUEUE_NO_SCHEDULER;
	return status == STATUS_NOT_FOUND       ? QUEUE_NO_PRINTER
	       : status == STATUS_NOT_ACCEPTING ? QUEUE_CLOSED
						: QUEUE_REFUSED;
}

static void let_go(struct queue *queue, struct ipp *response)
{
	if (response)
		queue->calls.free(response);
}

/* A response about several things: their attributes, and how each one ends. */
struct taking {
	void (*attribute)(const struct calls *calls,
			  const struct attribute *attribute, void *row);
	void (*end)(void *row);
	void *row;
};

/* An attribute without a name stands between two of them. */
static void take_all(struct queue *queue, struct ipp *response,
		     const struct taking *taking)
{
	const struct calls *calls = &queue->calls;
	struct attribute *at;

	for (at = calls->first(response); at; at = calls->next(response)) {
		if (calls->name(at))
			taking->attribute(calls, at, taking->row);
		else
			taking->end(taking->row);
	}
	taking->end(taking->row);
}

enum queue_answer queue_each(struct queue *queue, queue_visit *visit, void *to)
{
	const struct calls *calls = &queue->calls;
	struct ipp *ask = calls->request(GET_PRINTERS);
	struct printer_row row = { { .accepting = true }, visit, to };
	struct ipp *response;
	enum queue_answer answer;

	calls->add_all(ask, TAG_OPERATION, TAG_KEYWORD, "requested-attributes",
		       COUNT(wanted), NULL, wanted);
	response = calls->send(queue->http, ask, "/");
	/* A scheduler without queues says that there are none. */
	if (response && calls->status(response) == STATUS_NOT_FOUND) {
		calls->free(response);
		return QUEUE_DONE;
	}
	answer = judge(queue, response, "its printers");
	if (!answer)
		take_all(queue, response,
			 &(struct taking){ take_printer, end_printer, &row });
	let_go(queue, response);
	return answer;
}

/* --- a job
 * ---------------------------------------------------------------------- */

static char *resource_of(const char *name)
{
	return xasprintf("/printers/%s", name);
}

static struct ipp *request_to(struct queue *queue, int operation,
			      const char *resource)
{
	SCOPED(char_freep) char *uri = xasprintf("ipp://localhost%s", resource);
	struct ipp *request = queue->calls.request(operation);

	queue->calls.add(request, TAG_OPERATION, TAG_URI, "printer-uri", NULL,
			 uri);
	/* Whose a job is: nobody else's is shown its title, or cancelled. */
	queue->calls.add(request, TAG_OPERATION, TAG_NAME,
			 "requesting-user-name", NULL, queue->calls.user());
	return request;
}

/* A queue's name is a part of a path. */
static bool is_name(const char *name)
{
	return *name && !strpbrk(name, "/#?% ") && name[0] != '.';
}

enum queue_answer queue_send(struct queue *queue, const char *name,
			     const char *title, const char *path,
			     const char *scaling, int *job)
{
	const struct calls *calls = &queue->calls;
	SCOPED(char_freep) char *resource = resource_of(name);
	struct attribute *id;
	struct ipp *request, *response;
	enum queue_answer answer;

	if (!is_name(name))
		return QUEUE_NO_PRINTER;
	request = request_to(queue, PRINT_JOB, resource);
	calls->add(request, TAG_OPERATION, TAG_NAME, "job-name", NULL, title);
	calls->add(request, TAG_OPERATION, TAG_MIME, "document-format", NULL,
		   "application/pdf");
	if (scaling)
		calls->add(request, TAG_JOB, TAG_KEYWORD, "print-scaling", NULL,
			   scaling);
	response = calls->send_file(queue->http, request, resource, path);
	answer = judge(queue, response, name);
	id = answer ? NULL : calls->find(response, "job-id", TAG_INTEGER);
	if (!answer && !id)
		answer = QUEUE_REFUSED;
	if (id)
		*job = calls->number(id, 0);
	let_go(queue, response);
	return answer;
}

/* A job that a response describes; the scheduler's word that it is this user's
 * is not taken. */
struct own_row {
	const char *user, *owner, *title;
	int job;
	queue_own_visit *visit;
	void *to;
};

static void take_job(const struct calls *calls,
		     const struct attribute *attribute, void *to)
{
	struct own_row *row = to;
	const char *name = calls->name(attribute);

	if (!strcmp(name, "job-id"))
		row->job = calls->number(attribute, 0);
	else if (!strcmp(name, "job-name"))
		row->title = calls->text(attribute, 0, NULL);
	else if (!strcmp(name, "job-originating-user-name"))
		row->owner = calls->text(attribute, 0, NULL);
}

static void end_job(void *to)
{
	struct own_row *row = to;

	if (row->job && row->title && row->owner &&
	    !strcmp(row->owner, row->user))
		row->visit(row->to, row->job, row->title);
	row->job = 0;
	row->title = row->owner = NULL;
}

enum queue_answer queue_own(struct queue *queue, const char *name,
			    queue_own_visit *visit, void *to)
{
	static const char *const asked[] = { "job-id", "job-name",
					     "job-originating-user-name" };
	const struct calls *calls = &queue->calls;
	SCOPED(char_freep) char *resource = resource_of(name);
	struct ipp *request = request_to(queue, GET_JOBS, resource);
	struct own_row row = { .user = calls->user(),
			       .visit = visit,
			       .to = to };
	struct ipp *response;
	enum queue_answer answer;

	calls->add_number(request, TAG_OPERATION, TAG_INTEGER, "limit",
			  QUEUE_OWN_MOST);
	calls->add_all(request, TAG_OPERATION, TAG_KEYWORD,
		       "requested-attributes", COUNT(asked), NULL, asked);
	calls->add(request, TAG_OPERATION, TAG_KEYWORD, "which-jobs", NULL,
		   "not-completed");
	calls->add_boolean(request, TAG_OPERATION, "my-jobs", 1);
	response = calls->send(queue->http, request, resource);
	answer = judge(queue, response, name);
	if (!answer)
		take_all(queue, response,
			 &(struct taking){ take_job, end_job, &row });
	let_go(queue, response);
	return answer;
}

void queue_cancel(struct queue *queue, const char *name, int job)
{
	const struct calls *calls = &queue->calls;
	SCOPED(char_freep) char *resource = resource_of(name);
	struct ipp *request = request_to(queue, CANCEL_JOB, resource);
	struct ipp *response;

	calls->add_number(request, TAG_OPERATION, TAG_INTEGER, "job-id", job);
	response = calls->send(queue->http, request, resource);
	/* One that is over cannot be taken back, as the log says. */
	(void)judge(queue, response, name);
	let_go(queue, response);
}

static enum queue_state state_of(int state)
{
	return state == JOB_COMPLETED    ? QUEUE_PRINTED
	       : state == JOB_CANCELLED  ? QUEUE_CANCELLED
	       : state == JOB_ABORTED    ? QUEUE_ABORTED
	       : state == JOB_HELD       ? QUEUE_HELD
	       : state == JOB_PROCESSING ? QUEUE_PRINTING
					 : QUEUE_WAITING;
}

static void see_printer(void *to, const struct queue_printer *printer)
{
	struct queue_view *view = to;

	view->trouble = printer->trouble;
	view->stopped = printer->stopped;
}

static enum queue_answer look_at_printer(struct queue *queue,
					 const char *resource,
					 struct queue_view *view)
{
	const struct calls *calls = &queue->calls;
	struct ipp *request = request_to(queue, GET_PRINTER, resource);
	struct printer_row row = { { .accepting = true }, see_printer, view };
	struct ipp *response;
	enum queue_answer answer;

	calls->add_all(request, TAG_OPERATION, TAG_KEYWORD,
		       "requested-attributes", COUNT(wanted), NULL, wanted);
	response = calls->send(queue->http, request, resource);
	answer = judge(queue, response, resource);
	if (!answer)
		take_all(queue, response,
			 &(struct taking){ take_printer, end_printer, &row });
	let_go(queue, response);
	return answer;
}

enum queue_answer queue_look(struct queue *queue, const char *name, int job,
			     struct queue_view *view)
{
	const struct calls *calls = &queue->calls;
	SCOPED(char_freep) char *resource = resource_of(name);
	struct ipp *request = request_to(queue, GET_JOB, resource);
	struct attribute *found;
	struct ipp *response;
	enum queue_answer answer;

	calls->add_number(request, TAG_OPERATION, TAG_INTEGER, "job-id", job);
	calls->add(request, TAG_OPERATION, TAG_KEYWORD, "requested-attributes",
		   NULL, "job-state");
	response = calls->send(queue->http, request, resource);
	answer = judge(queue, response, name);
	found = answer ? NULL : calls->find(response, "job-state", TAG_ANY);
	*view = (struct queue_view){
		.state =
		    found ? state_of(calls->number(found, 0)) : QUEUE_WAITING,
	};
	let_go(queue, response);
	return answer ? answer : look_at_printer(queue, resource, view);
}
