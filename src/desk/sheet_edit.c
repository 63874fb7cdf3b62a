#include <stdlib.h>
#include <string.h>

#include "desk/lookup.h"
#include "desk/pick.h"
#include "desk/sheet_inside.h"
#include "desk/value.h"
#include "desk/write.h"

#define CODES_MOST 64 /* in one field's list */

static void set(struct sheet *sheet, const char *value)
{
	entity_set(sheet->entity, sheet_field(sheet)->name, value);
	sheet->touched = true;
}

/* --- written ---------------------------------------------------------------
 */

static const char *hint_key(const struct field *field)
{
	switch (field->type) {
	case FIELD_DAY:
		return "desk.hint_day";
	case FIELD_INSTANT:
		return "desk.hint_instant";
	case FIELD_WHOLE:
		return "desk.hint_whole";
	case FIELD_MONEY:
		return "desk.hint_money";
	default:
		return NULL;
	}
}

static bool check_written(struct desk *desk, void *to, const char *text)
{
	const struct field *field = sheet_field(to);
	SCOPED(char_freep) char *kept = value_kept(desk, field, text);

	if (!kept)
		desk_say_key(desk, hint_key(field));
	return kept != NULL;
}

static void take_written(struct desk *desk, void *to, const char *text)
{
	SCOPED(char_freep)
	char *kept = value_kept(desk, sheet_field(to), text);

	set(to, kept);
}

static void write_field(struct sheet *sheet, const char *label)
{
	struct desk *desk = sheet->desk;
	const struct field *field = sheet_field(sheet);
	const char *key = hint_key(field);
	SCOPED(char_freep) char *hint = key ? desk_word(desk, key) : NULL;
	SCOPED(char_freep)
	char *text = value_typed(desk, field, sheet_value(sheet));

	write_open(desk, &(struct write){
			     .title = label,
			     .hint = hint,
			     .text = text,
			     .lines = field->type == FIELD_LONG,
			     .check = check_written,
			     .done = take_written,
			     .to = sheet,
			 });
}

/* --- picked ----------------------------------------------------------------
 */

/* A field's codes, each in memory of its own. */
struct codes {
	char *code[CODES_MOST], *word[CODES_MOST];
	bool checked[CODES_MOST];
	size_t count;
};

static void codes_done(struct codes *codes)
{
	while (codes->count) {
		codes->count--;
		free(codes->code[codes->count]);
		free(codes->word[codes->count]);
	}
}

static void read_codes(const struct sheet *sheet, struct codes *codes)
{
	const struct field *field = sheet_field(sheet);
	const char *value = sheet_value(sheet);
	SCOPED(char_freep)
	char *list = xstrdup(field->codes ? field->codes : "");
	char *rest = list, *code;

	codes->count = 0;
	while (codes->count < CODES_MOST && (code = strsep(&rest, " "))) {
		if (!code[0])
			continue;
		codes->code[codes->count] = xstrdup(code);
		codes->word[codes->count] =
		    value_code(sheet->desk, sheet->kind, field, code);
		codes->checked[codes->count] =
		    value && codes_have(value, code, strlen(code));
		codes->count++;
	}
}

static void take_codes(struct desk *desk, void *to, const size_t *rows,
		       size_t count)
{
	SCOPED(char_freep) char *value = xstrdup("");
	struct codes codes;

	(void)desk;
	read_codes(to, &codes);
	for (size_t i = 0; i < count; i++) {
		char *longer = xasprintf("%s%s%s", value, i ? " " : "",
					 codes.code[rows[i]]);

		free(value);
		value = longer;
	}
	set(to, value);
	codes_done(&codes);
}

static void pick_codes(struct sheet *sheet, const char *label,
		       const char *unknown)
{
	struct codes codes;

	read_codes(sheet, &codes);
	if (codes.count)
		pick_open(
		    sheet->desk,
		    &(struct pick){
			.title = label,
			.rows = (const char *const *)codes.word,
			.checked = codes.checked,
			.count = codes.count,
			.none = unknown,
			.several = sheet_field(sheet)->type == FIELD_CODES,
			.done = take_codes,
			.to = sheet,
		    });
	codes_done(&codes);
}

static void take_yes(struct desk *desk, void *to, const size_t *rows,
		     size_t count)
{
	(void)desk;
	set(to, !count ? "" : rows[0] == 0 ? "1" : "0");
}

static void pick_yes(struct sheet *sheet, const char *label,
		     const char *unknown)
{
	const char *value = sheet_value(sheet);
	SCOPED(char_freep) char *yes = desk_word(sheet->desk, "desk.yes");
	SCOPED(char_freep) char *no = desk_word(sheet->desk, "desk.no");
	const char *const rows[] = { yes, no };
	const bool checked[] = { value && value[0] == '1',
				 value && value[0] == '0' };

	pick_open(sheet->desk, &(struct pick){
				   .title = label,
				   .rows = rows,
				   .checked = checked,
				   .count = COUNT(rows),
				   .none = unknown,
				   .done = take_yes,
				   .to = sheet,
			       });
}

static void take_link(struct desk *desk, void *to, int64_t id)
{
	SCOPED(char_freep) char *value = xasprintf("%lld", (long long)id);

	(void)desk;
	set(to, id ? value : "");
}

/* --- which -----------------------------------------------------------------
 */

/* Given once: what is known already stays. */
static bool is_fixed(const struct sheet *sheet)
{
	return sheet_field(sheet)->flags & FIELD_FIXED && sheet_value(sheet) &&
	       (sheet->entity->id || sheet_field(sheet)->link);
}

void sheet_edit(struct sheet *sheet)
{
	struct desk *desk = sheet->desk;
	const struct field *field = sheet_field(sheet);
	SCOPED(char_freep) char *label = value_label(desk, sheet->kind, field);
	SCOPED(char_freep) char *unknown = desk_word(desk, "desk.not_known");

	if (is_fixed(sheet))
		desk_say_key(desk, "desk.fixed");
	else if (field->link && kind_find(field->link))
		lookup_open(desk, &(struct lookup){
				      .title = label,
				      .kind = kind_find(field->link),
				      .none = unknown,
				      .done = take_link,
				      .to = sheet,
				  });
	else if (field->type == FIELD_CODE || field->type == FIELD_CODES)
		pick_codes(sheet, label, unknown);
	else if (field->type == FIELD_YES)
		pick_yes(sheet, label, unknown);
	else
		write_field(sheet, label);
}
