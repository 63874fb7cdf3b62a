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
	"note",        "contact", "status",  "identifier",    "service_contact",
	"appointment", "consent", "benefit", "support_given", "training_need",
	"meeting",     "member",
};

struct adding {
	const struct kind *kinds[COUNT(kinds)];
	size_t count;
};

/* Those that refer to such an entity, and that this role may write. */
static struct adding find_kinds(const struct desk *desk, const char *link)
{
	unsigned roles = desk->staff.who.roles;
	struct adding adding = { .count = 0 };

	for (size_t i = 0; i < COUNT(kinds); i++) {
		const struct kind *kind = kind_find(kinds[i]);

		if (kind && kind_field(kind, link) &&
		    (!roles || !kind->write || kind->write & roles))
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
