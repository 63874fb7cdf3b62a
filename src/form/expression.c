#include "form/expression.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum fault form_complain(const struct form *form, const char *format, ...)
{
	char text[1000];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	log_error("%s: %s", form->name, text);
	return FAULT_FORMAT;
}

/* What makes an expression's value change with the language. */
static bool speaks(const struct xpath *xpath)
{
	static const char *const functions[] = {
		"jr:choice-name",
		"jr:itext",
		"format-date",
		"format-date-time",
	};

	for (size_t i = 0; i < COUNT(functions); i++) {
		if (xpath_calls(xpath, functions[i]))
			return true;
	}
	return false;
}

enum fault form_expression(struct form *form, const char *place,
			   const char *text, struct expression **out)
{
	struct xpath_problem problem = { 0 };
	struct xpath *xpath = NULL;
	enum fault fault = xpath_parse(text, &xpath, &problem);

	if (fault) {
		(void)form_complain(form, "%s: %s, at character %zu of: %s",
				    place, problem.text, problem.offset + 1,
				    text);
		return fault;
	}

	struct expression *expression = xcalloc(1, sizeof *expression);
	*expression = (struct expression){
		.xpath = xpath,
		.text = xstrdup(text),
		.place = xstrdup(place),
		.of_words = speaks(xpath),
		.steps_limit = XPATH_STEPS_LIMIT,
	};
	form->expressions =
	    xreallocarray(form->expressions, form->expression_count + 1,
			  sizeof *form->expressions);
	form->expressions[form->expression_count++] = expression;
	*out = expression;
	return FAULT_NONE;
}

void expression_free(struct expression *expression)
{
	xpath_free(expression->xpath);
	free(expression->text);
	free(expression->place);
	free(expression);
}
