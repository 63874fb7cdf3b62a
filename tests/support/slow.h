#pragma once

/*
 * How often a property loop runs: count, divided by FOYER_SLOW where that is
 * set (under valgrind), and at least once.
 */
long loops(long count);
