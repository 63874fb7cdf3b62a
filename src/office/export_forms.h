#pragma once

#include "base/fault.h"
#include "base/home.h"

/*
 * The words of every form that answers in the record may be of, as the JSON
 * list that record_export() takes:
 *
 *	[{"form": "base64 of what visit.form has", "id": "intake",
 *	  "title": "…", "version": "…",
 *	  "words": {"/data/A3:label": "How old are you?",
 *		    "choices/A2/STD:label": "Just like this", …}}, …]
 *
 * A form that cannot be read is told and left out. The caller frees *json.
 * FAULT_SYSTEM: the folder cannot be read.
 */
MUST_CHECK enum fault export_forms(const struct home *home, char **json);
