#include "office/openrosa.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "seal/secret.h"

#define CONNECT 20 /* s, or less where that is all the patience there is */
#define REPLY_MOST (64 * 1024) /* bytes read of what a server says */

/* What is used of libcurl 7 and 8, as curl/curl.h has it; built alike where
 * that is not there. */
static const char *const libraries[] = { "libcurl.so.4",
					 "libcurl-gnutls.so.4" };

enum {
	OPT_WRITE_DATA = 10001,
	OPT_URL = 10002,
	OPT_USER_PASSWORD = 10005,
	OPT_WENT_WRONG = 10010,
	OPT_AGENT = 10018,
	OPT_HEADERS = 10023,
	OPT_HEADER_DATA = 10029,
	OPT_AUTHORITY = 10065,
	OPT_AUTHORITIES = 10097,
	OPT_NO_PROXY = 10177,
	OPT_MIME = 10269,
	OPT_WRITE = 20011,
	OPT_HEADER = 20079,
	OPT_TLS_VERSION = 32,
	OPT_NO_BODY = 44,
	OPT_NETRC = 51,
	OPT_FOLLOW = 52,
	OPT_VERIFY_PEER = 64,
	OPT_VERIFY_HOST = 81,
	OPT_NO_SIGNAL = 99,
	OPT_AUTH = 107,
	OPT_TIMEOUT = 13,
	OPT_CONNECT_TIMEOUT = 78,
	OPT_PROTOCOLS = 181,
	INFO_STATUS = 0x200002,
	PROTOCOL_HTTP = 1,
	PROTOCOL_HTTPS = 2,
	AUTH_BASIC = 1,
	AUTH_DIGEST = 2,
	WENT_WRONG = 256, /* bytes */
	TLS_1_2 = 6,
	ENDED_WELL = 0,
	ENDED_ADDRESS = 3,
	ENDED_TLS = 35,
	ENDED_CERTIFICATE = 60,
	ENDED_AUTHORITIES = 77,
	ENDED_STATUS = 91,
};

struct calls {
	void *(*begin)(void);
	void (*end)(void *easy);
	void (*reset)(void *easy);
	int (*set)(void *easy, int option, ...);
	int (*perform)(void *easy);
	int (*get)(void *easy, int info, ...);
	void *(*add_line)(void *list, const char *line);
	void (*free_lines)(void *list);
	void *(*mime)(void *easy);
	void *(*part)(void *mime);
	int (*part_name)(void *part, const char *name);
	int (*part_file)(void *part, const char *name);
	int (*part_type)(void *part, const char *type);
	int (*part_data)(void *part, const char *data, size_t length);
	void (*free_mime)(void *mime);
};

static const struct {
	const char *name;
	size_t place;
} symbols[] = {
	{ "curl_easy_init", offsetof(struct calls, begin) },
	{ "curl_easy_cleanup", offsetof(struct calls, end) },
	{ "curl_easy_reset", offsetof(struct calls, reset) },
	{ "curl_easy_setopt", offsetof(struct calls, set) },
	{ "curl_easy_perform", offsetof(struct calls, perform) },
	{ "curl_easy_getinfo", offsetof(struct calls, get) },
	{ "curl_slist_append", offsetof(struct calls, add_line) },
	{ "curl_slist_free_all", offsetof(struct calls, free_lines) },
	{ "curl_mime_init", offsetof(struct calls, mime) },
	{ "curl_mime_addpart", offsetof(struct calls, part) },
	{ "curl_mime_name", offsetof(struct calls, part_name) },
	{ "curl_mime_filename", offsetof(struct calls, part_file) },
	{ "curl_mime_type", offsetof(struct calls, part_type) },
	{ "curl_mime_data", offsetof(struct calls, part_data) },
	{ "curl_mime_free", offsetof(struct calls, free_mime) },
};

struct openrosa {
	struct calls calls;
	void *easy;
	char *url;
	char *login;  /* "USER:PASSWORD"; NULL: the token is in the address */
	char *secret; /* what of it nobody is to see: the password or token */
	char *authority;
	long patience; /* s */
	bool plain;
	bool digest; /* how it wants to know who we are */
};

/* What a server answered. */
struct reply {
	long status;
	bool openrosa;   /* it has X-OpenRosa-Version */
	bool elsewhere;  /* it has a Location that is not where we were */
	bool digest;     /* it asks for that, for who we are */
	long long takes; /* X-OpenRosa-Accept-Content-Length; -1: not said */
	const char *url;
	struct bytes body;
	char went_wrong[WENT_WRONG]; /* in libcurl's words */
};

/* --- opening -------------------------------------------------------------- */

