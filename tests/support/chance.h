#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Numbers that look random and are the same on every run: a property that
 * fails once fails again. SplitMix64 of a seed.
 */
struct chance {
	uint64_t state;
};

uint64_t chance_next(struct chance *chance);
uint32_t chance_below(struct chance *chance, uint32_t limit);
void chance_bytes(struct chance *chance, uint8_t *bytes, size_t count);
