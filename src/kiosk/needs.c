#include "kiosk/needs.h"

#include "base/memory.h"

#define PICTURES "jr://images/"

/* In the order of the intake's own question, whose words and pictures these
 * are. */
static const struct need needs[] = {
	{ "SAF", "kiosk.need_saf", PICTURES "shield.svg", true },
	{ "HOU", "kiosk.need_hou", PICTURES "house.svg", false },
	{ "FOO", "kiosk.need_foo", PICTURES "food-clothes.svg", false },
	{ "INC", "kiosk.need_inc", PICTURES "money.svg", false },
	{ "HEA", "kiosk.need_hea", PICTURES "health.svg", false },
	{ "MEN", "kiosk.need_men", PICTURES "stress.svg", true },
	{ "LEG", "kiosk.need_leg", PICTURES "papers.svg", false },
	{ "LAN", "kiosk.need_lan", PICTURES "learn-language.svg", false },
	{ "EMP", "kiosk.need_emp", PICTURES "work.svg", false },
	{ "EDU", "kiosk.need_edu", PICTURES "school.svg", false },
	{ "CHI", "kiosk.need_chi", PICTURES "children.svg", false },
	{ "COM", "kiosk.need_com", PICTURES "meet-people.svg", false },
	{ "TRA", "kiosk.need_tra", PICTURES "bus.svg", false },
	{ "DIG", "kiosk.need_dig", PICTURES "phone-internet.svg", false },
	{ "", "kiosk.need_oth", PICTURES "other.svg", false },
};

size_t needs_count(void)
{
	return COUNT(needs);
}

const struct need *need_at(size_t index)
{
	return &needs[index];
}

/* Codes of an agency's own are no need that has a picture. */
bool need_meets(const struct need *need, const struct service *service)
{
	bool known = false;

	if (*need->code)
		return service_serves(service, need->code);
	for (size_t i = 0; i < COUNT(needs); i++)
		known = known || (*needs[i].code &&
				  service_serves(service, needs[i].code));
	return !known;
}

size_t need_services(const struct need *need, const struct services *services)
{
	size_t count = 0;

	for (size_t i = 0; i < services->count; i++)
		count += need_meets(need, &services->list[i]);
	return count;
}
