#include "text/page.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct page {
	const struct language *own, *staff;
	enum page_order order;
	struct page_foot foot;
	struct page_block *blocks;
	size_t count;
	size_t columns; /* of the last table */
};

struct page *page_new(const struct language *own, const struct language *staff,
		      enum page_order order)
{
	struct page *page = xcalloc(1, sizeof *page);

	*page = (struct page){ .own = own, .staff = staff, .order = order };
	return page;
}

/* --- texts ----------------------------------------------------------------
 */

static bool is_text(const char *text)
{
	return text && *text;
}

static const char *copied(const char *text)
{
	return is_text(text) ? xstrdup(text) : NULL;
}

/* Said twice in the same words, it stands once. */
static struct page_said said_copied(const struct page *page,
				    const struct page_said *said)
{
	bool twice =
	    is_text(said->own) && is_text(said->staff) &&
	    (page->own == page->staff || strcmp(said->own, said->staff) == 0);

	return (struct page_said){
		.own = twice ? NULL : copied(said->own),
		.staff = copied(said->staff),
		.typed = copied(said->typed),
		.box = said->box,
	};
}

static void said_done(struct page_said *said)
{
	char_wipe((char *)said->own);
	char_wipe((char *)said->staff);
	char_wipe((char *)said->typed);
}

bool page_is_said(const struct page_said *said)
{
	return is_text(said->own) || is_text(said->staff) ||
	       is_text(said->typed) || said->box;
}

static void foot_done(struct page_foot *foot)
{
	char_free((char *)foot->agency);
	char_free((char *)foot->phone);
	char_free((char *)foot->date);
	said_done(&foot->made_up);
}

void page_free(struct page *page)
{
	if (!page)
		return;
	for (size_t i = 0; i < page->count; i++) {
		for (size_t k = 0; k < page->blocks[i].count; k++)
			said_done(&page->blocks[i].texts[k]);
		free(page->blocks[i].texts);
		free(page->blocks[i].shares);
	}
	free(page->blocks);
	foot_done(&page->foot);
	free(page);
}

/* --- blocks ---------------------------------------------------------------
 */

static struct page_block *add(struct page *page, enum page_kind kind,
			      const struct page_said *texts, size_t count)
{
	struct page_block *block;

	page->blocks =
	    xreallocarray(page->blocks, page->count + 1, sizeof *page->blocks);
	block = &page->blocks[page->count++];
	*block = (struct page_block){
		.kind = kind,
		.texts = xcalloc(count, sizeof *texts),
		.count = count,
	};
	for (size_t i = 0; i < count; i++)
		block->texts[i] = said_copied(page, &texts[i]);
	return block;
}

static void add_one(struct page *page, enum page_kind kind,
		    const struct page_said *said)
{
	if (page_is_said(said))
		(void)add(page, kind, said, 1);
}

void page_title(struct page *page, struct page_said said)
{
	add_one(page, PAGE_TITLE, &said);
}

void page_heading(struct page *page, struct page_said said)
{
	add_one(page, PAGE_HEADING, &said);
}

void page_question(struct page *page, struct page_said said)
{
	add_one(page, PAGE_QUESTION, &said);
}

void page_paragraph(struct page *page, struct page_said said)
{
	add_one(page, PAGE_PARAGRAPH, &said);
}

void page_warning(struct page *page, struct page_said said)
{
	add_one(page, PAGE_WARNING, &said);
}

void page_sign(struct page *page, struct page_said said)
{
	add_one(page, PAGE_SIGN, &said);
}

void page_line(struct page *page)
{
	const struct page_said nothing = { 0 };

	(void)add(page, PAGE_LINE, &nothing, 1);
}

void page_check(struct page *page, struct page_said said, bool ticked)
{
	said.box = ticked ? PAGE_TICKED_BOX : PAGE_EMPTY_BOX;
	add_one(page, PAGE_CHECK, &said);
}

void page_checks(struct page *page, const struct page_said *said, size_t count)
{
	struct page_block *block;

	assert(count > 0 && count <= PAGE_COLUMNS);
	block = add(page, PAGE_CHECK, said, count);
	for (size_t i = 0; i < count; i++) {
		if (page_is_said(&said[i]))
			block->texts[i].box = PAGE_EMPTY_BOX;
	}
}

void page_pair(struct page *page, struct page_said key, struct page_said value)
{
	const struct page_said both[] = { key, value };

	if (page_is_said(&value))
		(void)add(page, PAGE_PAIR, both, COUNT(both));
}

void page_table(struct page *page, const struct page_column *columns,
		size_t count)
{
	struct page_said heads[PAGE_COLUMNS];
	struct page_block *block;

	assert(count > 0 && count <= PAGE_COLUMNS);
	for (size_t i = 0; i < count; i++)
		heads[i] = columns[i].head;
	block = add(page, PAGE_TABLE, heads, count);
	block->shares = xcalloc(count, sizeof *block->shares);
	for (size_t i = 0; i < count; i++) {
		assert(columns[i].share > 0);
		block->shares[i] = columns[i].share;
	}
	page->columns = count;
}

void page_row(struct page *page, const struct page_said *cells)
{
	assert(page->columns);
	(void)add(page, PAGE_ROW, cells, page->columns);
}

void page_marked_row(struct page *page, const struct page_said *cells)
{
	assert(page->columns);
	(void)add(page, PAGE_MARKED, cells, page->columns);
}

void page_set_foot(struct page *page, const struct page_foot *foot)
{
	struct page_foot own = {
		.agency = copied(foot->agency),
		.phone = copied(foot->phone),
		.date = copied(foot->date),
		.made_up = said_copied(page, &foot->made_up),
	};

	foot_done(&page->foot);
	page->foot = own;
}

/* --- reading --------------------------------------------------------------
 */

const struct language *page_own(const struct page *page)
{
	return page->own;
}

const struct language *page_staff(const struct page *page)
{
	return page->staff;
}

enum page_order page_order(const struct page *page)
{
	return page->order;
}

const struct page_foot *page_foot(const struct page *page)
{
	return &page->foot;
}

const struct page_block *page_block(const struct page *page, size_t index)
{
	return index < page->count ? &page->blocks[index] : NULL;
}
