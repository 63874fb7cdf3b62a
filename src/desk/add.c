#include "desk/add.h"

#include <stdlib.h>
#include <string.h>

#include "desk/open.h"
#include "desk/pick.h"
#include "desk/sheet.h"
#include "desk/value.h"

/* Kinds that workers add by hand, what is added most first. Those that have a
 * way of their own (assessments, merges) are none of these. */
static const char *const kinds[] = {
	"note",          "contact", "status",   "identifier", "service_contact",
	"appointment",   "consent", "referral", "benefit",    "support_given",
	"training_need", "meeting", "member",
};

/* And those that belong to nobody yet. */
static const char *const tops[] = {
	"person", "household", "sponsor_group", "referral",  "event",
	"user",   "team",      "site",          "own_field",
};

struct adding {
	const struct kind *kinds[COUNT(kinds)];
	size_t count;
};

static bool may_write(const struct desk *desk, const struct kind *kind)
{
	unsigned roles = desk->staff.who.roles;

	return !roles || !kind->write || kind->write & roles;
}

const struct kind *add_top(const struct desk *desk, size_t index)
{
	const struct kind *kind;

	for (size_t i = 0; i < COUNT(tops); i++) {
		kind = kind_find(tops[i]);
		if (kind && may_write(desk, kind) && index-- == 0)
			return kind;
	}
	return NULL;
}

bool add_may(const struct desk *desk, const struct kind *kind)
{
	const struct kind *top;

	for (size_t i = 0; (top = add_top(desk, i)); i++) {
		if (top == kind)
			return true;
	}
	return false;
}

/* A person's names are an entity of their own, and asked for at once. */
static void saved(struct desk *desk, void *to, int64_t id)
{
	const struct kind *kind = to;
	SCOPED(char_freep) char *person = xasprintf("%lld", (long long)id);
	const struct entity_match given[] = { { "person", person },
					      { NULL, NULL } };

	open_entity(desk, kind, id);
	if (strcmp(kind->name, "person") == 0)
		open_new(desk, &(struct sheet_about){ .kind = kind_find("name"),
						      .given = given });
}

void add_new(struct desk *desk, const struct kind *kind)
{
	open_new(desk, &(struct sheet_about){
			   .kind = kind,
			   .saved = saved,
			   .to = (void *)kind, /* it is never written to */
		       });
}

/* Those that refer to such an entity, and that this role may write. */
static struct adding find_kinds(const struct desk *desk, const char *link)
{
	struct adding adding = { .count = 0 };

	for (size_t i = 0; i < COUNT(kinds); i++) {
		const struct kind *kind = kind_find(kinds[i]);

		if (kind && kind_field(kind, link) && may_write(desk, kind))
			adding.kinds[adding.count++] = kind;
	}
	return adding;
}

static void take(struct desk *desk, void *to, const size_t *rows, size_t count)
{
	const struct entity_name *name = to;
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)name->id);
	const struct entity_match given[] = { { name->kind->name, id },
					      { NULL, NULL } };
	struct adding adding = find_kinds(desk, name->kind->name);

	if (count && rows[0] < adding.count)
		open_new(desk,
			 &(struct sheet_about){ .kind = adding.kinds[rows[0]],
						.given = given });
}

void add_open(struct desk *desk, const struct entity_name *to)
{
	struct adding adding = find_kinds(desk, to->kind->name);
	SCOPED(char_freep) char *title = desk_word(desk, "desk.add_title");
	char *words[COUNT(kinds)];

	for (size_t i = 0; i < adding.count; i++)
		words[i] = value_kind(desk, adding.kinds[i]);
	if (adding.count)
		pick_open(desk, &(struct pick){
				    .title = title,
				    .rows = (const char *const *)words,
				    .count = adding.count,
				    .done = take,
				    .to = (void *)to,
				});
	for (size_t i = 0; i < adding.count; i++)
		free(words[i]);
}
