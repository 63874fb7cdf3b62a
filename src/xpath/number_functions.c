#include <math.h>
#include <string.h>

#include "xpath/function.h"

FUNCTION(number)
{
	if (call->count)
		return of_number(argument_number(evaluation, call, 0, context));
	return of_number(
	    text_to_number(argument_or_context(evaluation, call, context)));
}

FUNCTION(random_number)
{
	const struct xpath_host *host = evaluation->host;

	UNUSED_ARGUMENTS;
	return of_number(host->random ? host->random(host->to) : 0);
}

/* To the nearest whole, a half upwards (XPath 1.0 §4.4). */
static double nearest(double number)
{
	double below = floor(number);

	return number - below >= 0.5 ? below + 1 : below;
}

FUNCTION(round_number)
{
	double number = argument_number(evaluation, call, 0, context);
	double places =
	    call->count > 1
		? trunc(argument_number(evaluation, call, 1, context))
		: 0;
	double scale = pow(10, fabs(places)), result;

	if (isnan(number) || isnan(places))
		return of_number(NAN);
	result = places < 0 ? nearest(number / scale) * scale
			    : nearest(number * scale) / scale;
	/* So many places that the scale left the range: nothing to round. */
	if (!isfinite(result) && places > 0)
		result = number;
	return of_number(isnan(result) && places < 0 ? 0 : result);
}

static double no_number_twice(double (*function)(double, double), double a,
			      double b)
{
	if (isnan(a) || isnan(b))
		return NAN;
	return function(a, b);
}

/* As in ECMAScript: 1 to the power of infinity is no number. */
static double power(double base, double exponent)
{
	return fabs(base) == 1 && isinf(exponent) ? NAN : pow(base, exponent);
}

#define ONE(name, expression)                                             \
	FUNCTION(name)                                                    \
	{                                                                 \
		double x = argument_number(evaluation, call, 0, context); \
                                                                          \
		return of_number(expression);                             \
	}
#define TWO(name, function)                                               \
	FUNCTION(name)                                                    \
	{                                                                 \
		double x = argument_number(evaluation, call, 0, context); \
		double y = argument_number(evaluation, call, 1, context); \
                                                                          \
		return of_number(no_number_twice(function, x, y));        \
	}

ONE(truncated, trunc(x))
ONE(floored, floor(x))
ONE(ceiled, ceil(x))
ONE(absolute, fabs(x))
ONE(sine, sin(x))
ONE(cosine, cos(x))
ONE(tangent, tan(x))
ONE(arc_sine, asin(x))
ONE(arc_cosine, acos(x))
ONE(arc_tangent, atan(x))
ONE(square_root, sqrt(x))
ONE(exponential, exp(x))
ONE(exponential_10, pow(10, x))
ONE(logarithm, log(x))
ONE(logarithm_10, log10(x))
TWO(raised, power)
TWO(arc_tangent_2, atan2)

FUNCTION(pi)
{
	UNUSED_ARGUMENTS;
	return of_number(M_PI);
}

/* Of nothing at all there is no sum, as other engines have it: with an answer
 * not given and with a repeat of none it is as empty as they are. */
FUNCTION(sum)
{
	struct parts parts = { 0 };
	struct value part;
	double total = 0;
	bool any = false;

	while (parts_next(evaluation, call, context, &parts, &part)) {
		total += to_number(evaluation, &part);
		any = true;
	}
	return of_number(any ? total : NAN);
}

/* No number among them makes the whole none; so does nothing at all. */
static struct value extreme(struct evaluation *evaluation,
			    const struct call *call,
			    const struct context *context, double sign)
{
	struct parts parts = { 0 };
	struct value part;
	double best = NAN;
	bool first = true;

	while (parts_next(evaluation, call, context, &parts, &part)) {
		double number = to_number(evaluation, &part);

		if (first || isnan(number) || sign * number > sign * best)
			best = number;
		if (isnan(best))
			break;
		first = false;
	}
	return of_number(best);
}

FUNCTION(maximum)
{
	return extreme(evaluation, call, context, 1);
}

FUNCTION(minimum)
{
	return extreme(evaluation, call, context, -1);
}

const struct function xpath_number_functions[] = {
	{ "number", 0, 1, GIVES_NUMBER, .evaluate = number },
	{ "random", 0, 0, GIVES_NUMBER, .evaluate = random_number },
	{ "int", 1, 1, GIVES_NUMBER, .evaluate = truncated },
	{ "floor", 1, 1, GIVES_NUMBER, .evaluate = floored },
	{ "ceiling", 1, 1, GIVES_NUMBER, .evaluate = ceiled },
	{ "round", 1, 2, GIVES_NUMBER, .evaluate = round_number },
	{ "sum", 1, 1, GIVES_NUMBER, .evaluate = sum },
	{ "max", 1, FUNCTION_ANY, GIVES_NUMBER, .evaluate = maximum },
	{ "min", 1, FUNCTION_ANY, GIVES_NUMBER, .evaluate = minimum },
	{ "abs", 1, 1, GIVES_NUMBER, .evaluate = absolute },
	{ "pow", 2, 2, GIVES_NUMBER, .evaluate = raised },
	{ "log", 1, 1, GIVES_NUMBER, .evaluate = logarithm },
	{ "log10", 1, 1, GIVES_NUMBER, .evaluate = logarithm_10 },
	{ "sin", 1, 1, GIVES_NUMBER, .evaluate = sine },
	{ "cos", 1, 1, GIVES_NUMBER, .evaluate = cosine },
	{ "tan", 1, 1, GIVES_NUMBER, .evaluate = tangent },
	{ "asin", 1, 1, GIVES_NUMBER, .evaluate = arc_sine },
	{ "acos", 1, 1, GIVES_NUMBER, .evaluate = arc_cosine },
	{ "atan", 1, 1, GIVES_NUMBER, .evaluate = arc_tangent },
	{ "atan2", 2, 2, GIVES_NUMBER, .evaluate = arc_tangent_2 },
	{ "sqrt", 1, 1, GIVES_NUMBER, .evaluate = square_root },
	{ "exp", 1, 1, GIVES_NUMBER, .evaluate = exponential },
	{ "exp10", 1, 1, GIVES_NUMBER, .evaluate = exponential_10 },
	{ "pi", 0, 0, GIVES_NUMBER, .evaluate = pi },
	{ 0 },
};
