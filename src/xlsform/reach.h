#pragma once

#include <libxml/tree.h>

#include "xlsform/subject.h"

/*
 * What nobody will ever meet: questions whose rule can never be true, because
 * it says so, or asks for an answer that is not among the choices or for one
 * of a question that is itself never asked; comparisons with such an answer;
 * choices that no question offers. Only what is certain is told.
 */
void reach_check(struct lint *lint, xmlDoc *xml);
