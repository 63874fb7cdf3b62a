#include "kiosk/leaflet.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "print/slip.h"
#include "text/cells.h"
#include "text/weekdays.h"

struct writing {
	const struct service *service;
	const struct leaflet_reader *reader;
	struct leaflet *out;
};

/* --- parts -----------------------------------------------------------------
 */

static void add(const struct writing *writing, enum leaflet_kind kind,
		const char *key, const char *tag, char *text)
{
	struct leaflet *out = writing->out;

	assert(out->count < LEAFLET_PARTS);
	out->tags[out->count] = xstrdup(tag);
	out->parts[out->count] =
	    (struct leaflet_part){ kind, key, out->tags[out->count], text };
	out->count++;
}

static void add_word(const struct writing *writing, enum leaflet_kind kind,
		     const char *key)
{
	add(writing, kind, key, writing->reader->language->tag,
	    catalogue_word(writing->reader->words, key));
}

static void add_text(const struct writing *writing, const char *label,
		     const struct service_text *text)
{
	if (!text)
		return;
	if (label)
		add_word(writing, LEAFLET_LABEL, label);
	add(writing, LEAFLET_TEXT, NULL, text->tag, xstrdup(text->text));
}

static const struct service_text *part_of(const struct writing *writing,
					  enum service_part part)
{
	return service_say(&writing->service->parts[part],
			   writing->reader->language->tag);
}

/* --- languages --------------------------------------------------------------
 */

/* The language of most of its words: its description's, or its name's. */
static void mark_language(const struct writing *writing)
{
	const struct service_text *text = part_of(writing, SERVICE_WHAT_FOR);
	const char *reads = writing->reader->language->tag;
	const struct language *language;
	struct catalogue_argument name = { .name = "language" };

	text = text ? text : part_of(writing, SERVICE_NAME);
	if (strcmp(text->tag, reads) == 0)
		return;
	language = language_find(text->tag);
	name.text = language ? language->own_name : text->tag;
	add(writing, LEAFLET_NOTE, NULL, reads,
	    catalogue_say(writing->reader->words, "kiosk.service_tongue", &name,
			  1));
}

static void add_languages(const struct writing *writing)
{
	const struct service *service = writing->service;
	const struct service_text *help =
	    part_of(writing, SERVICE_INTERPRETING);
	struct bytes names = { 0 };

	if (!service->language_count && !help)
		return;
	add_word(writing, LEAFLET_LABEL, "kiosk.service_languages");
	for (size_t i = 0; i < service->language_count; i++) {
		const char *tag = service->languages[i];
		const struct language *known = language_find(tag);

		bytes_add_format(&names, "%s%s", i ? ", " : "",
				 known ? known->own_name : tag);
	}
	if (names.length)
		add(writing, LEAFLET_TEXT, NULL, writing->reader->language->tag,
		    bytes_take_text(&names));
	bytes_done(&names);
	add_text(writing, NULL, help);
}

/* --- hours -------------------------------------------------------------------
 */

/* Weekdays in the reader's language. */
static void add_weekly(const struct writing *writing)
{
	const struct service *service = writing->service;
	const char *reads = writing->reader->language->tag;
	struct bytes lines = { 0 };

	for (size_t i = 0; i < service->hours_count; i++) {
		const struct service_hours *hours = &service->hours[i];

		if (!hours->days)
			continue;
		bytes_add_text(&lines, lines.length ? "\n" : "");
		weekdays_say(hours->days, reads, &lines);
		bytes_add_format(&lines, " %s%s%s", hours->opens,
				 hours->closes ? "-" : "",
				 hours->closes ? hours->closes : "");
	}
	if (lines.length)
		add(writing, LEAFLET_TEXT, NULL, reads,
		    bytes_take_text(&lines));
	bytes_done(&lines);
}

/* What is told in words, in the directory's language: the first one's. */
static void add_told(const struct writing *writing)
{
	const struct service *service = writing->service;
	const char *tag = NULL;
	struct bytes lines = { 0 };

	for (size_t i = 0; i < service->hours_count; i++) {
		const struct service_text *told = service_say(
		    &service->hours[i].text, writing->reader->language->tag);

		if (!told)
			continue;
		tag = tag ? tag : told->tag;
		bytes_add_format(&lines, "%s%s", lines.length ? "\n" : "",
				 told->text);
	}
	if (tag)
		add(writing, LEAFLET_TEXT, NULL, tag, bytes_take_text(&lines));
	bytes_done(&lines);
}

static void add_hours(const struct writing *writing)
{
	if (!writing->service->hours_count)
		return;
	add_word(writing, LEAFLET_LABEL, "kiosk.service_hours");
	add_weekly(writing);
	add_told(writing);
}

/* --- all of it ---------------------------------------------------------------
 */

static void add_notes(const struct writing *writing)
{
	const struct service *service = writing->service;

	if (writing->reader->stale)
		add_word(writing, LEAFLET_NOTE, "kiosk.service_stale");
	if (service->women_only)
		add_word(writing, LEAFLET_NOTE, "kiosk.service_women");
	if (service->walk_in)
		add_word(writing, LEAFLET_NOTE, "kiosk.service_walk_in");
	if (service->free)
		add_word(writing, LEAFLET_NOTE, "kiosk.service_free");
}

