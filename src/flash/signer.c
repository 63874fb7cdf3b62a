#include "flash/signer.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "seal/locked.h"
#include "seal/secret.h"

#define PUBLIC_MAGIC "foyer release key 1"
#define PUBLIC_LIMIT 1024 /* bytes of the file */

static const struct locked_kind kind = {
	.magic = "FOYERRK1",
	.name = "release key file",
	.a = "a release key file of Foyer",
	.made = "`foyer-flash key new`",
	.least = SIGNATURE_SEED,
	.most = SIGNATURE_SEED,
};

#define SECRET_LIMIT (LOCKED_OVER + SIGNATURE_SEED)

static const struct locked_cost costs[] = {
	[SIGNER_USUAL] = { 3, 256 * 1024 },
	[SIGNER_QUICK] = { 1, 8 * 1024 },
};

/* --- public keys ---------------------------------------------------------- */

static bool read_hex(const char *text, uint8_t key[KEY_BYTES])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < (size_t)2 * KEY_BYTES; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;

		if (!digit)
			return false;
		key[i / 2] = (uint8_t)(key[i / 2] << 4 | (digit - digits));
	}
	text += 2 * KEY_BYTES;
	return !text[strspn(text, "\r\n")];
}

static bool read_public(const char *text, uint8_t key[KEY_BYTES])
{
	const size_t length = strlen(PUBLIC_MAGIC);

	return strncmp(text, PUBLIC_MAGIC, length) == 0 &&
	       read_hex(text + length + strspn(text + length, "\r\n"), key) &&
	       key_sound(KEY_KIOSK, key);
}

enum fault signer_add(const char *path, struct signers *keys)
{
	struct bytes text = { 0 };
	uint8_t key[KEY_BYTES] = { 0 };
	enum fault fault = file_read(path, PUBLIC_LIMIT, &text);

	if (fault)
		return fault;
	bytes_add_text(&text, "");
	if (!read_public((char *)text.data, key)) {
		log_error("%s: no release key: give the file that ends in "
			  "\"" SIGNER_PUBLIC_END "\"",
			  path);
		fault = FAULT_FORMAT;
	} else if (keys->count == SIGNER_MOST) {
		log_error("%s: more than %d release keys: take away those of "
			  "no use",
			  path, SIGNER_MOST);
		fault = FAULT_LIMIT;
	} else {
		memcpy(keys->key[keys->count++], key, KEY_BYTES);
	}
	bytes_done(&text);
	return fault;
}

static int is_public(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name);
	const size_t end = strlen(SIGNER_PUBLIC_END);

	return length > end && *entry->d_name != '.' &&
	       strcmp(entry->d_name + length - end, SIGNER_PUBLIC_END) == 0;
}

enum fault signer_pinned(const char *folder, struct signers *keys)
{
	struct dirent **entries;
	const int count = scandir(folder, &entries, is_public, alphasort);
	enum fault fault = FAULT_NONE;

	if (count < 0 && errno != ENOENT) {
		log_error("%s: cannot be read: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	for (int i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, entries[i]->d_name);

		if (!fault)
			fault = signer_add(path, keys);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return fault;
}

bool signer_trusted(const struct signers *keys, const uint8_t key[KEY_BYTES])
{
	for (size_t i = 0; i < keys->count; i++) {
		if (memcmp(keys->key[i], key, KEY_BYTES) == 0)
			return true;
	}
	return false;
}

/* --- secret keys ---------------------------------------------------------- */

static enum fault write_public(const char *path, const uint8_t key[KEY_BYTES])
{
	struct bytes text = { 0 };
	enum fault fault;

	bytes_add_text(&text, PUBLIC_MAGIC "\n");
	for (size_t i = 0; i < KEY_BYTES; i++)
		bytes_add_format(&text, "%02x", key[i]);
	bytes_add_byte(&text, '\n');
	fault = file_write(path, text.data, text.length, 0644);
	bytes_done(&text);
	return fault;
}

static enum fault write_secret(const char *path, enum signer_cost cost,
			       const char *passphrase,
			       uint8_t public[KEY_BYTES])
{
	uint8_t *seed = secret_new(SIGNATURE_SEED);
	struct bytes file = { 0 };
	enum fault fault;

	secret_random(seed, SIGNATURE_SEED);
	signature_public(seed, public);
	fault = locked_close(&kind, costs[cost], passphrase, seed,
			     SIGNATURE_SEED, &file);
	secret_free(seed);
	if (!fault)
		fault = file_write(path, file.data, file.length, 0600);
	bytes_done(&file);
	return fault;
}

enum fault signer_make(const char *path, enum signer_cost cost,
		       const char *passphrase, uint8_t public[KEY_BYTES])
{
	SCOPED(char_freep) char *open = xasprintf("%s" SIGNER_PUBLIC_END, path);
	enum fault fault;

	if (file_exists(path) || file_exists(open)) {
		log_error("%s is there already: releases signed with it could "
			  "not be made any more; move it away first if you are "
			  "sure",
			  file_exists(path) ? path : open);
		return FAULT_FORMAT;
	}
	fault = write_secret(path, cost, passphrase, public);
	return fault ? fault : write_public(open, public);
}

enum fault signer_open(const char *path, const char *passphrase,
		       uint8_t seed[SIGNATURE_SEED])
{
	struct bytes file = { 0 };
	bool opened = false;
	enum fault fault = file_read(path, SECRET_LIMIT, &file);

	if (!fault)
		fault = locked_open(&kind, file.data, file.length, passphrase,
				    &opened, seed);
	bytes_done(&file);
	if (fault || opened)
		return fault;
	log_error("%s: this is not its passphrase, or the file is damaged: try "
		  "again, or use a copy",
		  path);
	return FAULT_FORMAT;
}