/* The library stays: it keeps what it made for this process. */
static bool find_calls(struct calls *calls)
{
	void *library = NULL;

	for (size_t i = 0; !library && i < COUNT(libraries); i++)
		library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; library && i < COUNT(symbols); i++) {
		void *at = dlsym(library, symbols[i].name);

		if (!at)
			return false;
		memcpy((char *)calls + symbols[i].place, &at, sizeof at);
	}
	return library != NULL;
}

static bool may_go(const char *address, bool plain)
{
	static const char here[] = "http://127.0.0.1:";

	/* A login in the address would stand in logs, here and there. */
	if (strpbrk(address, " @#?\"\\") || strstr(address, ".."))
		return false;
	if (plain && !strncmp(address, here, strlen(here)))
		return true;
	return !strncmp(address, "https://", 8) && address[8] &&
	       address[8] != '/';
}

static bool is_token(const char *secret)
{
	return secret[0] &&
	       !secret[strspn(secret, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"
				      "OPQRSTUVWXYZ0123456789!$-_")];
}

/* "https://HOST/v1/projects/1" to ".../v1/key/TOKEN/projects/1/submission";
 * NULL: there is no place for a token in it. */
static char *whole_address(const char *address, const char *token)
{
	static const char end[] = "/submission";
	const char *at = token ? strstr(address, "/v1/") : address;
	size_t length = strlen(address);
	bool ends;

	if (!at)
		return NULL;
	while (length && address[length - 1] == '/')
		length--;
	ends = length >= strlen(end) &&
	       !strncmp(address + length - strlen(end), end, strlen(end));
	if (!token)
		return xasprintf("%.*s%s", (int)length, address,
				 ends ? "" : end);
	at += strlen("/v1/");
	return xasprintf("%.*skey/%s/%.*s%s", (int)(at - address), address,
			 token, (int)(address + length - at), at,
			 ends ? "" : end);
}

enum openrosa_answer openrosa_open(const struct openrosa_server *server,
				   struct openrosa **out)
{
	SCOPED(openrosa_freep)
	struct openrosa *openrosa = xcalloc(1, sizeof *openrosa);
	const char *secret = server->secret, *colon = strchr(secret, ':');

	if (!may_go(server->address, server->plain) ||
	    (!colon && !is_token(secret)))
		return OPENROSA_NO_ADDRESS;
	openrosa->url = whole_address(server->address, colon ? NULL : secret);
	if (!openrosa->url)
		return OPENROSA_NO_ADDRESS;
	openrosa->login = colon ? xstrdup(secret) : NULL;
	openrosa->secret = xstrdup(colon ? colon + 1 : secret);
	openrosa->authority =
	    server->authority ? xstrdup(server->authority) : NULL;
	openrosa->patience = server->patience;
	openrosa->plain = server->plain;
	if (!find_calls(&openrosa->calls) ||
	    !(openrosa->easy = openrosa->calls.begin()))
		return OPENROSA_NO_LIBRARY;
	*out = openrosa;
	openrosa = NULL;
	return OPENROSA_TAKEN;
}

void openrosa_free(struct openrosa *openrosa)
{
	if (!openrosa)
		return;
	if (openrosa->easy)
		openrosa->calls.end(openrosa->easy);
	char_wipe(openrosa->url);
	char_wipe(openrosa->login);
	char_wipe(openrosa->secret);
	free(openrosa->authority);
	free(openrosa);
}

/* --- what comes back ------------------------------------------------------ */

static size_t take_body(char *data, size_t size, size_t count, void *to)
{
	struct reply *reply = to;
	const size_t length = size * count;

	if (reply->body.length + length > REPLY_MOST)
		return 0;
	bytes_add(&reply->body, data, length);
	return length;
}

/* "Name: value" of a header, without blanks around the value; false: it is
 * another one. */
static bool is_header(const char *line, size_t length, const char *name,
		      char *value, size_t room)
{
	const size_t wide = strlen(name);
	size_t have;

	if (length < wide || strncasecmp(line, name, wide) != 0)
		return false;
	line += wide;
	length -= wide;
	while (length && (*line == ' ' || *line == '\t')) {
		line++;
		length--;
	}
	while (length && strchr("\r\n \t", line[length - 1]))
		length--;
	have = length < room - 1 ? length : room - 1;
	memcpy(value, line, have);
	value[have] = 0;
	return true;
}

