#pragma once

#include "office/tour.h"

/*
 * The stops of a tour that ask nothing of the form: before the questions,
 * behind them, and what may come between two of them.
 */
void tour_begin(const struct tour_plan *plan, tour_visit *visit, void *to);
void tour_end(const struct tour_plan *plan, tour_visit *visit, void *to);
void tour_between(const struct tour_plan *plan, tour_visit *visit, void *to);
