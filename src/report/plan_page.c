#include "report/plan_page.h"

#include <stdio.h>

#include "base/bytes.h"

static void put_goal(const struct about *about, struct page *page,
		     const struct plan_goal *goal)
{
	page_heading(page, tongues_say(about->tongues, "goal"));
	page_paragraph(page, PAGE_TYPED(goal->words));
	if (!goal->step_count)
		return;
	task_heads(about, page);
	for (size_t i = 0; i < goal->step_count; i++)
		task_row(about, page, &goal->steps[i]);
}

static void add_part(struct bytes *parts, const char *part)
{
	if (part && *part)
		bytes_add_format(parts, "%s%s", parts->length ? " · " : "",
				 part);
}

static void put_appointment(const struct about *about, struct page *page,
			    const struct plan_page *plan)
{
	struct page_said when = { 0 };
	struct bytes parts = { 0 };
	SCOPED(char_freep) char *rest = NULL;

	if (!plan->appointment.day)
		return;
	when = tongues_day(about->tongues, plan->appointment.day);
	add_part(&parts, plan->appointment.time);
	add_part(&parts, plan->appointment.with);
	add_part(&parts, plan->appointment.where);
	rest = bytes_take_text(&parts);
	if (!when.typed)
		when.typed = rest;
	page_pair(page, tongues_say(about->tongues, "appointment"), when);
}

/* After a sign, as the desk has it: it is theirs, and needs no title. */
static void put_strengths(struct page *page, const char *strengths)
{
	SCOPED(char_wipep) char *line = NULL;

	if (!strengths)
		return;
	line = xasprintf("✦ %s", strengths);
	page_paragraph(page, PAGE_TYPED(line));
}

struct page *plan_page(const struct about *about, const struct plan_page *plan)
{
	struct page *page = about_page(about, PAGE_BESIDE, "plan");

	about_person(about, page, plan->name, plan->number);
	page_pair(page, tongues_say(about->tongues, "worker"),
		  PAGE_TYPED(plan->worker));
	put_appointment(about, page, plan);
	about_call(about, page);
	put_strengths(page, plan->strengths);
	for (size_t i = 0; i < plan->goal_count; i++)
		put_goal(about, page, &plan->goals[i]);
	return page;
}
