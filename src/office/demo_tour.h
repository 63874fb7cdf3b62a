#pragma once

/* Verbs of `foyer demo`: ten minutes at the desk, and its card of keys. */
int demo_tour(int argc, char **argv);
int demo_card(int argc, char **argv);
