#pragma once

#include "record/people.h"
#include "record/people_key.h"

/*
 * Inside the room: people gathered by keys, the likeliest compared, the best
 * shown. What it reads has limits, so that it costs the same among a thousand
 * people and a million.
 */
struct pile {
	struct record *record;
	struct pile_one {
		int64_t person; /* 0: nobody in this place */
		int weight;     /* of the keys by which they came */
		unsigned marks; /* what the caller found: MATCH_HOUSEHOLD ... */
	} * ones;               /* PILE_ROOM places, by a hash of the person */
	size_t count, rows;
	bool more; /* a limit was reached */
};

void pile_init(struct pile *pile, struct record *record);
void pile_done(struct pile *pile);

/*
 * Adds the people of a key, or of all that begin so, at most limit rows.
 * *reached (NULL is fine): whether the limit was.
 */
MUST_CHECK enum fault pile_key(struct pile *pile, const char *key, bool begins,
			       size_t limit, int weight, bool *reached);

/* Adds those that a statement gives in its first column; ?1 is the number or,
 * where text is not NULL, the text; ?2 the limit. They get the mark. */
MUST_CHECK enum fault pile_ask(struct pile *pile, const char *sql,
			       int64_t number, const char *text, size_t limit,
			       int weight, unsigned mark);

/* Puts the heaviest first, at most most of them; the others are forgotten. */
void pile_sort(struct pile *pile, size_t most);

/*
 * One of the pile with all that is compared and shown. The caller releases it,
 * whatever was returned.
 */
struct pile_person {
	struct people_found found;
	struct people_form form;
	struct match_person compared; /* points into form */
	char *texts[7];
	const char *names[16], *contacts[16];
	bool there, walled;
};
MUST_CHECK enum fault pile_read(struct record *record, int64_t person,
				const struct record_who *who,
				struct pile_person *out);
void pile_person_done(struct pile_person *person);

/* The best of those that were shown so far. */
struct shortlist {
	struct pile_person best[PEOPLE_SHOWN];
	size_t count, limit;
	struct people_told told;
};

/* Takes the person over where they are good enough. */
void shortlist_add(struct shortlist *list, struct pile_person *person);

/* Shows them, best first, and lets go of them. */
void shortlist_show(struct shortlist *list, people_visit *visit, void *to);
void shortlist_done(struct shortlist *list);