static void add_all(const struct writing *writing)
{
	static const struct {
		enum service_part part;
		const char *label;
	} below[] = {
		{ SERVICE_WHO, "kiosk.service_who" },
		{ SERVICE_BRING, "kiosk.service_bring" },
		{ SERVICE_COST, "kiosk.service_cost" },
		{ SERVICE_ACCESS, "kiosk.service_access" },
		{ SERVICE_APPLY, NULL },
		{ SERVICE_WAIT, NULL },
		{ SERVICE_WEB, NULL },
	};

	mark_language(writing);
	add_text(writing, NULL, part_of(writing, SERVICE_ORGANIZATION));
	add_text(writing, NULL, part_of(writing, SERVICE_WHAT_FOR));
	add_notes(writing);
	add_text(writing, "kiosk.service_phone",
		 part_of(writing, SERVICE_PHONE));
	add_text(writing, "kiosk.service_address",
		 part_of(writing, SERVICE_ADDRESS));
	add_hours(writing);
	add_languages(writing);
	for (size_t i = 0; i < COUNT(below); i++)
		add_text(writing, below[i].label,
			 part_of(writing, below[i].part));
}

void leaflet_make(const struct service *service,
		  const struct leaflet_reader *reader, struct leaflet *out)
{
	const struct writing writing = { service, reader, out };
	const struct service_text *name =
	    service_say(&service->parts[SERVICE_NAME], reader->language->tag);

	*out = (struct leaflet){ .name = xstrdup(name->text),
				 .name_language = xstrdup(name->tag) };
	add_all(&writing);
}

void leaflet_done(struct leaflet *leaflet)
{
	for (size_t i = 0; i < leaflet->count; i++) {
		char_wipe(leaflet->parts[i].text);
		free(leaflet->tags[i]);
	}
	char_wipe(leaflet->name);
	free(leaflet->name_language);
	*leaflet = (struct leaflet){ 0 };
}

/* --- paper -------------------------------------------------------------------
 */

#define LARGE 34 /* dots, of the letters */
#define USUAL 26
#define SMALL 22
#define PAPER_MOST 600 /* bytes of a text on paper; further ones are cut */

/* Whole letters, behind a word where there are any. */
static char *shortened(const char *text)
{
	size_t end = 0, word = 0, next;
	SCOPED(char_freep) char *piece = NULL;

	if (strlen(text) <= PAPER_MOST)
		return xstrdup(text);
	while ((next = text_next_cluster(text, end)) <= PAPER_MOST) {
		word = text[end] == ' ' ? end : word;
		end = next;
	}
	piece = xstrndup(text, word ? word : end);
	return xasprintf("%s …", piece);
}

struct slip {
	struct slip_line lines[SLIP_LINES];
	char *texts[SLIP_LINES];
	size_t count;
};

static void put(struct slip *slip, const char *tag, const char *text,
		struct slip_line line)
{
	const struct language *language = language_find(tag);

	assert(slip->count < SLIP_LINES);
	slip->texts[slip->count] = shortened(text);
	line.text = slip->texts[slip->count];
	line.language = tag;
	if (language) {
		line.families = language->families;
		line.right_to_left = language->right_to_left;
	}
	slip->lines[slip->count++] = line;
}

/* In the reader's language, and in both that staff at a desk read. */
static void put_no_ticket(struct slip *slip,
			  const struct leaflet_reader *reader)
{
	static const char staff[] =
	    "Information · not a ticket · ceci n’est pas un billet";
	SCOPED(char_freep)
	char *own = catalogue_word(reader->words, "kiosk.service_slip");

	put(slip, reader->language->tag, own,
	    (struct slip_line){ .size = LARGE, .bold = true, .ruled = true });
	put(slip, "en", staff, (struct slip_line){ .size = SMALL });
}

static void put_parts(struct slip *slip, const struct leaflet *leaflet)
{
	for (size_t i = 0; i < leaflet->count; i++) {
		const struct leaflet_part *part = &leaflet->parts[i];
		const bool label = part->kind == LEAFLET_LABEL;

		put(slip, part->language, part->text,
		    (struct slip_line){ .size = label ? SMALL : USUAL,
					.bold = label });
	}
}

enum fault leaflet_slip(const struct leaflet *leaflet,
			const struct leaflet_reader *reader, const char *agency,
			int width, struct picture **out)
{
	struct slip slip = { 0 };
	enum fault fault;

	put_no_ticket(&slip, reader);
	put(&slip, leaflet->name_language, leaflet->name,
	    (struct slip_line){ .size = LARGE, .bold = true });
	put_parts(&slip, leaflet);
	if (*agency)
		put(&slip, "en", agency, (struct slip_line){ .size = SMALL });
	fault = slip_draw(slip.lines, slip.count, NULL, width, out);
	for (size_t i = 0; i < slip.count; i++)
		char_wipe(slip.texts[i]);
	return fault;
}
