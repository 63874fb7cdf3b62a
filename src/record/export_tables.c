#include <string.h>

#include "base/memory.h"
#include "record/export_inside.h"

/*
 * Every table that is no kind's. A column that is new belongs here with its
 * type; tests/record/export.c finds what is forgotten.
 */
static const struct export_table tables[] = {
	{ "kiosk",
	  "key:bytes name:text zone:text site:link_site enrolled_at:instant "
	  "enrolled_by:text revoked_at:instant revoked_by:text "
	  "last_good:number",
	  NULL },
	{ "ticket",
	  "kiosk_key:bytes seq:number wire_hash:bytes filed_at:moment "
	  "filed_by:text case_id:text",
	  NULL },
	{ "ticket_held",
	  "wire_hash:bytes wire:bytes reason:text held_at:moment", NULL },
	{ "visit",
	  "id:number number:text form:bytes person:link_person issued:instant "
	  "arrived:instant zone:text filed:instant desk:text level:number "
	  "staff_level:number staff_reason:text tags:text language:text "
	  "quiet:yes more_to_tell:yes keep:text erase_at:instant "
	  "erased_at:instant state:text called:instant calls:number "
	  "started:instant ended:instant outcome:text held_by:text gave:number "
	  "source:text paper:text filled:instant left_blank:text",
	  NULL },
	{ "visit_act",
	  "id:number visit:link_visit act:text at:instant user:text desk:text "
	  "undone:yes state:text called:instant calls:number started:instant "
	  "ended:instant outcome:text held_by:text staff_level:number "
	  "staff_reason:text",
	  NULL },
	{ "intake",
	  "visit:link_visit submission:!text instance_id:text wire:bytes",
	  NULL },
	{ "intake_answer",
	  "visit:link_visit position:number reference:text value:!text", NULL },
	{ "visit_rule",
	  "visit:link_visit position:number language:text rule:text "
	  "reason:text",
	  NULL },
	{ "fact",
	  "id:number visit:link_visit person:link_person field:text "
	  "value:!text source:text at:instant user:text",
	  NULL },
	{ "visit_consent",
	  "id:number visit:link_visit person:link_person purpose:text "
	  "given:yes source:text at:instant user:text language:text form:bytes",
	  NULL },
	{ "alert",
	  "id:number visit:link_visit kind:text desk:text raised:instant "
	  "repeated:instant repeated_desk:text acknowledged:instant "
	  "acknowledged_by:text closed:instant closed_by:text outcome:text",
	  NULL },
	{ "audit",
	  "id:number at:instant user:text desk:text act:text subject:text "
	  "subject_id:number old:text",
	  NULL },
	{ "tombstone",
	  "id:number subject:text subject_id:number rule:text at:instant "
	  "user:text counts:json",
	  NULL },
	{ "act",
	  "id:number at:instant user:text desk:text undoes:number undone:yes",
	  NULL },
	{ "change",
	  "id:number act:link_act kind:text entity:number version:number "
	  "field:text before:text after:text source:text reason:text",
	  NULL },
	{ "change_apart",
	  "id:number act:link_act kind:text entity:number version:number "
	  "field:text before:text after:text source:text reason:text",
	  NULL },
	{ "own_value", "kind:text entity:number field:text value:text", NULL },
	{ "draft",
	  "id:number user:text form:bytes language:text paper:text "
	  "filled:instant begun:instant changed:instant answers:!json",
	  NULL },
	{ "hsds_file",
	  "path:text resource:json columns:json bytes:bytes changed:yes "
	  "position:number",
	  NULL },
	{ "hsds_row", "position:number tab:text id:text cells:json own:yes",
	  NULL },

	{ "sign_in", NULL, "how users sign in: secrets" },
	{ "names_lie_apart", NULL, "says only that names lie in another file" },
	{ "names_out", NULL, "names on their way to that file, sealed" },
	{ "names_stale", NULL, "whose names are to be looked up anew" },
	{ "person_key", NULL, "made from names and contacts, to find people" },
	{ "person_form", NULL, "made from names and contacts, to find people" },
	{ "service_words", NULL, "made from hsds_row, to find services" },
	{ "hsds_link", NULL, "made from hsds_row" },
	{ "caseload_out", NULL, "laptops that this record waits for" },
	{ "caseload_back", NULL, "laptops that came back" },
	{ "caseload_map", NULL, "numbers on laptops and here" },
	{ "away", NULL, "of a laptop: where its people are from" },
	{ "away_from", NULL, "of a laptop: where its numbers begin" },
	{ "laid", NULL, "of the program: which tables were made" },
	{ "sqlite_sequence", NULL, "of the database" },
};

size_t export_table_count(void)
{
	return COUNT(tables);
}

const struct export_table *export_table_at(size_t index)
{
	return &tables[index];
}

/* --- kinds ---------------------------------------------------------------- */

static const char *const words[] = {
	[FIELD_TEXT] = "text",    [FIELD_LONG] = "text",
	[FIELD_WHOLE] = "number", [FIELD_MONEY] = "money",
	[FIELD_DAY] = "day",      [FIELD_INSTANT] = "instant",
	[FIELD_CODE] = "code",    [FIELD_CODES] = "codes",
	[FIELD_LINK] = "link",    [FIELD_YES] = "yes",
	[FIELD_ABOUT] = "about",
};

static const struct {
	const char *name, *type;
} common[] = {
	{ "id", "number" },          { "version", "number" },
	{ "made_at", "instant" },    { "made_by", "text" },
	{ "changed_at", "instant" }, { "changed_by", "text" },
	{ "gone", "yes" },
};

static char *of_field(const struct field *field)
{
	const char *more = field->link ? field->link : field->codes;

	return xasprintf("%s%s%s",
			 field->link ? words[FIELD_LINK] : words[field->type],
			 more ? " " : "", more ? more : "");
}

static char *of_kind(const struct kind *kind, const char *column)
{
	const struct field *field = kind_field(kind, column);

	if (field)
		return of_field(field);
	for (size_t i = 0; i < COUNT(common); i++) {
		if (strcmp(common[i].name, column) == 0)
			return xstrdup(common[i].type);
	}
	return NULL;
}

char *export_column(const struct export_table *table, const struct kind *kind,
		    const char *column, bool *sealed)
{
	const size_t length = strlen(column);

	*sealed = false;
	if (kind)
		return of_kind(kind, column);
	for (const char *at = table->columns; *at; at += strspn(at, " ")) {
		const size_t whole = strcspn(at, " ");
		const char *type = at + length + 1;
		char *told;

		if (!strncmp(at, column, length) && at[length] == ':') {
			*sealed = *type == '!';
			type += *sealed;
			told =
			    xasprintf("%.*s", (int)(at + whole - type), type);
			if (!strncmp(told, "link_", 5))
				told[4] = ' ';
			return told;
		}
		at += whole;
	}
	return NULL;
}
