#include "tests/support/paged.h"

#include "base/bytes.h"

static const char *const kinds[] = {
	[PAGE_TITLE] = "title",       [PAGE_HEADING] = "heading",
	[PAGE_QUESTION] = "question", [PAGE_LINE] = "line",
	[PAGE_PARAGRAPH] = "text",    [PAGE_WARNING] = "warning",
	[PAGE_PAIR] = "pair",         [PAGE_CHECK] = "check",
	[PAGE_SIGN] = "sign",         [PAGE_TABLE] = "table",
	[PAGE_ROW] = "row",           [PAGE_MARKED] = "marked",
};

static void add_said(struct bytes *out, const struct page_said *said)
{
	static const char *const boxes[] = { "", "[ ]", "[x]" };
	const char *const parts[] = { said->own, said->staff, said->typed };
	const char *between = "";

	bytes_add_text(out, boxes[said->box]);
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (!parts[i])
			continue;
		bytes_add_format(out, "%s%s", between, parts[i]);
		between = " / ";
	}
}

char *paged(const struct page *page)
{
	struct bytes out = { 0 };
	const struct page_block *block;

	bytes_add_text(&out, "");
	for (size_t i = 0; (block = page_block(page, i)); i++) {
		bytes_add_format(&out, "%s: ", kinds[block->kind]);
		for (size_t k = 0; k < block->count; k++) {
			if (k)
				bytes_add_text(&out, " | ");
			add_said(&out, &block->texts[k]);
		}
		bytes_add_byte(&out, '\n');
	}
	return bytes_take_text(&out);
}
