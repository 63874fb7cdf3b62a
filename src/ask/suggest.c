#include "ask/suggest.h"

#include <string.h>

#include "text/romanize.h"

#define STORED "yes"

const char *suggest_source(const struct field *field)
{
	struct node *source = node_linked(field->node, "romanize");

	return source && node_relevant(source) ? node_value(source) : "";
}

char *suggest_text(const struct field *field)
{
	return romanize_name(suggest_source(field), field->look->language->tag);
}

bool suggest_is_stored(const struct field *field)
{
	struct node *mark = node_linked(field->node, "suggested");

	return mark && strcmp(node_value(mark), STORED) == 0;
}

void suggest_store(struct field *field, bool unconfirmed)
{
	struct node *mark = node_linked(field->node, "suggested");
	enum run_answer answer;

	if (!mark || suggest_is_stored(field) == unconfirmed)
		return;
	/* What failed over it stops nobody: field_tell_run(). */
	(void)!run_put(field->run, mark, unconfirmed ? STORED : "", &answer);
}
