// Chance that is the same each time: mulberry32 from a text.
export function chance(seed) {
	let state = 2166136261;

	for (const c of seed)
		state = Math.imul(state ^ c.codePointAt(0), 16777619);
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);

		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const below = (count) => Math.floor(next() * count);

	return { below, of: (list) => list[below(list.length)] };
}
