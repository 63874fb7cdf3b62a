#pragma once

#include "doctor/doctor.h"
#include "text/page.h"

/* A round as a printed page, what is worst first, in the language of words. The
 * caller sets its foot and frees it. */
struct page *doctor_page(const struct doctor_round *round,
			 const struct catalogue *words);
