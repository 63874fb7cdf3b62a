#pragma once

#define INDICATORS_USAGE "[--home DIR] [--lang en|fr] [FILE.csv]"

/* foyer plan indicators: what a sheet defines, counted; a struct verb's run. */
int run_indicators(int argc, char **argv);
