/* What the doctor looks at of the ways in: ports, accounts, old mends. */
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/file.h"
#include "doctor/found.h"

/* --- ports -----------------------------------------------------------------
 */

/* proc(5), net/tcp: the state of a socket. */
#define TCP_LISTEN 0x0a
#define UDP_OPEN 0x07
/* Where answers of a network's own set-up come to: DHCP, also version 6. */
#define DHCP 68
#define DHCP6 546

struct family {
	const char *name, *word;
	unsigned state;
};

/* An address in hex, each 32 bits in the machine's order: 127.0.0.0/8, ::1, or
 * the former in the latter. Little-endian machines alone run Foyer. */
static bool is_loopback(const char *hex)
{
	static const char mapped[] = "0000000000000000FFFF0000";
	size_t length = strlen(hex);

	if (length == 32 && !strncmp(hex, mapped, strlen(mapped)))
		return !strcmp(hex + 30, "7F");
	if (length == 32)
		return !strcmp(hex, "00000000000000000000000001000000");
	return length == 8 && !strcmp(hex + 6, "7F");
}

static void take_line(const char *line, const struct family *family,
		      struct bytes *ports)
{
	char address[40], word[24];
	unsigned port, state;

	if (sscanf(line, " %*u: %39[0-9A-F]:%x %*[0-9A-F]:%*x %x", address,
		   &port, &state) != 3 ||
	    state != family->state || is_loopback(address))
		return;
	if (state == UDP_OPEN && (port == DHCP || port == DHCP6))
		return;
	snprintf(word, sizeof word, " %s %u,", family->word, port);
	/* Once, though it be open in both versions. */
	if (!strstr((const char *)ports->data, word))
		bytes_add_text(ports, word);
}

/* False: there is no such table. */
static bool read_table(const struct doctor_place *place,
		       const struct family *family, struct bytes *ports)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/net/%s", place->proc, family->name);
	FILE *file = fopen(path, "re");
	char line[512];

	if (!file)
		return false;
	while (fgets(line, sizeof line, file))
		take_line(line, family, ports);
	fclose(file);
	return true;
}

void doctor_listening(const struct doctor_place *place,
		      struct doctor_found *found)
{
	static const struct family families[] = {
		{ "tcp", "tcp", TCP_LISTEN },
		{ "tcp6", "tcp", TCP_LISTEN },
		{ "udp", "udp", UDP_OPEN },
		{ "udp6", "udp", UDP_OPEN },
	};
	struct bytes ports = { 0 };
	bool seen = false;

	bytes_add_text(&ports, "");
	for (size_t i = 0; i < COUNT(families); i++)
		seen |= read_table(place, &families[i], &ports);
	if (ports.length) {
		ports.data[ports.length - 1] = 0; /* the last comma */
		doctor_wrong(found, "doctor.listening_reached",
			     DOCTOR_PUT({ .name = "ports",
					  .text = (char *)ports.data + 1 }));
	} else if (seen)
		doctor_well(found, "doctor.listening_none", NULL);
	else {
		SCOPED(char_freep)
		char *path = xasprintf("%s/net/tcp", place->proc);

		doctor_unseen(found, "doctor.unread",
			      DOCTOR_PUT({ .name = "path", .text = path }));
	}
	bytes_done(&ports);
}

/* --- accounts --------------------------------------------------------------
 */

/* A shell that lets nobody in (nologin(8), false(1)); none is /bin/sh. */
static bool lets_in(const char *shell)
{
	static const char *const shut[] = { "nologin", "false", "sync", "halt",
					    "shutdown" };
	const char *slash = strrchr(shell, '/');
	const char *name = slash ? slash + 1 : shell;

	for (size_t i = 0; i < COUNT(shut); i++) {
		if (!strcmp(name, shut[i]))
			return false;
	}
	return true;
}

enum password { PASSWORD_UNSEEN, PASSWORD_NONE, PASSWORD_SET, PASSWORD_SHUT };

/* shadow(5): an empty second field lets everybody in, ! and * nobody. */
static enum password password_in(const char *field)
{
	if (!*field || *field == ':')
		return PASSWORD_NONE;
	return *field == '!' || *field == '*' ? PASSWORD_SHUT : PASSWORD_SET;
}

