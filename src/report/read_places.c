#include "report/read_places.h"

#include <stdlib.h>

/* NULL for what the page shall not show. */
static const char *part(const struct directory_card *card,
			enum directory_part which)
{
	return *card->parts[which] ? card->parts[which] : NULL;
}

static struct place place_of(const struct directory_card *card)
{
	return (struct place){
		.name = card->parts[DIRECTORY_NAME],
		.what_for = part(card, DIRECTORY_WHAT_FOR),
		.address = part(card, DIRECTORY_ADDRESS),
		.phone = part(card, DIRECTORY_PHONE),
		.hours = part(card, DIRECTORY_HOURS),
		.bring = part(card, DIRECTORY_BRING),
		.cost = part(card, DIRECTORY_COST),
		.free = card->free,
		.languages = part(card, DIRECTORY_LANGUAGES),
		.walk_in = card->walk_in,
	};
}

static enum fault read_cards(struct record *record,
			     const struct directory_rules *rules,
			     const char *language, const int64_t *services,
			     size_t count, struct directory_card *cards,
			     size_t *kept)
{
	enum directory_answer answer;

	for (size_t i = 0; i < count; i++) {
		struct directory_card *card = &cards[*kept];
		enum fault fault = directory_card_read(
		    record, services[i], rules, language, &answer, card);

		if (fault)
			return fault;
		if (answer != DIRECTORY_DONE)
			continue;
		if (card->stale)
			directory_card_done(card);
		else
			++*kept;
	}
	return FAULT_NONE;
}

enum fault read_places(const struct about *about, struct record *record,
		       const struct directory_rules *rules,
		       const int64_t *services, size_t count, size_t *left_out,
		       struct page **out)
{
	struct directory_card *cards = xcalloc(count + 1, sizeof *cards);
	struct place *places = xcalloc(count + 1, sizeof *places);
	size_t kept = 0;
	enum fault fault =
	    read_cards(record, rules, tongues_own(about->tongues)->tag,
		       services, count, cards, &kept);

	for (size_t i = 0; i < kept; i++)
		places[i] = place_of(&cards[i]);
	*left_out = count - kept;
	if (!fault)
		*out = places_page(about, places, kept);
	for (size_t i = 0; i < kept; i++)
		directory_card_done(&cards[i]);
	free(cards);
	free(places);
	return fault;
}
