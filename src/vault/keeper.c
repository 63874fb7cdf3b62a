#include "vault/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mount.h"
#include "vault/header.h"
#include "vault/run.h"
#include "vault/sticks.h"

/* cryptsetup(8), RETURN CODES. */
#define WRONG_PASSPHRASE 2

/* The LUKS2 header's first bytes and its label: LUKS2 on-disk format 1.1.1. */
#define LUKS_MAGIC "LUKS\xBA\xBE"
#define LUKS_MAGIC_BYTES 6
#define LUKS_LABEL_AT 24
#define LUKS_LABEL_BYTES 48

/* e2fsck(8): 0 sound, 1 mended; beyond that it needs a person. */
#define FSCK_MENDED 1

#define DATA_TYPE "ext4"
#define DATA_FLAGS (MS_NOATIME | MS_NODEV | MS_NOSUID | MS_NOEXEC)
#define DATA_OPTIONS "data=journal,errors=remount-ro"
#define STICK_FLAGS (MS_NOATIME | MS_NODEV | MS_NOSUID | MS_NOEXEC)

const char *const vault_cost[] = {
	"--pbkdf", "argon2id", "--pbkdf-memory", "131072", "--iter-time",
	"2000",    NULL,
};

/* --- how things are ------------------------------------------------------- */

static bool is_mounted(const struct vault_place *place, const char *where,
		       const char *device)
{
	struct mount mount;
	bool there;

	if (!mount_of(place->mounts, where, &mount))
		return false;
	there = !device || strcmp(mount.device, device) == 0;
	mount_done(&mount);
	return there;
}

/* A stick's device is not known here: what its folder lies on is no stick
 * unless it lies in nodes. */
static bool has_stick(const struct vault_place *place)
{
	struct mount mount;
	bool there;

	if (!mount_of(place->mounts, place->stick, &mount))
		return false;
	there = !strcmp(mount.type, "vfat") || !strcmp(mount.type, "exfat");
	mount_done(&mount);
	return there;
}

static bool is_zero(const uint8_t *data, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (data[i])
			return false;
	}
	return true;
}

/* The first bytes of the partition; NULL: it is not there. The caller frees. */
static uint8_t *read_head(const struct vault_place *place)
{
	int file = open(place->device, O_RDONLY | O_CLOEXEC);
	uint8_t *head;
	ssize_t got = 0;

	if (file < 0)
		return NULL;
	head = xcalloc(1, VAULT_LOOKED_AT);
	for (size_t have = 0; have < VAULT_LOOKED_AT; have += (size_t)got) {
		got = read(file, head + have, VAULT_LOOKED_AT - have);
		if (got <= 0)
			break;
	}
	close(file);
	if (got >= 0)
		return head;
	log_error("%s: cannot be read: %s", place->device, strerror(errno));
	free(head);
	return NULL;
}

static bool has_label(const uint8_t *head, const char *label)
{
	return strncmp((const char *)head + LUKS_LABEL_AT, label,
		       LUKS_LABEL_BYTES) == 0;
}

static enum vault_state state_of(const struct vault_place *place)
{
	uint8_t *head;
	enum vault_state state;

	if (is_mounted(place, place->mount, place->mapper))
		return VAULT_OPENED;
	if (file_exists(place->mapper))
		return VAULT_UNLOCKED;
	if (!(head = read_head(place)))
		return VAULT_MISSING;
	if (memcmp(head, LUKS_MAGIC, LUKS_MAGIC_BYTES) == 0)
		state = VAULT_CLOSED;
	else
		state = is_zero(head, VAULT_LOOKED_AT) ? VAULT_EMPTY
						       : VAULT_FOREIGN;
	/* Power went while it was made. Nothing is mounted under that label, so
	 * nothing is lost; a passphrase it may not even have yet. */
	if (state == VAULT_CLOSED && has_label(head, VAULT_LABEL_MAKING))
		state = VAULT_EMPTY;
	free(head);
	return state;
}

