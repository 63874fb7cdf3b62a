#pragma once

#include <stdbool.h>

/*
 * How well a row fits what somebody types to find it. Both texts are folded
 * first (text/fold.h: fold_words), so that case, accents and letter variants
 * do not matter.
 */

/* Every word that was typed is in the row somewhere; nothing typed fits all. */
bool search_fits(const char *row, const char *typed);

/*
 * The letters that were typed stand in the row in this order, others between
 * them: "nans" in "no answer". Letters at the beginnings of words and beside
 * each other count more. -1: they do not; 0: nothing was typed.
 */
int search_score(const char *row, const char *typed);
