#include "form/place.h"

#include <string.h>

#include "form/field.h"
#include "form/word.h"
#include "form/xml.h"

static const char *appearance_of(const struct field *field)
{
	const char *words =
	    field->control
		? xml_attribute(field->control->element, "appearance")
		: NULL;

	return words ? words : "";
}

static bool is_set(const struct form *form, const struct field *field)
{
	for (const struct action *action = form->actions; action;
	     action = action->next) {
		if (action->target == field)
			return true;
	}
	return false;
}

static bool is_meta(const struct form *form, const struct field *field)
{
	for (; field->parent; field = field->parent) {
		if (field->parent == form->root &&
		    strcmp(field->local, "meta") == 0)
			return true;
	}
	return false;
}

static void tell(const struct form *form, const struct field *field,
		 form_visit_place *visit, void *to)
{
	const struct form_place place = {
		.path = field->path,
		.name = field->name,
		.kind = field->kind,
		.type = field->type,
		.multiple = field->control && field->control->multiple,
		.control = field->control != NULL,
		.set = is_set(form, field),
		.meta = is_meta(form, field),
		.private = field_in_private(field),
		.appearance = appearance_of(field),
	};

	visit(to, &place);
	for (size_t i = 0; i < field->child_count; i++)
		tell(form, field->children[i], visit, to);
}

void form_each_place(const struct form *form, form_visit_place *visit, void *to)
{
	tell(form, form->root, visit, to);
}

bool form_place_appears(const struct form_place *place, const char *word)
{
	return word_in(place->appearance, word);
}
