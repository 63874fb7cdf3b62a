#pragma once

#include "office/language_open.h"

/* Verbs of `foyer language` that have a file of their own; exit statuses. */
int language_review(const struct language_arguments *arguments);
int language_audio_list(const struct language_arguments *arguments);
