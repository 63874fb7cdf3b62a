#include "office/enter.h"

#include <stdio.h>

#include "office/desk.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "seal/secret.h"

static int complain(const struct enter *enter, const char *about,
		    const char *complaint)
{
	fprintf(stderr, "foyer %s: %s: %s\n", enter->verb, about, complaint);
	return EXIT_INPUT;
}

static int sign_in(const struct home *home, struct record *record,
		   const struct enter *enter, struct user_in *in)
{
	SCOPED(secret_freep) char *passphrase = secret_new(PASSPHRASE_LIMIT);
	enum fault fault;

	if (!enter->user) {
		fprintf(stderr,
			"foyer %s: who? people sign in at this agency, and "
			"%s: --user NAME, and their own passphrase\n",
			enter->verb, enter->refuse);
		return EXIT_INPUT;
	}
	if ((fault = passphrase_read(home, enter->descriptor,
				     "Your own passphrase: ", passphrase)) ||
	    (fault = user_enter(record, enter->user, passphrase, "", desk_now(),
				in)))
		return fault_exit(fault);
	if (in->answer == USER_SLOWED)
		return complain(enter, enter->user,
				"too many attempts; wait, and try again");
	return in->answer == USER_DONE
		   ? EXIT_DONE
		   : complain(enter, enter->user,
			      "no such name, or another passphrase");
}

int enter_as(const struct home *home, struct record *record,
	     const struct enter *enter, struct user_in *in,
	     struct record_who *who)
{
	bool any;
	enum fault fault = user_any(record, &any);
	int status;

	*in = (struct user_in){ 0 };
	*who = desk_who();
	if (fault || !any)
		return fault_exit(fault);
	if ((status = sign_in(home, record, enter, in)))
		return status;
	*who = (struct record_who){ .user = in->name,
				    .desk = "",
				    .id = in->id,
				    .roles = in->roles,
				    .teams = in->teams };
	return EXIT_DONE;
}
