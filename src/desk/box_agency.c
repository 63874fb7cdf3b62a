#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/box_home.h"
#include "desk/box_menu.h"
#include "desk/box_step.h"
#include "seal/secret.h"

/* What an agency is called, where it is, and what time it is there. */

/* --- new, or back from paper -------------------------------------------------
 */

static bool wants_way(const struct box *box)
{
	return box_is_open(box) && box->way == BOX_OPEN && !box_has_key(box);
}

static void take_way(struct box *box, int choice)
{
	box->way = choice ? BOX_BACK : BOX_NEW;
	box_go_on(box);
}

static bool wants_agency(const struct box *box)
{
	return box_is_open(box) && box->way == BOX_NEW && !box->agency[0];
}

static void take_agency(struct box *box, int choice)
{
	const char *name = box_text(box, 0);

	(void)choice;
	if (!*name || strlen(name) >= BOX_NAME) {
		box_say(box, "box.no_name");
		return;
	}
	strcpy(box->agency, name);
	box_go_on(box);
}

/* --- where -------------------------------------------------------------------
 */

/* From west to east, as the words of the choices are. */
static const char *const zones[] = {
	"America/Vancouver", "America/Edmonton", "America/Regina",
	"America/Winnipeg",  "America/Toronto",  "America/Halifax",
	"America/St_Johns",
};

#define TORONTO 4

static bool wants_zone(const struct box *box)
{
	return box_is_open(box) && box->way != BOX_OPEN && !box->zone &&
	       !box_has_key(box);
}

static void begin_zone(struct box *box)
{
	box->choice = TORONTO;
}

static void take_zone(struct box *box, int choice)
{
	box->zone = zones[choice];
	setenv("TZ", box->zone, 1);
	tzset();
	box_go_on(box);
}

/* --- when
 * --------------------------------------------------------------------- */

#define SLACK                                                          \
	90 /* seconds: a clock that says the same minute is left alone \
	    */

static bool wants_clock(const struct box *box)
{
	return box_is_open(box) && !box->clocked;
}

static void begin_clock(struct box *box)
{
	const time_t now = (time_t)(box->now / 1000);
	char text[24];
	struct tm local;

	localtime_r(&now, &local);
	strftime(text, sizeof text, "%Y-%m-%d", &local);
	entry_set_text(box->fields[0], text);
	strftime(text, sizeof text, "%H:%M", &local);
	entry_set_text(box->fields[1], text);
}

static void take_clock(struct box *box, int choice)
{
	const int64_t said = box_moment(box_text(box, 0), box_text(box, 1));

	(void)choice;
	if (said < 0) {
		box_say(box, "box.no_time");
		return;
	}
	box->clocked = true;
	if (llabs(said - box->now / 1000) < SLACK)
		box_go_on(box);
	else
		box_ask(box, &(struct vault_request){ .verb = VAULT_SET_TIME,
						      .seconds = said });
}

const struct box_step box_agency_steps[] = {
	{ .name = "begin",
	  .choices = { "box.new", "box.back" },
	  .due = wants_way,
	  .take = take_way },
	{ .name = "agency",
	  .fields = { { "box.agency_name", false } },
	  .due = wants_agency,
	  .take = take_agency },
	{ .name = "zone",
	  .choices = { "box.vancouver", "box.edmonton", "box.regina",
		       "box.winnipeg", "box.toronto", "box.halifax",
		       "box.st_johns" },
	  .due = wants_zone,
	  .enter = begin_zone,
	  .take = take_zone },
	{ .name = "clock",
	  .fields = { { "box.day", false }, { "box.time", false } },
	  .due = wants_clock,
	  .enter = begin_clock,
	  .take = take_clock },
	{ .name = NULL },
};
