#pragma once

#include "desk/desk.h"

/*
 * What a ticket is brought for beside a need: somebody keeps an appointment,
 * hands in a paper, or is a sponsor who comes about somebody else. Each is
 * through with one or two keys; rows of the actions of a visit.
 */
bool errand_offered(const struct desk *desk, const void *state);
void errand_do(struct desk *desk, void *state);

bool sponsor_ticket_offered(const struct desk *desk, const void *state);
void sponsor_ticket_do(struct desk *desk, void *state);