static size_t take_header(char *data, size_t size, size_t count, void *to)
{
	struct reply *reply = to;
	const size_t length = size * count;
	char value[2000], *end;

	if (is_header(data, length, "X-OpenRosa-Version:", value, sizeof value))
		reply->openrosa = true;
	else if (is_header(data, length, "Location:", value, sizeof value))
		reply->elsewhere = strcmp(value, reply->url) != 0;
	else if (is_header(data, length, "WWW-Authenticate:", value,
			   sizeof value))
		reply->digest |= strncasecmp(value, "Digest ", 7) == 0;
	else if (is_header(data, length, "X-OpenRosa-Accept-Content-Length:",
			   value, sizeof value)) {
		reply->takes = strtoll(value, &end, 10);
		if (end == value || *end || reply->takes < 0)
			reply->takes = -1;
	}
	return length;
}

/* --- asking --------------------------------------------------------------- */

/* Whom we believe, and where we go. */
static void prepare_trust(const struct openrosa *openrosa)
{
	int (*set)(void *, int, ...) = openrosa->calls.set;
	void *easy = openrosa->easy;

	set(easy, OPT_PROTOCOLS,
	    openrosa->plain ? (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS)
			    : (long)PROTOCOL_HTTPS);
	set(easy, OPT_FOLLOW, 0L);
	set(easy, OPT_VERIFY_PEER, 1L);
	set(easy, OPT_VERIFY_HOST, 2L);
	set(easy, OPT_TLS_VERSION, (long)TLS_1_2);
	if (openrosa->authority) {
		set(easy, OPT_AUTHORITY, openrosa->authority);
		set(easy, OPT_AUTHORITIES, NULL);
	}
}

static void prepare(const struct openrosa *openrosa, struct reply *reply,
		    void *lines)
{
	int (*set)(void *, int, ...) = openrosa->calls.set;
	const long patience = openrosa->patience;
	void *easy = openrosa->easy;

	openrosa->calls.reset(easy);
	set(easy, OPT_URL, openrosa->url);
	prepare_trust(openrosa);
	set(easy, OPT_NETRC, 0L);
	set(easy, OPT_NO_SIGNAL, 1L);
	set(easy, OPT_NO_PROXY, "127.0.0.1");
	set(easy, OPT_CONNECT_TIMEOUT, patience < CONNECT ? patience : CONNECT);
	set(easy, OPT_TIMEOUT, patience);
	set(easy, OPT_AGENT, "Foyer");
	set(easy, OPT_HEADERS, lines);
	set(easy, OPT_WRITE, take_body);
	set(easy, OPT_WRITE_DATA, reply);
	set(easy, OPT_HEADER, take_header);
	set(easy, OPT_HEADER_DATA, reply);
	set(easy, OPT_WENT_WRONG, reply->went_wrong);
	if (openrosa->login) {
		set(easy, OPT_AUTH,
		    openrosa->digest ? (long)AUTH_DIGEST : (long)AUTH_BASIC);
		set(easy, OPT_USER_PASSWORD, openrosa->login);
	}
}

static enum openrosa_answer of_end(int end)
{
	switch (end) {
	case ENDED_WELL:
		return OPENROSA_TAKEN;
	case ENDED_ADDRESS:
		return OPENROSA_NO_ADDRESS;
	case ENDED_TLS:
	case ENDED_CERTIFICATE:
	case ENDED_STATUS:
		return OPENROSA_UNTRUSTED;
	case ENDED_AUTHORITIES:
		return OPENROSA_AUTHORITY;
	default:
		return OPENROSA_UNREACHABLE;
	}
}

/* mime: what is posted; NULL: HEAD. */
static enum openrosa_answer ask(const struct openrosa *openrosa, void *mime,
				struct reply *reply)
{
	const struct calls *calls = &openrosa->calls;
	void *lines = calls->add_line(NULL, "X-OpenRosa-Version: 1.0");
	enum openrosa_answer answer;

	/* The whole is small: nothing is waited for in the middle of it. */
	lines = calls->add_line(lines, "Expect:");
	*reply = (struct reply){ .takes = -1, .url = openrosa->url };
	bytes_add_text(&reply->body, "");
	prepare(openrosa, reply, lines);
	if (mime)
		calls->set(openrosa->easy, OPT_MIME, mime);
	else
		calls->set(openrosa->easy, OPT_NO_BODY, 1L);
	answer = of_end(calls->perform(openrosa->easy));
	if (calls->get(openrosa->easy, INFO_STATUS, &reply->status))
		reply->status = 0;
	calls->free_lines(lines);
	return answer;
}

static enum openrosa_answer of_status(const struct reply *reply)
{
	static const struct {
		long status;
		enum openrosa_answer answer;
	} known[] = {
		{ 401, OPENROSA_LOGIN },     { 403, OPENROSA_LOGIN },
		{ 404, OPENROSA_NO_FORM },   { 409, OPENROSA_CONFLICT },
		{ 413, OPENROSA_TOO_LARGE }, { 429, OPENROSA_BUSY },
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		if (known[i].status == reply->status)
			return known[i].answer;
	}
	return reply->status >= 500   ? OPENROSA_BUSY
	       : reply->status >= 400 ? OPENROSA_REFUSED
	       : reply->status >= 300 ? OPENROSA_ELSEWHERE
				      : OPENROSA_NOT_ONE;
}

