#include "office/openrosa.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office/openrosa_reply.h"
#include "seal/secret.h"

#define CONNECT 20 /* s, or less where that is all the patience there is */

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

static void prepare(const struct openrosa *openrosa,
		    struct openrosa_reply *reply, void *lines)
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
	set(easy, OPT_WRITE, openrosa_reply_body);
	set(easy, OPT_WRITE_DATA, reply);
	set(easy, OPT_HEADER, openrosa_reply_header);
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
				struct openrosa_reply *reply)
{
	const struct calls *calls = &openrosa->calls;
	void *lines = calls->add_line(NULL, "X-OpenRosa-Version: 1.0");
	enum openrosa_answer answer;

	/* The whole is small: nothing is waited for in the middle of it. */
	lines = calls->add_line(lines, "Expect:");
	openrosa_reply_init(reply, openrosa->url);
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

/* HEAD, which is where a server says that it wants a digest. */
static enum openrosa_answer look(struct openrosa *openrosa, size_t length,
				 struct openrosa_reply *reply)
{
	enum openrosa_answer answer = ask(openrosa, NULL, reply);

	if (reply->status == 401 && reply->digest && !openrosa->digest) {
		openrosa->digest = true;
		openrosa_reply_done(reply);
		answer = ask(openrosa, NULL, reply);
	}
	return answer == OPENROSA_TAKEN ? openrosa_reply_looked(reply, length)
					: answer;
}

static enum openrosa_answer post(const struct openrosa *openrosa,
				 const void *xml, size_t length,
				 struct openrosa_reply *reply)
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
	return answer == OPENROSA_TAKEN ? openrosa_reply_posted(reply) : answer;
}

enum openrosa_answer openrosa_send(struct openrosa *openrosa, const void *xml,
				   size_t length, bool *posted,
				   char said[OPENROSA_SAID])
{
	struct openrosa_reply reply;
	enum openrosa_answer answer = look(openrosa, length, &reply);

	if (answer == OPENROSA_TAKEN) {
		openrosa_reply_done(&reply);
		*posted = true;
		answer = post(openrosa, xml, length, &reply);
	}
	openrosa_reply_tell(&reply, openrosa->secret, said);
	openrosa_reply_done(&reply);
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
