#include "record/listings.h"

/* What a laptop and the agency both changed while it was away. */

const struct listing listing_conflicts = {
	.name = "conflicts",
	.kind = "conflict",
	.sql = "SELECT c.id, c.theirs_at, c.person, c.what, p.number, c.ours,"
	       " c.ours_by, c.theirs, c.theirs_by FROM conflict c LEFT JOIN"
	       " person p ON p.id = c.person WHERE c.gone = 0 AND c.state ="
	       " 'open' ORDER BY c.theirs_at, c.id",
	.columns = { { "what", "conflict", "what" },
		     { "number", "person", "number" },
		     { "ours", "conflict", "ours", "what" },
		     { "ours_by", "conflict", "ours_by" },
		     { "theirs", "conflict", "theirs", "what" },
		     { "theirs_by", "conflict", "theirs_by" } },
	.read = ROLES_CLIENT,
};
