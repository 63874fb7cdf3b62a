#include <stdlib.h>

#include "report/service_file.h"
#include "report/service_file_table.h"

/* The summary of a service file for paper: how many rows there are of which
 * program, and what would be rejected. */

enum { PROGRAM, WRITTEN, REFUSED, PROGRAM_COLUMNS };

static struct page_said words(const char *text)
{
	return (struct page_said){ .staff = text };
}

static void put_said(struct page *page, const struct wording *staff,
		     const char *key,
		     void (*put)(struct page *page, struct page_said said))
{
	SCOPED(char_freep) char *text = wording_or(staff, key, key);

	put(page, words(text));
}

static void put_counts(const struct service_file *file,
		       const struct wording *staff, struct page *page)
{
	const struct catalogue_argument counts[] = {
		{ .name = "rows", .number = (double)file->rows },
		{ .name = "refused", .number = (double)file->refused },
		{ .name = "not_agreed", .number = (double)file->not_agreed },
		{ .name = "unseen", .number = (double)file->unseen },
	};
	static const char *const keys[] = { "service.rows",
					    "service.left_out" };

	for (size_t i = 0; i < COUNT(keys); i++) {
		SCOPED(char_freep)
		char *text =
		    catalogue_say(staff->words, keys[i], counts, COUNT(counts));

		page_paragraph(page, words(text));
	}
}

static void put_program(const struct service_program *program,
			const struct wording *staff, struct page *page)
{
	SCOPED(char_freep)
	char *name = *program->name
			 ? xstrdup(program->name)
			 : wording_or(staff, "service.no_program", "-");
	SCOPED(char_freep) char *rows = xasprintf("%zu", program->rows);
	SCOPED(char_freep) char *refused = xasprintf("%zu", program->refused);
	const struct page_said cells[PROGRAM_COLUMNS] = {
		[PROGRAM] = PAGE_TYPED(name),
		[WRITTEN] = PAGE_TYPED(rows),
		[REFUSED] = PAGE_TYPED(refused),
	};

	page_row(page, cells);
}

static void put_programs(const struct service_file *file,
			 const struct wording *staff, struct page *page)
{
	static const char *const keys[PROGRAM_COLUMNS] = {
		[PROGRAM] = "field.service_contact.program",
		[WRITTEN] = "service.sent_rows",
		[REFUSED] = "service.refused_rows",
	};
	char *heads[PROGRAM_COLUMNS];
	struct page_column columns[PROGRAM_COLUMNS];

	put_said(page, staff, "service.by_program", page_heading);
	for (size_t i = 0; i < COUNT(keys); i++) {
		heads[i] = wording_or(staff, keys[i], keys[i]);
		columns[i] = (struct page_column){ words(heads[i]),
						   i == PROGRAM ? 2 : 1 };
	}
	page_table(page, columns, PROGRAM_COLUMNS);
	for (size_t i = 0; i < COUNT(keys); i++)
		free(heads[i]);
	for (size_t i = 0; i < file->program_count; i++)
		put_program(&file->programs[i], staff, page);
}

/* What is wrong is a sentence; the others are a word each. */
#define SENTENCE_SHARE 4

static void put_refusals(const struct service_written *written,
			 struct page *page)
{
	const size_t width = service_width(written);
	SCOPED(char_freep) char *means = service_means(written);
	struct page_column columns[PAGE_COLUMNS];
	char *texts[PAGE_COLUMNS];
	struct page_said cells[PAGE_COLUMNS];

	put_said(page, written->staff, "service.would_be_rejected",
		 page_heading);
	if (!service_rows(written)) {
		put_said(page, written->staff, "service.none_rejected",
			 page_paragraph);
		return;
	}
	for (size_t i = 0; i < width; i++) {
		texts[i] = service_head(written, i);
		columns[i] =
		    (struct page_column){ words(texts[i]),
					  i + 1 < width ? 1 : SENTENCE_SHARE };
	}
	page_table(page, columns, width);
	for (size_t i = 0; i < width; i++)
		free(texts[i]);
	for (size_t row = 0; row < service_rows(written); row++) {
		for (size_t i = 0; i < width; i++) {
			texts[i] = service_cell(written, row, i);
			cells[i] = PAGE_TYPED(texts[i]);
		}
		page_row(page, cells);
		for (size_t i = 0; i < width; i++)
			char_wipe(texts[i]);
	}
	page_paragraph(page, words(means));
}

struct page *service_file_page(const struct service_file *file,
			       const struct wording *staff,
			       const struct period *period,
			       const struct about *about)
{
	const struct service_written refusals = { file, SERVICE_REFUSALS,
						  staff };
	struct page *page = about_blank_page(about, PAGE_UNDER);
	SCOPED(char_freep)
	char *days = xasprintf("%s – %s", period->first, period->last);

	page_title(page, words(file->funder->title));
	page_paragraph(page, words(days));
	put_counts(file, staff, page);
	put_programs(file, staff, page);
	put_refusals(&refusals, page);
	return page;
}
