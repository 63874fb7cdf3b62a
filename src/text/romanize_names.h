#pragma once

/*
 * Names and syllables whose usual Latin spelling no rule gives; data for
 * text/romanize.h. Every list ends with a row of NULLs.
 */
struct romanize_name {
	const char *own, *latin;
};

extern const struct romanize_name romanize_arabic[], romanize_persian[],
    romanize_dari[], romanize_pashto[], romanize_urdu[], romanize_sorani[],
    romanize_ethiopic[], romanize_hindi[], romanize_nepali[],
    romanize_punjabi[], romanize_gujarati[], romanize_bengali[],
    romanize_tamil[], romanize_malayalam[], romanize_chinese[],
    romanize_korean[], romanize_korean_given[], romanize_burmese[];
