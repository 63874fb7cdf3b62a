#include "card/finding.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "base/bytes.h"

void card_findings_done(struct card_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		struct card_finding *finding = &findings->list[i];

		for (size_t j = 0; j < CARD_WITH; j++)
			char_free((char *)(uintptr_t)finding->with[j].text);
		free(finding->file);
	}
	free(findings->list);
	*findings = (struct card_findings){ 0 };
}

/* What somebody wrote, as one line that a screen may show. */
static char *shown(const char *text, size_t most)
{
	const uint8_t *from = (const uint8_t *)text;
	int32_t length = (int32_t)strnlen(text, 4096), at = 0;
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	while (at < length && out.length < most) {
		int32_t start = at;
		UChar32 point;

		U8_NEXT(from, at, length, point);
		if (point < 0)
			bytes_add_text(&out, "\xEF\xBF\xBD");
		else if (point < ' ' || (point >= 0x7F && point < 0xA0) ||
			 (point >= 0x202A && point <= 0x202E) ||
			 (point >= 0x2066 && point <= 0x2069))
			bytes_add_byte(&out, ' ');
		else
			bytes_add(&out, text + start, (size_t)(at - start));
	}
	if (at < length)
		bytes_add_text(&out, "…");
	return bytes_take_text(&out);
}

static bool is_ours(const char *name)
{
	return strcmp(name, "all") == 0 || strcmp(name, "words") == 0 ||
	       strcmp(name, "why") == 0;
}

static bool same_texts(const struct card_finding *a,
		       const struct card_finding *b)
{
	for (size_t i = 0; i < CARD_WITH; i++) {
		if (!a->with[i].name != !b->with[i].name)
			return false;
		if (a->with[i].name &&
		    strcmp(a->with[i].text, b->with[i].text) != 0)
			return false;
	}
	return true;
}

static bool is_known(const struct card_findings *findings,
		     const struct card_finding *wanted)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct card_finding *finding = &findings->list[i];

		if (finding->key == wanted->key &&
		    finding->line == wanted->line &&
		    !finding->file == !wanted->file &&
		    (!wanted->file ||
		     strcmp(finding->file, wanted->file) == 0) &&
		    same_texts(finding, wanted))
			return true;
	}
	return false;
}

static void drop(struct card_finding *finding)
{
	struct card_findings one = { .list = xcalloc(1, sizeof *one.list),
				     .count = 1 };

	one.list[0] = *finding;
	card_findings_done(&one);
}

void card_find(struct card_findings *findings, enum card_level level,
	       const char *file, int line, const char *key,
	       const struct card_with *with)
{
	struct card_finding finding = {
		.level = level,
		.key = key,
		.file = file ? shown(file, CARD_TEXT_SHOWN) : NULL,
		.line = line,
	};

	for (size_t i = 0; i < CARD_WITH && with && with[i].name; i++)
		finding.with[i] = (struct card_with){
			.name = with[i].name,
			.text = shown(with[i].text, is_ours(with[i].name)
							? SIZE_MAX
							: CARD_TEXT_SHOWN),
		};
	if (is_known(findings, &finding)) {
		drop(&finding);
		return;
	}
	findings->levels[level]++;
	if (findings->count == CARD_FINDINGS) {
		drop(&finding);
		return;
	}
	findings->list = xreallocarray(findings->list, findings->count + 1,
				       sizeof *findings->list);
	findings->list[findings->count++] = finding;
}

const char *card_level_name(enum card_level level)
{
	static const char *const names[] = {
		[CARD_NOTE] = "note",
		[CARD_DOUBT] = "doubt",
		[CARD_LEFT_OUT] = "left-out",
		[CARD_STOP] = "stop",
	};

	static_assert(COUNT(names) == CARD_LEVELS, "every level has a name");
	return names[level];
}

char *card_finding_text(const struct card_finding *finding,
			const struct catalogue *words)
{
	struct catalogue_argument arguments[CARD_WITH];
	size_t count = 0;

	for (; count < CARD_WITH && finding->with[count].name; count++)
		arguments[count] = (struct catalogue_argument){
			.name = finding->with[count].name,
			.text = finding->with[count].text,
		};
	return catalogue_say(words, finding->key, arguments, count);
}

char *card_finding_say(const struct card_finding *finding,
		       const struct catalogue *words)
{
	SCOPED(char_freep) char *text = card_finding_text(finding, words);
	SCOPED(char_freep) char *line = xasprintf("%d", finding->line);
	const struct catalogue_argument arguments[] = {
		{ .name = "file", .text = finding->file },
		{ .name = "text", .text = text },
		{ .name = "line", .text = line },
	};

	if (!finding->file)
		return xstrdup(text);
	return catalogue_say(words, finding->line ? "card.at_line" : "card.at",
			     arguments, finding->line ? 3 : 2);
}
