#include <stdio.h>
#include <string.h>

#include "flash/verb.h"
#include "seal/secret.h"

static void print_key(const char *path, const uint8_t key[KEY_BYTES])
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(key, fingerprint);
	printf("key         %s\nfingerprint %s\n", path, fingerprint);
}

static void show_passphrase(const char *passphrase)
{
	printf("The passphrase, shown this once:\n\n    %s\n\nWrite it down "
	       "and keep it apart from this computer. Without it no release\n"
	       "can be signed with this key, by anybody, ever.\n\n",
	       passphrase);
}

static int make(const struct given *given, const char *path)
{
	char passphrase[PASSPHRASE_LIMIT] = { 0 };
	const bool asked = given->descriptor != PASSPHRASE_NO_FD;
	SCOPED(char_freep)
	char *public = xasprintf("%s" SIGNER_PUBLIC_END, path);
	uint8_t key[KEY_BYTES];
	enum fault fault = FAULT_NONE;

	if (asked)
		fault = passphrase_take(given->descriptor, "--passphrase-fd",
					passphrase);
	else
		passphrase_make(passphrase);
	if (!fault)
		fault = signer_make(path, SIGNER_USUAL, passphrase, key);
	if (!fault && !asked)
		show_passphrase(passphrase);
	if (!fault)
		print_key(public, key);
	secret_wipe(passphrase, sizeof passphrase);
	return fault_exit(fault);
}

static int show(const char *path)
{
	struct signers keys = { 0 };
	enum fault fault = signer_add(path, &keys);

	if (!fault)
		print_key(path, keys.key[0]);
	return fault_exit(fault);
}

static int run(const struct given *given)
{
	if (strcmp(given->words[0], "new") == 0)
		return make(given, given->words[1]);
	if (strcmp(given->words[0], "show") == 0)
		return show(given->words[1]);
	return verb_usage(&verb_key, "\"new\" or \"show\" comes first");
}

const struct verb verb_key = {
	.name = "key",
	.usage = "new FILE | show FILE.pub [--passphrase-fd N]",
	.summary = "      Makes the key that releases are signed with: FILE "
		   "under a passphrase, and\n      FILE.pub for everybody; or "
		   "shows a public key's fingerprint.\n",
	.least = 2,
	.most = 2,
	.run = run,
};