/* --- the data partition --------------------------------------------------- */

static enum vault_result of_status(int status)
{
	return status == 0                  ? VAULT_DONE
	       : status == WRONG_PASSPHRASE ? VAULT_WRONG
					    : VAULT_FAILED;
}

#define NAME_OF(path) (strrchr(path, '/') + 1)

static enum vault_result unlock(const struct vault_place *place,
				const char *passphrase)
{
	const char *const argv[] = {
		place->cryptsetup,
		"open",
		"--type",
		"luks2",
		"--key-file=-",
		place->device,
		NAME_OF(place->mapper),
		NULL,
	};

	return of_status(run_program(argv, passphrase, NULL));
}

static bool lock(const struct vault_place *place)
{
	const char *const argv[] = { place->cryptsetup, "close",
				     NAME_OF(place->mapper), NULL };

	if (!run_program(argv, "", NULL))
		return true;
	log_error("%s: cannot be closed", place->mapper);
	return false;
}

static enum vault_result failed(const char *what, const char *path)
{
	log_error("%s: %s: %s", path, what, strerror(errno));
	return VAULT_FAILED;
}

static enum vault_result mount_data(const struct vault_place *place)
{
	const char *const argv[] = { place->fsck, "-p", place->mapper, NULL };
	const int status = run_program(argv, "", NULL);

	if (status < 0 || status > FSCK_MENDED) {
		log_error("%s: its file system is damaged", place->mapper);
		return VAULT_FAILED;
	}
	if (place->mount_at(place->mapper, place->mount, DATA_TYPE, DATA_FLAGS,
			    DATA_OPTIONS))
		return failed("cannot be mounted", place->mapper);
	if (chown(place->mount, place->owner, place->group) ||
	    chmod(place->mount, 0700))
		return failed("cannot be given to the desk", place->mount);
	return VAULT_DONE;
}

/* What was formatted gets its file system, and only then its name: without
 * power in between, it is empty still. */
static enum vault_result make_files(const struct vault_place *place)
{
	const char *const mkfs[] = { place->mkfs, "-q",          "-F", "-m",
				     "0",         place->mapper, NULL };
	const char *const label[] = { place->cryptsetup, "config",
				      place->device,     "--label",
				      VAULT_LABEL_DATA,  NULL };

	return run_program(mkfs, "", NULL) || run_program(label, "", NULL)
		   ? VAULT_FAILED
		   : VAULT_DONE;
}

static enum vault_result open_data(const struct vault_place *place,
				   const char *passphrase, bool made)
{
	enum vault_result result = unlock(place, passphrase);

	if (result)
		return result;
	if (made)
		result = make_files(place);
	if (!result)
		result = mount_data(place);
	if (result)
		(void)lock(place);
	return result;
}

static enum vault_result make_data(const struct vault_place *place,
				   const char *passphrase)
{
	return header_make(place, passphrase)
		   ? open_data(place, passphrase, true)
		   : VAULT_FAILED;
}

static enum vault_result close_data(const struct vault_place *place,
				    enum vault_state state)
{
	sync();
	if (state == VAULT_OPENED && place->unmount(place->mount))
		return errno == EBUSY ? VAULT_IN_USE
				      : failed("stays mounted", place->mount);
	return lock(place) ? VAULT_DONE : VAULT_FAILED;
}

/* Whether the key of the data is in memory. */
static bool is_open(enum vault_state state)
{
	return state == VAULT_OPENED || state == VAULT_UNLOCKED;
}

/* --- sticks --------------------------------------------------------------- */

