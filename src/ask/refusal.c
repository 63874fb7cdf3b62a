#include "ask/refusal.h"

#include <stdlib.h>

#include "ask/plain.h"
#include "ask/step.h"
#include "speech/prompts.h"
#include "text/emphasis.h"

static void tell(struct refusal *refusal, char *text)
{
	char_wipe(refusal->text);
	refusal->text = text;
}

void refusal_tell(struct refusal *refusal, const struct field *field)
{
	char *text = NULL;

	refusal->key = field->problem;
	refusal->quotes = !field->problem && node_violation_quotes(field->node);
	if (!field->problem)
		text = styled_violation(field->node);
	if (!field->problem && !text)
		refusal->key = node_violation(field->node) == VIOLATES_REQUIRED
				   ? "kiosk.required"
				   : "kiosk.not_allowed";
	if (refusal->key)
		text = catalogue_word(field->look->words, refusal->key);
	tell(refusal, text);
}

/* Of a paper: who goes on once more leaves it blank. */
static bool tell_blank(struct refusal *refusal, const struct ask_paper *paper)
{
	if (refusal->told_blank)
		return false;
	tell(refusal, xstrdup(paper->blank));
	refusal->key = NULL;
	refusal->quotes = false;
	refusal->told_blank = true;
	return true;
}

bool refusal_holds_up(struct refusal *refusal, struct field *field)
{
	const enum node_violation violation = step_violation(field->node);

	if (violation == VALID)
		return false;
	if (violation == VIOLATES_REQUIRED && field->look->paper)
		return tell_blank(refusal, field->look->paper);
	field->problem = NULL;
	refusal_tell(refusal, field);
	return true;
}

void refusal_done(struct refusal *refusal)
{
	refusal->told_blank = false;
	tell(refusal, NULL);
}

void refusal_read(struct refusal *refusal)
{
	tell(refusal, NULL);
}

void refusal_say(const struct refusal *refusal, const struct ask_look *look,
		 bool private, struct prompts *out)
{
	SCOPED(char_wipep) char *words = NULL;

	if (!refusal->text)
		return;
	words = emphasis_bare(refusal->text, NULL);
	prompts_add(out, &(struct prompt){
			     .part = PROMPT_NOTICE,
			     .language = look->language->tag,
			     .key = refusal->key,
			     .text = words,
			     .private = private || refusal->quotes,
			 });
}
