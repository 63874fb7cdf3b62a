#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/audit_inside.h"
#include "desk/day.h"
#include "desk/pick.h"
#include "desk/write.h"

/* What is wanted of the audit: one thing is asked at a time, and they add up.
 */

/* --- who did it, and what kind of thing ------------------------------------
 */

static void forget_names(struct auditing *view)
{
	while (view->name_count)
		free(view->names[--view->name_count]);
}

static void take_name(void *to, const char *name)
{
	struct auditing *view = to;

	if (view->name_count < COUNT(view->names))
		view->names[view->name_count++] = xstrdup(name);
}

static void take_user(struct desk *desk, void *to, const size_t *rows,
		      size_t count)
{
	struct auditing *view = to;

	(void)desk;
	free(view->user);
	view->user = count ? xstrdup(view->names[rows[0]]) : NULL;
	audit_anew(view);
}

static void take_subject(struct desk *desk, void *to, const size_t *rows,
			 size_t count)
{
	struct auditing *view = to;

	(void)desk;
	free(view->subject);
	view->subject = count ? xstrdup(view->names[rows[0]]) : NULL;
	audit_anew(view);
}

static void pick_name(struct auditing *view, enum audit_part part)
{
	struct desk *desk = view->desk;
	const bool users = part == AUDIT_USERS;
	SCOPED(char_freep)
	char *title =
	    desk_word(desk, users ? "audit.which_user" : "audit.which_subject");
	SCOPED(char_freep) char *none = desk_word(desk, "audit.any");
	char *words[COUNT(view->names)];

	forget_names(view);
	if (audit_names(desk->record, part, &desk->staff.who, take_name,
			view)) {
		desk_say_trouble(desk);
		return;
	}
	if (!view->name_count)
		return;
	for (size_t i = 0; i < view->name_count; i++)
		words[i] = users ? xstrdup(view->names[i])
				 : audit_subject_word(desk, view->names[i]);
	pick_open(desk,
		  &(struct pick){ .title = title,
				  .rows = (const char *const *)words,
				  .count = view->name_count,
				  .none = none,
				  .done = users ? take_user : take_subject,
				  .to = view });
	for (size_t i = 0; i < view->name_count; i++)
		free(words[i]);
}

/* --- whom it is about ------------------------------------------------------
 */

static bool find_person(struct desk *desk, const char *text, int64_t *person)
{
	const struct catalogue_argument number = { .name = "number",
						   .text = text };

	if (audit_person(desk->record, text, person)) {
		desk_say_trouble(desk);
		return false;
	}
	if (text[0] && !*person)
		desk_say(desk, desk_words(desk, "audit.no_person", &number, 1),
			 false);
	return !text[0] || *person;
}

static bool check_person(struct desk *desk, void *to, const char *text)
{
	int64_t person;

	(void)to;
	return find_person(desk, text, &person);
}

static void take_person(struct desk *desk, void *to, const char *text)
{
	struct auditing *view = to;

	if (!find_person(desk, text, &view->wanted.person))
		return;
	free(view->number);
	view->number = text[0] ? xstrdup(text) : NULL;
	audit_anew(view);
}

static void write_person(struct auditing *view)
{
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "audit.which_person");
	SCOPED(char_freep) char *hint = desk_word(desk, "audit.person_hint");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .text = view->number,
					  .check = check_person,
					  .done = take_person,
					  .to = view });
}

/* --- on which day ----------------------------------------------------------
 */

static bool read_day(const struct desk *desk, const char *text,
		     char day[DAY_BYTES])
{
	char today[DAY_BYTES];

	day_of(desk->clock.now, today);
	return day_read(desk->staff.words, text, today, day) &&
	       strlen(day) == DAY_BYTES - 1;
}

static bool check_day(struct desk *desk, void *to, const char *text)
{
	char day[DAY_BYTES];

	(void)to;
	if (!text[0] || read_day(desk, text, day))
		return true;
	desk_say_key(desk, "desk.hint_day");
	return false;
}

static void take_day(struct desk *desk, void *to, const char *text)
{
	struct auditing *view = to;
	char day[DAY_BYTES], after[DAY_BYTES];

	free(view->day);
	view->day = NULL;
	view->wanted.from = view->wanted.until = 0;
	if (text[0] && read_day(desk, text, day)) {
		day_after(day, 1, after);
		view->wanted.from = day_begins(day);
		view->wanted.until = day_begins(after);
		view->day = day_shown(desk->staff.words, day);
	}
	audit_anew(view);
}

static void write_day(struct auditing *view)
{
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "audit.which_day");
	SCOPED(char_freep) char *hint = desk_word(desk, "audit.day_hint");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .check = check_day,
					  .done = take_day,
					  .to = view });
}

/* --- which of them ---------------------------------------------------------
 */

enum filter { BY_USER, BY_PERSON, BY_DAY, BY_SUBJECT, BY_NOTHING, FILTERS };

static void want_all(struct auditing *view)
{
	free(view->user);
	free(view->subject);
	free(view->day);
	free(view->number);
	view->user = view->subject = view->day = view->number = NULL;
	view->wanted = (struct audit_wanted){ .most = view->wanted.most };
	audit_anew(view);
}

static void take_filter(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	struct auditing *view = to;

	(void)desk;
	if (!count)
		return;
	switch ((enum filter)rows[0]) {
	case BY_USER:
		pick_name(view, AUDIT_USERS);
		break;
	case BY_PERSON:
		write_person(view);
		break;
	case BY_DAY:
		write_day(view);
		break;
	case BY_SUBJECT:
		pick_name(view, AUDIT_SUBJECTS);
		break;
	default:
		want_all(view);
	}
}

void audit_filter(struct desk *desk, void *state)
{
	static const char *const keys[FILTERS] = {
		[BY_USER] = "audit.by_user",
		[BY_PERSON] = "audit.by_person",
		[BY_DAY] = "audit.by_day",
		[BY_SUBJECT] = "audit.by_subject",
		[BY_NOTHING] = "audit.by_nothing",
	};
	SCOPED(char_freep) char *title = desk_word(desk, "audit.filter_title");
	char *rows[FILTERS];

	for (int i = 0; i < FILTERS; i++)
		rows[i] = desk_word(desk, keys[i]);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = FILTERS,
					.done = take_filter,
					.to = state });
	for (int i = 0; i < FILTERS; i++)
		free(rows[i]);
}
