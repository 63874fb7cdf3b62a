#include "office/demo_pilot.h"
#include "record/directory.h"
#include "record/refer.h"

/* Services of an invented town, and who was sent there or from where. */
static const struct directory_new services[] = {
	{ .name = "Housing help desk",
	  .organization = "Riverside Housing Trust (invented)",
	  .description = "Finding a flat, reading a lease",
	  .phone = "613-555-0160",
	  .address = "12 Invented Street",
	  .city = "Riverside",
	  .hours = "Monday to Friday, 9 to 4",
	  .languages = "en fr",
	  .codes = "need:HOU walk-in accepts:any-status" },
	{ .name = "Language assessment",
	  .organization = "Riverside Schools (invented)",
	  .description = "Which English or French class fits",
	  .phone = "613-555-0161",
	  .city = "Riverside",
	  .languages = "en fr ar",
	  .codes = "need:LAN capacity:wait" },
	{ .name = "Newcomer clinic",
	  .organization = "River Clinic (invented)",
	  .description = "First visit for a family, with interpreters",
	  .phone = "613-555-0162",
	  .city = "Riverside",
	  .languages = "en fr ti ar",
	  .codes = "need:HEA accepts:any-status capacity:open" },
	{ .name = "Food shelf",
	  .organization = "Good Neighbours (invented)",
	  .phone = "613-555-0163",
	  .city = "Riverside",
	  .hours = "Tuesday and Friday, 1 to 5",
	  .languages = "en",
	  .codes = "need:FOO walk-in accepts:any-status" },
	{ .name = "Employment office",
	  .organization = "Work Riverside (invented)",
	  .phone = "613-555-0164",
	  .city = "Riverside",
	  .languages = "en fr",
	  .codes = "need:EMP" },
	{ .name = "Women's cooking group",
	  .organization = "Elmford Hall (invented)",
	  .description = "Saturday mornings, children welcome",
	  .city = "Elmford",
	  .languages = "en am ti",
	  .codes = "need:COM women-only walk-in",
	  .safety = "Meet the first time together with a worker" },
};

static const struct {
	int home, service; /* service: -1 for those from elsewhere */
	int ago;
	const char *need, *from, *from_name;
	const char *moves[4];
	const char *closed_as;
} referrals[] = {
	{ 0, -1, 6, "HEA", "hospital", "Riverside General", { NULL }, NULL },
	{ 1,
	  -1,
	  11,
	  "EDU",
	  "school",
	  "Elm Street School",
	  { "first-attempt" },
	  NULL },
	{ 2,
	  -1,
	  40,
	  "HOU",
	  "sponsor",
	  "Hillside Church",
	  { "first-attempt", "reached" },
	  NULL },
	{ 3,
	  -1,
	  60,
	  "COM",
	  "sah",
	  "Diocese of Riverside",
	  { "first-attempt", "reached", "visit" },
	  NULL },
	{ 4, -1, 80, "LAN", "person", NULL, { "reached", "visit" }, "helped" },
	{ 3, 1, 30, "LAN", NULL, NULL, { "made", "contacted" }, NULL },
	{ 5, 0, 70, "HOU", NULL, NULL, { "made" }, NULL },
	{ 6,
	  2,
	  90,
	  "HEA",
	  NULL,
	  NULL,
	  { "made", "connected", "confirmed" },
	  "helped" },
	{ 7, 4, 50, "EMP", NULL, NULL, { "made" }, "full" },
	{ 9, 5, 20, "COM", NULL, NULL, { NULL }, NULL },
};

static void write_services(struct demo *demo, int64_t *ids)
{
	for (size_t i = 0; i < COUNT(services) && !demo->fault; i++) {
		/* Two of them nobody has checked for long. */
		const struct directory_rules rules = {
			.stale_days = DIRECTORY_STALE_DAYS,
			.now = demo_at(demo, i < 4 ? 20 : 300),
		};
		enum directory_answer answer = DIRECTORY_DONE;

		demo->fault = directory_add(demo->record, &services[i], &rules,
					    &demo->who, &answer, &ids[i]);
		if (!demo->fault && answer == DIRECTORY_DONE)
			demo->fault = directory_checked(
			    demo->record, ids[i], &rules, &demo->who, &answer);
		demo_expect(demo, services[i].name, demo->fault,
			    answer == DIRECTORY_DONE ? ENTITY_DONE
						     : ENTITY_WRONG);
	}
}

/* Nobody is told of who did not agree. */
static void agree(struct demo *demo, int64_t id, int ago)
{
	const struct demo_text day = demo_day(demo, ago);
	enum entity_answer answer = ENTITY_DONE;

	if (!demo->fault)
		demo_expect(demo, "agreed",
			    refer_agreed(demo->record, id, day.text, &demo->who,
					 demo_at(demo, ago), &answer),
			    answer);
}

static void end(struct demo *demo, int64_t id, const char *as, int ago)
{
	enum entity_answer answer = ENTITY_DONE;

	if (!demo->fault)
		demo_expect(demo, as,
			    refer_close(demo->record, id, as, "", &demo->who,
					demo_at(demo, ago), &answer),
			    answer);
}

void pilot_write_referrals(struct pilot *pilot)
{
	struct demo *demo = &pilot->demo;
	int64_t ids[COUNT(services)] = { 0 };

	write_services(demo, ids);
	for (size_t i = 0; i < COUNT(referrals) && !demo->fault; i++) {
		const int service = referrals[i].service;
		const int ago = referrals[i].ago;
		const struct demo_text person =
		    demo_id(pilot->homes[referrals[i].home].adult);
		const struct demo_text where =
		    demo_id(service < 0 ? 0 : ids[service]);
		const int64_t id = demo_make(
		    demo, "referral", ago, "person", person.text, "direction",
		    service < 0 ? "in" : "out", "need", referrals[i].need,
		    "service", service < 0 ? NULL : where.text, "from",
		    referrals[i].from, "from_name", referrals[i].from_name);

		if (service >= 0 && referrals[i].moves[0])
			agree(demo, id, ago);
		for (int j = 0; j < 4 && referrals[i].moves[j]; j++)
			demo_move(demo, "referral", id, referrals[i].moves[j],
				  ago - 2 * (j + 1));
		if (referrals[i].closed_as)
			end(demo, id, referrals[i].closed_as, ago - 10);
	}
}
