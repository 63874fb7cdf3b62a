#include "record/rekey.h"

#include <string.h>

#include "base/file.h"
#include "record/user.h"
#include "seal/reseal.h"

/* The copies are the record's, so they change all at once; the files have both
 * before, and the new one alone behind. */
static enum fault carry_out(struct record *record, const struct rekey *change,
			    const struct record_who *who, int64_t now,
			    struct rekeyed *out)
{
	SCOPED(reseal_freep) struct reseal *reseal = NULL;
	struct reseal_told files;
	struct user_renewed copies;
	enum fault fault =
	    reseal_begin(change->folder, change->old, change->passphrase,
			 change->cost, &reseal, &files);

	out->answer = REKEY_WRONG;
	if (fault || !reseal)
		return fault;
	if ((fault = user_renew_keys(record, change->passphrase, who, now,
				     &copies)) ||
	    (change->note &&
	     (fault = file_write(change->note, change->passphrase,
				 strlen(change->passphrase), 0600))) ||
	    (fault = reseal_end(reseal)))
		return fault;
	out->answer = REKEY_DONE;
	out->files = files.opened;
	out->others = files.others;
	out->copies = copies.copies;
	out->lost = copies.lost;
	return user_proved(record, who);
}

enum fault rekey(struct record *record, const struct rekey *change,
		 const struct record_who *who, int64_t now, struct rekeyed *out)
{
	enum fault fault;

	*out = (struct rekeyed){ .answer = REKEY_REFUSED };
	if (who->roles && !(who->roles & ROLE_ADMINISTRATOR))
		return FAULT_NONE;
	out->answer = REKEY_WEAK;
	if (!own_strong(change->passphrase))
		return FAULT_NONE;
	out->answer = REKEY_SLOWED;
	fault =
	    user_try(record, who, now, "key-passphrase-tried", &out->again_at);
	if (fault || out->again_at)
		return fault;
	return carry_out(record, change, who, now, out);
}
