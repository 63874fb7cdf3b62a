#include "doctor/page.h"

#include <stdlib.h>

static struct page_said text(const char *words)
{
	return (struct page_said){ .staff = words };
}

static void add_row(struct page *page, const struct doctor_finding *finding,
		    const struct catalogue *words)
{
	const struct doctor_check *check = finding->check;
	SCOPED(char_freep)
	char *level = catalogue_word(words, doctor_level_word(finding->level));
	SCOPED(char_freep) char *name = catalogue_word(words, check->name);
	SCOPED(char_freep) char *advice = doctor_advice(words, check);
	const struct page_said cells[] = {
		text(level),
		text(name),
		text(finding->found),
		text(finding->level == DOCTOR_WELL ? NULL : advice),
	};

	if (finding->level == DOCTOR_HIGH)
		page_marked_row(page, cells);
	else
		page_row(page, cells);
}

static void add_table(struct page *page, const struct doctor_round *round,
		      const struct catalogue *words)
{
	SCOPED(char_freep) char *risk = catalogue_word(words, "doctor.risk");
	SCOPED(char_freep)
	char *looked = catalogue_word(words, "doctor.looked_at");
	SCOPED(char_freep) char *found = catalogue_word(words, "doctor.found");
	SCOPED(char_freep) char *about = catalogue_word(words, "doctor.about");
	const struct page_column columns[] = {
		{ text(risk), 4 },
		{ text(looked), 5 },
		{ text(found), 9 },
		{ text(about), 11 },
	};

	page_table(page, columns, COUNT(columns));
	for (size_t i = 0; i < round->count; i++)
		add_row(page, round->worst[i], words);
}

struct page *doctor_page(const struct doctor_round *round,
			 const struct catalogue *words)
{
	const struct language *language =
	    language_find(catalogue_language(words));
	struct page *page = page_new(language, language, PAGE_UNDER);
	SCOPED(char_freep) char *title = catalogue_word(words, "doctor.title");
	SCOPED(char_freep) char *result = doctor_result(words, round->level);

	page_title(page, text(title));
	page_heading(page, text(result));
	add_table(page, round, words);
	return page;
}