/* HEAD: 204 is what the specification wants, and some say 200. It is where a
 * server says that it wants a digest. */
static enum openrosa_answer look(struct openrosa *openrosa, size_t length,
				 struct reply *reply)
{
	enum openrosa_answer answer = ask(openrosa, NULL, reply);

	if (reply->status == 401 && reply->digest && !openrosa->digest) {
		openrosa->digest = true;
		bytes_done(&reply->body);
		answer = ask(openrosa, NULL, reply);
	}
	if (answer != OPENROSA_TAKEN)
		return answer;
	if (reply->status != 204 && reply->status != 200)
		return of_status(reply);
	if (!reply->openrosa)
		return OPENROSA_NOT_ONE;
	if (reply->elsewhere)
		return OPENROSA_ELSEWHERE;
	return reply->takes >= 0 && (long long)length > reply->takes
		   ? OPENROSA_TOO_LARGE
		   : OPENROSA_TAKEN;
}

static enum openrosa_answer post(const struct openrosa *openrosa,
				 const void *xml, size_t length,
				 struct reply *reply)
{
	const struct calls *calls = &openrosa->calls;
	void *mime = calls->mime(openrosa->easy);
	void *part = calls->part(mime);
	enum openrosa_answer answer;

	calls->part_name(part, "xml_submission_file");
	calls->part_file(part, "submission.xml");
	calls->part_type(part, "text/xml");
	calls->part_data(part, xml, length);
	answer = ask(openrosa, mime, reply);
	calls->free_mime(mime);
	if (answer != OPENROSA_TAKEN)
		return answer;
	if (reply->status != 201 && reply->status != 202)
		return of_status(reply);
	return reply->openrosa ? OPENROSA_TAKEN : OPENROSA_NOT_ONE;
}

/* How much of text is the secret, as it is or with %24 for a character. */
static size_t echoed(const char *text, const char *secret)
{
	const char *at = text;

	for (; *secret; secret++) {
		char code[4];

		snprintf(code, sizeof code, "%%%02X", (unsigned char)*secret);
		if (strncasecmp(at, code, 3) == 0)
			at += 3;
		else if (*at++ != *secret)
			return 0;
	}
	return (size_t)(at - text);
}

/* One line of what it said, or of what went wrong before it could, for a
 * terminal: ASCII, and no control character. */
static void tell(const struct openrosa *openrosa, const struct reply *reply,
		 char said[OPENROSA_SAID])
{
	SCOPED(bytes_wipe) struct bytes plain = { 0 };
	const char *words =
	    reply->status ? (const char *)reply->body.data : reply->went_wrong;
	size_t left =
	    reply->status ? reply->body.length : strlen(reply->went_wrong);
	size_t length = 0;

	if (reply->status)
		length = (size_t)snprintf(said, OPENROSA_SAID, "%ld ",
					  reply->status);
	for (; left; left--, words++) {
		if (*words >= ' ' && *words <= '~')
			bytes_add_byte(&plain, (uint8_t)*words);
	}
	bytes_add_byte(&plain, 0);
	for (const char *at = (const char *)plain.data;
	     *at && length < OPENROSA_SAID - 1;) {
		const size_t secret = echoed(at, openrosa->secret);

		said[length++] = secret ? '*' : *at;
		at += secret ? secret : 1;
	}
	while (length && said[length - 1] == ' ')
		length--;
	said[length] = 0;
}

enum openrosa_answer openrosa_send(struct openrosa *openrosa, const void *xml,
				   size_t length, bool *posted,
				   char said[OPENROSA_SAID])
{
	struct reply reply;
	enum openrosa_answer answer = look(openrosa, length, &reply);

	if (answer == OPENROSA_TAKEN) {
		bytes_done(&reply.body);
		*posted = true;
		answer = post(openrosa, xml, length, &reply);
	}
	tell(openrosa, &reply, said);
	bytes_done(&reply.body);
	return answer;
}

bool openrosa_may_again(enum openrosa_answer answer)
{
	return answer == OPENROSA_UNREACHABLE || answer == OPENROSA_BUSY;
}

bool openrosa_is_about_one(enum openrosa_answer answer)
{
	return answer == OPENROSA_TAKEN || answer == OPENROSA_CONFLICT ||
	       answer == OPENROSA_TOO_LARGE || answer == OPENROSA_REFUSED;
}
