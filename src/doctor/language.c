/* What the doctor looks at of the languages that an agency counts on. */
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "doctor/found.h"
#include "text/lexicon.h"
#include "ui/painter.h"

/* Any size serves to ask whether a font is there. */
#define CELL_HEIGHT 42
#define CELL_WIDTH 17

#define PUT_LANGUAGE(which)                                 \
	DOCTOR_PUT({ .name = "tag", .text = (which)->tag }, \
		   { .name = "language", .text = (which)->name })

static bool has_lexicon(const struct doctor_place *place,
			struct doctor_found *found)
{
	if (!place->lexicon)
		doctor_unseen(found, "doctor.languages_unread", NULL);
	return place->lexicon;
}

/* NULL: there is no such language. */
static const struct lexicon_language *about_tag(const struct lexicon *lexicon,
						const char *tag)
{
	size_t at = lexicon_find(lexicon, tag);

	return at < lexicon_count(lexicon) ? lexicon_at(lexicon, at) : NULL;
}

/* Each tag of foyer.ini's [languages] drafts. */
typedef void named_visit(const char *tag, const struct lexicon *lexicon,
			 struct doctor_found *found);

static void each_named(const struct doctor_place *place,
		       struct doctor_found *found, named_visit *visit,
		       const char *well)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(char_freep) char *tags = NULL;
	char *rest, *tag;

	if (!has_lexicon(place, found) ||
	    !doctor_settings_of(place, found, &settings))
		return;
	tags = xstrdup(settings_text(settings, "languages", "drafts", ""));
	rest = tags;
	while ((tag = strsep(&rest, " ,\t"))) {
		if (*tag)
			visit(tag, place->lexicon, found);
	}
	if (!doctor_count(found))
		doctor_well(found, well, NULL);
}

static void tell_unknown(const char *tag, const struct lexicon *lexicon,
			 struct doctor_found *found)
{
	const struct lexicon_language *about = about_tag(lexicon, tag);

	if (!about)
		doctor_wrong(found, "doctor.languages_unknown_tag",
			     DOCTOR_PUT({ .name = "tag", .text = tag }));
	else if (about->status == LEXICON_NONE)
		doctor_wrong(found, "doctor.languages_unknown_words",
			     PUT_LANGUAGE(about->language));
}

void doctor_languages_unknown(const struct doctor_place *place,
			      struct doctor_found *found)
{
	each_named(place, found, tell_unknown, "doctor.languages_unknown_none");
}

static void tell_incomplete(const char *tag, const struct lexicon *lexicon,
			    struct doctor_found *found)
{
	const struct lexicon_language *about = about_tag(lexicon, tag);

	if (!about || about->status == LEXICON_NONE || lexicon_complete(about))
		return;
	if (about->broken)
		doctor_wrong(found, "doctor.languages_incomplete_broken",
			     PUT_LANGUAGE(about->language));
	else
		doctor_wrong(
		    found, "doctor.languages_incomplete_missing",
		    DOCTOR_PUT(
			{ .name = "tag", .text = tag },
			{ .name = "language", .text = about->language->name },
			{ .name = "missing", .number = (double)about->missing },
			{ .name = "all",
			  .number = (double)lexicon_strings(lexicon) }));
}

void doctor_languages_incomplete(const struct doctor_place *place,
				 struct doctor_found *found)
{
	each_named(place, found, tell_incomplete,
		   "doctor.languages_incomplete_none");
}

static void tell_draft(const char *tag, const struct lexicon *lexicon,
		       struct doctor_found *found)
{
	const struct lexicon_language *about = about_tag(lexicon, tag);

	if (about && about->offered && about->status == LEXICON_DRAFT)
		doctor_wrong(found, "doctor.languages_draft_offered",
			     PUT_LANGUAGE(about->language));
}

void doctor_languages_draft(const struct doctor_place *place,
			    struct doctor_found *found)
{
	each_named(place, found, tell_draft, "doctor.languages_draft_none");
}

static bool needs_pictures(const struct lexicon_language *about)
{
	return about->offered && about->language->drawing == LANGUAGE_PLATES;
}

void doctor_languages_pictures(const struct doctor_place *place,
			       struct doctor_found *found)
{
	const struct lexicon *lexicon = place->lexicon;

	if (!has_lexicon(place, found))
		return;
	for (size_t i = 0; i < lexicon_count(lexicon); i++) {
		const struct lexicon_language *about = lexicon_at(lexicon, i);
		const struct language *language = about->language;

		if (!needs_pictures(about))
			continue;
		if (place->pictures == DOCTOR_PICTURES_NONE)
			doctor_wrong(found, "doctor.languages_pictures_broken",
				     PUT_LANGUAGE(language));
		else if (place->pictures == DOCTOR_PICTURES_UNSEEN)
			doctor_unseen(found, "doctor.languages_pictures_unseen",
				      PUT_LANGUAGE(language));
	}
	if (!doctor_count(found))
		doctor_well(found, "doctor.languages_pictures_none", NULL);
}

static void tell_font(struct doctor_found *found,
		      const struct language *language)
{
	SCOPED(char_freep)
	char *family =
	    xstrndup(language->families, strcspn(language->families, ","));

	doctor_wrong(found, "doctor.fonts_missing",
		     DOCTOR_PUT({ .name = "tag", .text = language->tag },
				{ .name = "language", .text = language->name },
				{ .name = "font", .text = family }));
}

void doctor_fonts(const struct doctor_place *place, struct doctor_found *found)
{
	SCOPED(painter_freep) struct painter *painter = NULL;
	const struct lexicon *lexicon = place->lexicon;

	if (!has_lexicon(place, found))
		return;
	painter = painter_new(CELL_HEIGHT, CELL_WIDTH);
	for (size_t i = 0; i < lexicon_count(lexicon); i++) {
		const struct lexicon_language *about = lexicon_at(lexicon, i);
		const struct language *language = about->language;

		if (about->offered && !painter_has_font(painter, language))
			tell_font(found, language);
	}
	if (!doctor_count(found))
		doctor_well(found, "doctor.fonts_there", NULL);
}
