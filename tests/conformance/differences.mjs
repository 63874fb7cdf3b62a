// Every difference from the peer that is allowed, and what pins it: the forms
// reference, by section. A rule is asked about one property of two lines of
// the same node that differ in it; what no rule allows is a failure. values:
// what is answered may differ by it, so submissions are not compared.

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const without_uuids = (text) => text?.replaceAll(UUID, 'UUID');

/* Controls that a kiosk has not. */
const AWAY = ['upload'];
const AWAY_TYPES = ['geopoint', 'geotrace', 'geoshape', 'binary', 'barcode'];
const is_away = (line) => AWAY.includes(line.node) ||
	(line.node === 'input' && AWAY_TYPES.includes(line.type));

/* What depends on the zone: the time of day, and what has one. */
const CLOCK = /now\(|decimal-time|date-time\(|%[HhMS3]/;

/* What of a form the rules go by: the names of nodes that are bound by a
 * relative path; and of those whose calculation speaks the form's language,
 * with all that reads them. */
export function about(name, xml) {
	const binds = [...xml.matchAll(/<bind\b[^>]*>/g)].map(([bind]) => ({
		nodeset: bind.match(/nodeset="([^"]*)"/)?.[1].trim() ?? '',
		calculate: bind.match(/calculate="([^"]*)"/)?.[1] ?? '',
	}));
	const named = (path) => path.split('/').pop();
	const relative = binds.filter((b) => !b.nodeset.startsWith('/'));
	const spoken = new Set();
	let grew = true;

	while (grew) {
		grew = false;
		for (const { nodeset, calculate } of binds) {
			const reads = /jr:choice-name|format-date|jr:itext/.test(calculate) ||
				[...spoken].some((n) => calculate.includes(n));

			if (!reads || spoken.has(named(nodeset)))
				continue;
			spoken.add(named(nodeset));
			grew = true;
		}
	}
	const calculating = (pattern) => new Set(binds
		.filter((b) => pattern.test(b.calculate)).map((b) => named(b.nodeset)));

	const repeats = xml.matchAll(/<repeat\b[^>]*nodeset="([^"]*)"/g);

	return { name, spoken, repeats: [...repeats].map(([, path]) => named(path)),
		shuffled: /randomize\(/.test(xml),
		chancy: /random\(|uuid\(|now\(|"timestamp"/.test(xml),
		rounded: calculating(/\bround\(/), clocked: calculating(CLOCK),
		relative: new Set(relative.map((b) => named(b.nodeset))) };
}

const sorted = (words) => words.split(' ').sort().join(' ');
const name_of = (line) => line.path.split('/').pop();

/* What the table of section 5 says of the probes: theirs and ours. Of e60 the
 * peer has none, as it throws. */
const PROBES = {
	e15: ['18262', '18262.5'], e25: ['true', 'false'], e27: ['false', 'true'],
	e28: ['false', 'true'], e29: ['2', '1'], e98: ['', '2020-02-01'],
};
export const THROWN = { e60: '' };

export const DIFFERENCES = [
	{
		pins: '5: a probe of the table',
		values: true,
		in: ['value'],
		allows: (theirs, ours, name, form) =>
			PROBES[form.name]?.[0] === theirs.value &&
			PROBES[form.name][1] === ours.value,
	},
	{
		pins: '5, e2: halves are rounded up',
		values: true,
		in: ['value'],
		allows: (theirs, ours, name, form) => form.rounded.has(name_of(ours)) &&
			Number(ours.value) > Number(theirs.value) && theirs.value < 0,
	},
	{
		pins: '5: a multiple choice is in the order of its list, however shown',
		values: true,
		in: ['value'],
		allows: (theirs, ours, name, form) => form.shuffled &&
			ours.node === 'select' &&
			sorted(theirs.value) === sorted(ours.value),
	},
	{
		pins: '11 (a): uuid aside',
		in: ['value', 'label', 'hint', 'message'],
		allows: (theirs, ours, name) => theirs[name] !== undefined &&
			without_uuids(theirs[name]) === without_uuids(ours[name]),
	},
	{
		pins: '8: required does not bind what is not available here',
		in: ['required', 'valid', 'violation', 'message'],
		allows: (theirs, ours) => is_away(ours) && !ours.required,
	},
	{
		pins: '5, e61: what is no date is stored as ""',
		values: true,
		in: ['value'],
		allows: (theirs, ours) => theirs.value === 'Invalid Date' &&
			ours.value === '',
	},
	{
		pins: '6.12: a bind with a relative path is one of its node',
		values: true,
		allows: (theirs, ours, name, form) => form.relative.has(name_of(ours)),
	},
	{
		pins: '6.10: what is said in the form\'s language changes with it',
		values: true,
		in: ['value', 'valid', 'violation', 'label', 'hint', 'message'],
		allows: (theirs, ours, name, form) => form.spoken.has(name_of(ours)) ||
			(['label', 'hint', 'message'].includes(name) && form.spoken.size > 0),
	},
];

/*
 * In what submissions may differ: what is made of a text (theirs: that of the
 * peer) before the two are compared, in turn.
 */
export const SUBMISSIONS = [
	{
		pins: '11 (a): uuid aside',
		without: without_uuids,
	},
	{
		pins: '2: a quote in a text may be written as itself',
		without: (text) => text.replaceAll('&quot;', '"'),
	},
	{
		pins: '2: instanceID is required; the peer leaves it as the form has it',
		without: (text) => text
			.replace(/<((\w+:)?instanceID)\/>/, '<$1>uuid:UUID</$1>'),
	},
	{
		pins: '2: who edits a submission names it in deprecatedID',
		without: (text) => text.replace(
			/<((\w+:)?deprecatedID)>uuid:UUID<\/\1>/, ''),
	},
	{
		pins: '2, the XForms document: a prefix is declared',
		without: (text, form, theirs) => text.replaceAll(
			/ xmlns:(\w+)="[^"]*"/g, (whole, prefix) =>
				theirs.includes(` xmlns:${prefix}=`) ? whole : ''),
	},
	{
		pins: '2, repeats: an instance has what its template has',
		without: (text, form) => form.repeats.reduce((all, name) =>
			all.replaceAll(new RegExp(`<${name} [^>]*?(/?>)`, 'g'),
				`<${name}$1`), text),
	},
];

/* Why a form that the peer loads may be refused here, and what then is said. */
export const REFUSALS = [
	{ pins: '9, never', says: /search\(\)/ },
	{ pins: '9, never', says: /select_one_external/ },
	{ pins: '9, later: xml and geojson instances', says: /\.(xml|geojson)\b/ },
	{ pins: '9, later: rank', says: /\brank\b/ },
	{ pins: '8, unknown functions', says: /unknown function|difference-in-months|version\(\)/ },
	{ pins: '8, unknown events', says: /event/ },
	{ pins: '3, the grammar', says: /\/data\/.*syntax/ },
	{ pins: '6.13, a cycle', says: /none can be worked out first/ },
];
