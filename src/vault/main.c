#include <errno.h>
#include <getopt.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <time.h>
#include <unistd.h>

#include "base/data.h"
#include "base/log.h"
#include "base/mount.h"
#include "base/process.h"
#include "vault/call.h"
#include "vault/serve.h"

static const char help[] =
    "usage: foyer-vault --device PARTITION [--mount DIR] [--user NAME]\n"
    "                   [--socket PATH]\n"
    "\n"
    "The desk box's helper: does for foyer-desk --box what only root may, and\n"
    "nothing else: make, open, close the encrypted partition and change its\n"
    "passphrase, mount a USB stick, lend a card, set the clock, switch off.\n"
    "systemd starts it.\n"
    "\n"
    "  --device PARTITION  the data partition; only zeros or LUKS2 may lie "
    "there\n"
    "  --mount DIR         where it is mounted (default: /data)\n"
    "  --user NAME         whose the data are, and who may ask (default: "
    "foyer)\n"
    "  --socket PATH       where it listens (default: " VAULT_SOCKET ")\n"
    "  --help              this; --version: which this is\n";

#define EXIT_WRONG_USAGE 2

struct options {
	const char *device, *mount, *user, *socket;
	bool help;
};

static bool read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "device", required_argument, NULL, 'd' },
		{ "mount", required_argument, NULL, 'm' },
		{ "user", required_argument, NULL, 'u' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	*options = (struct options){ .mount = "/data",
				     .user = "foyer",
				     .socket = VAULT_SOCKET };
	while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		switch (option) {
		case 'd':
			options->device = optarg;
			break;
		case 'm':
			options->mount = optarg;
			break;
		case 'u':
			options->user = optarg;
			break;
		case 's':
			options->socket = optarg;
			break;
		case 'h':
			options->help = true;
			break;
		default:
			return false;
		}
	}
	return optind == argc && (options->device || options->help);
}

static enum fault run(const struct options *options)
{
	SCOPED(char_freep)
	char *stick = vault_beside(options->socket, VAULT_STICK);
	SCOPED(char_freep)
	char *header = vault_beside(options->socket, "header");
	const struct passwd *user = getpwnam(options->user);
	struct vault_place place = {
		.device = options->device,
		.mapper = "/dev/mapper/foyer-data",
		.mount = options->mount,
		.stick = stick,
		.header = header,
		.mounts = MOUNT_TABLE,
		.blocks = "/sys/block",
		.nodes = "/dev",
		.cryptsetup = "/usr/sbin/cryptsetup",
		.mkfs = "/usr/sbin/mkfs.ext4",
		.fsck = "/usr/sbin/e2fsck",
		.systemctl = "/usr/bin/systemctl",
		.cost = vault_cost,
		.mount_at = mount,
		.unmount = umount,
		.set_clock = clock_settime,
	};
	enum fault fault;
	int listener;

	if (!user) {
		log_error("%s: there is no such user", options->user);
		return FAULT_SYSTEM;
	}
	place.owner = user->pw_uid;
	place.group = user->pw_gid;
	if ((fault = serve_open(options->socket, &place, &listener)))
		return fault;
	for (;;)
		serve_one(listener, &place);
}

int main(int argc, char **argv)
{
	struct options options;
	enum fault fault;

	if (data_version_asked("foyer-vault", argc, argv))
		return 0;
	if (!read_options(argc, argv, &options)) {
		fputs(help, stderr);
		return EXIT_WRONG_USAGE;
	}
	if (options.help) {
		fputs(help, stdout);
		return 0;
	}
	if (!(fault = process_hide()))
		fault = run(&options);
	return fault_exit(fault);
}