static enum vault_result mount_stick(const struct vault_place *place,
				     const char *name)
{
	const char *type = sticks_type(place, name);
	SCOPED(char_freep)
	char *node = xasprintf("%s/%s", place->nodes, name);
	SCOPED(char_freep)
	char *options =
	    xasprintf("uid=%u,gid=%u,umask=0077", (unsigned)place->owner,
		      (unsigned)place->group);

	if (has_stick(place))
		return VAULT_REFUSED;
	if (!type)
		return VAULT_NOT_THERE;
	if (mkdir(place->stick, 0700) && errno != EEXIST)
		return failed("cannot be made", place->stick);
	if (!place->mount_at(node, place->stick, type, STICK_FLAGS, options))
		return VAULT_DONE;
	/* Its switch locks it: there may be something on it to read. */
	if ((errno == EACCES || errno == EROFS) &&
	    !place->mount_at(node, place->stick, type, STICK_FLAGS | MS_RDONLY,
			     options))
		return VAULT_DONE;
	return failed("cannot be mounted", node);
}

static enum vault_result unmount_stick(const struct vault_place *place)
{
	if (!has_stick(place))
		return VAULT_DONE;
	sync();
	if (!place->unmount(place->stick))
		return VAULT_DONE;
	return errno == EBUSY ? VAULT_IN_USE
			      : failed("stays mounted", place->stick);
}

/* --- cards ---------------------------------------------------------------- */

/* Whoever owns the node may write to all of the card. */
static enum vault_result give_card(const struct vault_place *place,
				   const char *name, uid_t owner)
{
	SCOPED(char_freep)
	char *node = xasprintf("%s/%s", place->nodes, name);

	if (!cards_have(place, name))
		return VAULT_NOT_THERE;
	return lchown(node, owner, (gid_t)-1) ? failed("cannot be given", node)
					      : VAULT_DONE;
}

/* --- the machine ---------------------------------------------------------- */

static enum vault_result set_time(const struct vault_place *place,
				  int64_t seconds)
{
	const struct timespec time = { .tv_sec = (time_t)seconds };

	return place->set_clock(CLOCK_REALTIME, &time)
		   ? failed("cannot be set", "the clock")
		   : VAULT_DONE;
}

static enum vault_result power_off(const struct vault_place *place,
				   enum vault_state state)
{
	const char *const argv[] = { place->systemctl, "poweroff", NULL };

	(void)unmount_stick(place);
	if (is_open(state) && close_data(place, state) == VAULT_IN_USE)
		return VAULT_IN_USE;
	return run_program(argv, "", NULL) ? VAULT_FAILED : VAULT_DONE;
}

/* --- requests ------------------------------------------------------------- */

static enum vault_result act(const struct vault_place *place,
			     const struct vault_request *request)
{
	const enum vault_state state = state_of(place);

	switch (request->verb) {
	case VAULT_ASK:
		return VAULT_DONE;
	case VAULT_MAKE:
		return state == VAULT_EMPTY
			   ? make_data(place, request->passphrase)
			   : VAULT_REFUSED;
	case VAULT_OPEN:
		return state == VAULT_CLOSED
			   ? open_data(place, request->passphrase, false)
			   : VAULT_REFUSED;
	case VAULT_CLOSE:
		return is_open(state) ? close_data(place, state)
				      : VAULT_REFUSED;
	case VAULT_CHANGE:
		return state == VAULT_OPENED
			   ? of_status(header_change(place, request->passphrase,
						     request->new_passphrase))
			   : VAULT_REFUSED;
	case VAULT_MOUNT_STICK:
		return mount_stick(place, request->stick);
	case VAULT_UNMOUNT_STICK:
		return unmount_stick(place);
	case VAULT_LEND_CARD:
		return give_card(place, request->stick, place->owner);
	case VAULT_TAKE_CARD:
		return give_card(place, request->stick, geteuid());
	case VAULT_SET_TIME:
		return set_time(place, request->seconds);
	case VAULT_POWER_OFF:
		return power_off(place, state);
	case VAULT_VERBS:
		break;
	}
	return VAULT_REFUSED;
}

void keeper_do(const struct vault_place *place,
	       const struct vault_request *request, struct vault_answer *answer)
{
	*answer = (struct vault_answer){ .result = act(place, request) };
	answer->state = state_of(place);
	answer->mounted = has_stick(place);
	sticks_list(place, answer);
	cards_list(place, answer);
}
