#include "record/kind.h"

#include <string.h>

#include "base/memory.h"
#include "record/kinds.h"

/* New ones one a line, so that areas do not meet. */
/* clang-format off */
static const struct kind *const kinds[] = {
	&kind_site,
	&kind_team,
	&kind_user,
	&kind_person,
	&kind_name,
	&kind_contact,
	&kind_household,
	&kind_member,
	&kind_identifier,
	&kind_status,
	&kind_note,
	&kind_own_field,
	&kind_suggestion,
	&kind_not_same,
	&kind_merge,
	&kind_consent,
	&kind_proposal,
	&kind_debrief,
	&kind_shared_answer,
	&kind_incident,
	&kind_hardware_review,
	&kind_sponsor_group,
	&kind_agreement,
	&kind_sponsorship,
	&kind_meeting,
	&kind_party,
	&kind_responsibility,
	&kind_sharing,
	&kind_shared,
	&kind_sponsor_visit,
	&kind_appointment,
	&kind_outreach,
	&kind_event,
	&kind_event_party,
	&kind_training_need,
	&kind_feedback,
	&kind_assessment,
	&kind_level,
	&kind_goal,
	&kind_step,
	&kind_service_contact,
	&kind_stream,
	&kind_benefit,
	&kind_stock,
	&kind_support_given,
	&kind_outcome,
	&kind_handover,
	&kind_service,
	&kind_referral,
	&kind_conflict,
};
/* clang-format on */

size_t kind_count(void)
{
	return COUNT(kinds);
}

const struct kind *kind_at(size_t index)
{
	return kinds[index];
}

const struct kind *kind_find(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	}
	return NULL;
}

const struct field *kind_field(const struct kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		if (strcmp(kind->fields[i].name, name) == 0)
			return &kind->fields[i];
	}
	return NULL;
}

const char *kind_first_state(const struct kind *kind)
{
	return kind->moves ? kind->moves[0].from : "";
}

bool kind_may_move(const struct kind *kind, const char *from, const char *to)
{
	for (const struct kind_move *move = kind->moves; move && move->from;
	     move++) {
		if (strcmp(move->from, from) == 0 && strcmp(move->to, to) == 0)
			return true;
	}
	return false;
}

bool codes_have(const char *codes, const char *code, size_t length)
{
	if (!length)
		return false;
	for (const char *at = codes; *at; at += strspn(at, " ")) {
		size_t here = strcspn(at, " ");

		if (here == length && memcmp(at, code, length) == 0)
			return true;
		at += here;
	}
	return false;
}

static const char *const type_words[] = {
	[FIELD_TEXT] = "text",   [FIELD_LONG] = "long",
	[FIELD_WHOLE] = "whole", [FIELD_MONEY] = "money",
	[FIELD_DAY] = "day",     [FIELD_INSTANT] = "instant",
	[FIELD_CODE] = "code",   [FIELD_CODES] = "codes",
	[FIELD_LINK] = "link",   [FIELD_YES] = "yes",
	[FIELD_ABOUT] = "about",
};

const char *field_type_word(enum field_type type)
{
	return type_words[type];
}

bool field_type_of(const char *word, enum field_type *out)
{
	for (size_t i = 0; i < COUNT(type_words); i++) {
		if (strcmp(type_words[i], word) == 0) {
			*out = (enum field_type)i;
			return true;
		}
	}
	return false;
}
