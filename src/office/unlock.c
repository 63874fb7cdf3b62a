#include "office/unlock.h"

#include <stdio.h>

#include "office/noun.h"
#include "office/passphrase.h"
#include "seal/secret.h"

static const char *const complaints[] = {
	[FILING_WRONG_PASSPHRASE] = "that is not the passphrase of a key here",
	[FILING_NO_KEY] = "there is no key here; make one with `foyer key new`",
	[FILING_KEY_DAMAGED] = "no key file here can be read; put a copy of it "
			       "there",
};

int unlock_keys(struct filing *filing, const struct home *home, int descriptor,
		const char *command)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum filing_unlock answer = FILING_UNLOCKED;
	enum fault fault =
	    passphrase_read(home, descriptor, "Passphrase: ", passphrase);

	if (!fault)
		fault = filing_unlock(filing, passphrase, &answer);
	secret_wipe(passphrase, sizeof passphrase);
	if (fault)
		return fault_exit(fault);
	if (answer == FILING_UNLOCKED)
		return EXIT_DONE;
	fprintf(stderr, "%s: %s: %s\n", command, home_folder(home, HOME_KEYS),
		complaints[answer]);
	return EXIT_INPUT;
}
