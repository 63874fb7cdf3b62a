#include "desk/clash.h"

#include "desk/pick.h"
#include "desk/value.h"

enum { OTHER, SAME, ROWS };

struct found {
	int64_t id;
	struct appointment_time time;
};

/* The first one is told: what is wrong with the time is known then. */
static bool take_found(void *to, int64_t id,
		       const struct appointment_time *time)
{
	struct found *found = to;

	found->id = id;
	found->time = *time;
	return false;
}

static void take_answer(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	const struct clash *clash = to;

	if (!count)
		return;
	if (rows[0] == OTHER)
		clash->other(desk, clash->to);
	else
		clash->same(desk, clash->to);
}

/* "Sam Okafor has Selam H then: Mon 23 Nov 2026 10:00"; the caller frees it. */
static char *words_of(const struct desk *desk,
		      const struct appointment_time *time,
		      const struct appointment_time *found)
{
	const bool worker = time->worker && found->worker == time->worker;
	SCOPED(char_freep)
	char *who = value_called(desk, kind_find(worker ? "user" : "person"),
				 worker ? time->worker : time->person);
	SCOPED(char_freep)
	char *whom = value_called(desk, kind_find("person"), found->person);
	SCOPED(char_freep) char *at = value_instant(desk, found->at);
	const struct catalogue_argument parts[] = {
		{ .name = "who", .text = who },
		{ .name = "whom", .text = whom },
		{ .name = "at", .text = at },
	};

	return desk_words(desk, worker ? "retime.clash" : "retime.clash_own",
			  parts, COUNT(parts));
}

void clash_ask(struct desk *desk, struct clash *clash)
{
	struct found found = { 0 };

	if (appointment_clashing(desk->record, &clash->time, take_found,
				 &found)) {
		desk_say_trouble(desk);
		return;
	}
	if (!found.id) {
		clash->same(desk, clash->to);
		return;
	}
	SCOPED(char_freep)
	char *title = words_of(desk, &clash->time, &found.time);
	SCOPED(char_freep) char *other = desk_word(desk, "retime.other");
	SCOPED(char_freep) char *same = desk_word(desk, "retime.same");
	const char *const rows[ROWS] = { [OTHER] = other, [SAME] = same };

	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = ROWS,
					.done = take_answer,
					.to = clash });
}
