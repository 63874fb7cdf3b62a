#pragma once

/*
 * `foyer people`: who somebody is. Each runs a verb of its name as noun.h says.
 */
int people_who_find(int argc, char **argv);
int people_who_candidates(int argc, char **argv);
int people_who_from_visit(int argc, char **argv);
int people_who_attach(int argc, char **argv);
int people_who_detach(int argc, char **argv);
int people_who_merge(int argc, char **argv);
int people_who_unmerge(int argc, char **argv);
int people_who_not_same(int argc, char **argv);
int people_who_given(int argc, char **argv);
int people_who_differences(int argc, char **argv);
int people_who_rekey(int argc, char **argv);
