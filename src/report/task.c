#include "report/task.h"

#include "base/memory.h"

static const char *const owner_keys[] = { "you", "sponsor", "sah", "worker" };

static bool is_single(unsigned owners)
{
	return owners && !(owners & (owners - 1));
}

bool task_is_owned(const struct task *task)
{
	return task->state != TASK_OPEN || is_single(task->owners);
}

void task_heads(const struct about *about, struct page *page)
{
	const struct page_column columns[] = {
		{ tongues_say(about->tongues, "step"), 9 },
		{ tongues_say(about->tongues, "who"), 6 },
		{ tongues_say(about->tongues, "when"), 6 },
		{ tongues_say(about->tongues, "done"), 4 },
	};

	page_table(page, columns, COUNT(columns));
}

/* A text in both languages behind another, parted by "; ". */
static void add_words(char **words, const char *more)
{
	char *before = *words;

	if (!more)
		return;
	*words = before ? xasprintf("%s; %s", before, more) : xstrdup(more);
	char_free(before);
}

static void add_said(char **own, char **staff, struct page_said said)
{
	add_words(own, said.own);
	add_words(staff, said.staff);
}

static const char *complaint(unsigned owners)
{
	return owners ? "several" : "nobody";
}

static struct page_said state_said(const struct about *about,
				   const struct task *task)
{
	static const enum page_box boxes[] = {
		[TASK_OPEN] = PAGE_EMPTY_BOX, [TASK_DONE] = PAGE_TICKED_BOX
	};
	struct page_said said = { 0 };

	if (task->state == TASK_NOT_NEEDED)
		return tongues_say(about->tongues, "not_needed");
	said.box = boxes[task->state];
	return said;
}

static struct page_said what_said(const struct about *about,
				  const struct task *task)
{
	SCOPED(char_freep)
	char *key = xasprintf("task_%s", task->code ? task->code : "");
	struct page_said said = tongues_say(about->tongues, key);

	said.typed = task->what;
	return said;
}

void task_row(const struct about *about, struct page *page,
	      const struct task *task)
{
	SCOPED(char_freep) char *own = NULL;
	SCOPED(char_freep) char *staff = NULL;
	struct page_said cells[4] = { what_said(about, task) };

	for (size_t i = 0; i < COUNT(owner_keys); i++) {
		if (task->owners & 1u << i)
			add_said(&own, &staff,
				 tongues_say(about->tongues, owner_keys[i]));
	}
	if (!task_is_owned(task))
		add_said(&own, &staff,
			 tongues_say(about->tongues, complaint(task->owners)));
	cells[1] = (struct page_said){ .own = own,
				       .staff = staff,
				       .typed = task->owner_name };
	cells[2] = tongues_day(about->tongues, task->due);
	cells[3] = state_said(about, task);
	if (task_is_owned(task))
		page_row(page, cells);
	else
		page_marked_row(page, cells);
}
