#pragma once

/*
 * The verbs that make a page of one entity; each is a struct verb's run. Their
 * usage is PAGES_USAGE.
 */
#define PAGES_USAGE "[--home DIR] [--lang TAG] [-o FILE.pdf] ID"

int pages_summary(int argc, char **argv); /* foyer people summary */
int pages_letter(int argc, char **argv);  /* foyer people letter */
int pages_consent(int argc, char **argv); /* foyer consent receipt */
int pages_plan(int argc, char **argv);    /* foyer plan print */
