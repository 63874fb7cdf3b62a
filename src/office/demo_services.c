#include "office/demo_pilot.h"

/*
 * What was given to whom, and what people agreed to: enough that a monthly file
 * has rows, rows that a funder would reject, and one that is nobody's to send.
 */

static const struct {
	int home, ago;
	const char *mode, *minutes, *domains, *program, *setting;
} services[] = {
	{ 3, 50, "in-person", "60", "HOU HEA", "Settlement", "one-to-one" },
	{ 4, 48, "in-person", "45", "LAN", "Language", "one-to-one" },
	{ 6, 45, "video", "30", "EMP", "Employment", "one-to-one" },
	{ 7, 40, "in-person", NULL, "COM", "Settlement", "group" },
	{ 3, 36, "phone", "15", "HOU", "Settlement", "one-to-one" },
	{ 8, 33, "in-person", "90", "EMP", "Employment", "group" },
	{ 8, 30, "phone", "20", "EMP", "Job club", "one-to-one" },
	{ 9, 28, "in-person", "120", "LAN COM", "Language", "group" },
	{ 11, 25, "phone", "10", "HEA", "Settlement", "one-to-one" },
	{ 12, 22, "in-person", "40", "HOU", "Settlement", "one-to-one" },
	{ 12, 12, "in-person", "30", "HOU", "Settlement", "one-to-one" },
	{ 7, 9, "video", "25", "COM", "Settlement", "one-to-one" },
};

/* Who agreed that a funder is told, and who that they are counted. */
static const struct {
	int home;
	bool share, count, taken_back;
} agreed[] = {
	{ 3, true, true, false },   { 4, true, true, false },
	{ 6, true, true, false },   { 7, true, true, false },
	{ 8, true, true, false },   { 9, true, true, false },
	{ 11, false, true, false }, { 12, true, true, false },
	{ 13, false, true, true },
};

#define AGREED_AGO 55
#define TAKEN_BACK_AGO 15

static int64_t agree(struct demo *demo, int64_t adult, const char *purpose,
		     const char *recipient)
{
	const struct demo_text person = demo_id(adult);

	return demo_make(demo, "consent", AGREED_AGO, "person", person.text,
			 "purpose", purpose, "recipient", recipient, "language",
			 "en");
}

static void write_agreed(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	for (size_t i = 0; i < COUNT(agreed); i++) {
		const int64_t adult = pilot->homes[agreed[i].home].adult;
		int64_t count;

		if (agreed[i].share)
			(void)agree(demo, adult, "share",
				    "Maple Settlement Fund");
		count = agree(demo, adult, "count", NULL);
		if (agreed[i].taken_back)
			demo_move(demo, "consent", count, "withdrawn",
				  TAKEN_BACK_AGO);
	}
}

void pilot_write_services(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;

	write_agreed(pilot);
	for (size_t i = 0; i < COUNT(services); i++) {
		const struct pilot_home *home = &pilot->homes[services[i].home];
		const struct demo_text person = demo_id(home->adult);
		const struct demo_text household = demo_id(home->household);
		const struct demo_text day = demo_day(demo, services[i].ago);

		(void)demo_make(
		    demo, "service_contact", services[i].ago, "person",
		    person.text, "household", household.text, "day", day.text,
		    "mode", services[i].mode, "minutes", services[i].minutes,
		    "domains", services[i].domains, "program",
		    services[i].program, "setting", services[i].setting,
		    "attendance", "attended");
	}
}
