#include "form/evaluate.h"

#include "base/log.h"

enum fault run_evaluate(struct run *run, const struct expression *expression,
			xmlNode *at, xmlNode *current, struct xpath_value *out)
{
	const struct xpath_place place = { .node = at, .current = current };
	struct xpath_problem problem = { 0 };
	enum fault fault;

	run->evaluations++;
	fault = xpath_evaluate(expression->xpath, &run->host, &place,
			       expression->steps_limit, out, &problem);
	if (!fault && problem.text[0])
		log_warning("%s: %s: %s: %s", run->form->name,
			    expression->place, problem.text, expression->text);
	if (fault) {
		log_error("%s: %s: %s: %s", run->form->name, expression->place,
			  problem.text, expression->text);
		if (!run->fault)
			run->fault = fault;
	}
	return fault;
}

char *run_evaluate_text(struct run *run, const struct expression *expression,
			xmlNode *at, xmlNode *current)
{
	struct xpath_value value = { 0 };
	char *text = NULL;

	if (!run_evaluate(run, expression, at, current, &value))
		text = xpath_store(&run->host, &value);
	xpath_value_done(&value);
	return text;
}
