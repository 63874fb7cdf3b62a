#include "record/listings.h"

const struct listing listing_open_suggestions = {
	.name = "open-suggestions",
	.kind = "suggestion",
	.sql = "SELECT id, made_at, NULL, text, screen, question, made_by"
	       " FROM suggestion WHERE gone = 0 AND state = 'open'"
	       " ORDER BY made_at, id",
	.columns = { { "text", "suggestion", "text" },
		     { "screen", "suggestion", "screen" },
		     { "question", "suggestion", "question" },
		     { "by", NULL, NULL } },
};

const struct listing listing_people = {
	.name = "people",
	.kind = "person",
	.sql = "SELECT person.id, NULL, person.id, number, latin, own_script,"
	       " birth_from, person.language"
	       " FROM person LEFT JOIN name ON name.person = person.id"
	       " AND name.gone = 0"
	       " WHERE person.gone = 0 AND merged_into IS NULL"
	       " ORDER BY person.id DESC, name.id LIMIT 500",
	.columns = { { "number", "person", "number" },
		     { "latin", "name", "latin" },
		     { "own_script", "name", "own_script" },
		     { "birth", "person", "birth_from" },
		     { "language", "person", "language" } },
	.read = ROLES_FRONT,
};
