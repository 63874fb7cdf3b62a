#pragma once

#include "base/memory.h"

/*
 * The form in the lobby: the conversation (ask/interview.h) of one visit, which
 * lives on while the paper is tried.
 */
struct asking;

void asking_free(struct asking *asking); /* NULL is fine; wipes */