static enum password shadow_of(const struct doctor_place *place,
			       const char *account)
{
	SCOPED(char_freep) char *path = xasprintf("%s/shadow", place->etc);
	FILE *file = fopen(path, "re");
	enum password password = PASSWORD_UNSEEN;
	size_t length = strlen(account);
	char line[1024];

	while (file && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = 0;
		if (!strncmp(line, account, length) && line[length] == ':')
			password = password_in(line + length + 1);
	}
	if (file)
		fclose(file);
	return password;
}

/* passwd(5): the second field is x where the password lies in shadow. */
struct account {
	const char *name, *password, *home, *shell;
};

static bool read_account(char *line, struct account *account)
{
	char *rest = line, *fields[7];

	line[strcspn(line, "\n")] = 0;
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (!(fields[i] = strsep(&rest, ":")))
			return false;
	}
	*account =
	    (struct account){ fields[0], fields[1], fields[5], fields[6] };
	return true;
}

static void tell_password(const struct doctor_place *place,
			  const struct account *account,
			  struct doctor_found *found)
{
	const struct catalogue_argument with[] = {
		{ .name = "account", .text = account->name }, { 0 }
	};

	switch (strcmp(account->password, "x")
		    ? password_in(account->password)
		    : shadow_of(place, account->name)) {
	case PASSWORD_NONE:
		doctor_wrong(found, "doctor.logins_open", with);
		break;
	case PASSWORD_UNSEEN:
		doctor_unseen(found, "doctor.logins_unseen", with);
		break;
	case PASSWORD_SET:
		doctor_well(found, "doctor.logins_password", with);
		break;
	case PASSWORD_SHUT:
		break;
	}
}

/* sshd(8): whoever has the other half of a line's key gets in. */
static void tell_keys(const struct account *account, struct doctor_found *found)
{
	static const char *const names[] = { "authorized_keys",
					     "authorized_keys2" };

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/.ssh/%s", account->home, names[i]);
		const struct catalogue_argument with[] = {
			{ .name = "account", .text = account->name },
			{ .name = "path", .text = path },
			{ 0 }
		};
		struct stat about;

		if (stat(path, &about)) {
			if (errno == EACCES && !i)
				doctor_unseen(found, "doctor.logins_key_unseen",
					      with);
		} else if (about.st_size) {
			doctor_unseen(found, "doctor.logins_key", with);
		}
	}
}

/* agetty(8): a terminal where nobody is asked who they are. */
static void tell_getty(const char *path, struct doctor_found *found)
{
	FILE *file = fopen(path, "re");
	char line[1024];

	while (file && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = 0;
		if (!strncmp(line, "ExecStart=", 10) &&
		    (strstr(line, "--autologin") || strstr(line, " -a ")))
			doctor_wrong(
			    found, "doctor.logins_getty",
			    DOCTOR_PUT({ .name = "path", .text = path }));
	}
	if (file)
		fclose(file);
}

static void look_at_gettys(const struct doctor_place *place,
			   struct doctor_found *found)
{
	static const char *const names[] = { "*getty*.service",
					     "*getty*.service.d/*.conf" };

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *pattern =
		    xasprintf("%s/systemd/system/%s", place->etc, names[i]);
		glob_t files;

		if (glob(pattern, 0, NULL, &files))
			continue;
		for (size_t j = 0; j < files.gl_pathc; j++)
			tell_getty(files.gl_pathv[j], found);
		globfree(&files);
	}
}

void doctor_logins(const struct doctor_place *place, struct doctor_found *found)
{
	FILE *file = doctor_open(place->etc, "passwd", found);
	struct account account;
	char line[1024];

	while (file && fgets(line, sizeof line, file)) {
		if (!read_account(line, &account) || !lets_in(account.shell))
			continue;
		tell_password(place, &account, found);
		tell_keys(&account, found);
	}
	if (file)
		fclose(file);
	look_at_gettys(place, found);
	if (!doctor_count(found))
		doctor_well(found, "doctor.logins_none", NULL);
}

/* --- updates ---------------------------------------------------------------
 */

#define OLD_DAYS 365

void doctor_update_age(const struct doctor_place *place,
		       struct doctor_found *found)
{
	const int64_t days = (place->now - place->made) / (24 * 3600);
	const struct catalogue_argument with[] = {
		{ .name = "days", .number = days < 0 ? 0 : (double)days }, { 0 }
	};

	if (!place->made)
		doctor_unseen(found, "doctor.made_unseen", NULL);
	else if (days > OLD_DAYS)
		doctor_wrong(found, "doctor.update_age_days", with);
	else
		doctor_well(found, "doctor.update_age_days", with);
}
