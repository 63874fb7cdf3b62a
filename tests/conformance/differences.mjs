// Every difference from the peer that is allowed, and what pins it: the forms
// reference, by section. A rule is asked about one property of two lines of
// the same node that differ in it; what no rule allows is a failure. values:
// what is answered may differ by it, so the node is left out of submissions.
import { SaxesParser } from 'saxes';

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const without_uuids = (text) => text?.replaceAll(UUID, 'UUID');

/* Controls that a kiosk has not. */
const AWAY = ['upload'];
const AWAY_TYPES = ['geopoint', 'geotrace', 'geoshape', 'binary', 'barcode'];
const is_away = (line) => AWAY.includes(line.node) ||
	(line.node === 'input' && AWAY_TYPES.includes(line.type));

/* What depends on the zone: the time of day, and what has one. */
const CLOCK = /now\(|decimal-time|date-time\(|%[HhMS3]/;

/* --- a form --------------------------------------------------------------- */

/* What is said in a form's language: a date's words, and a choice's. */
const DATED = /format-date(-time)?\(.*%[ab]/s;
/* Where media of a text are, as the peer puts it behind the text. */
const PICTURES = /jr:\/\/(images|audio|video)\/[^,\s]+/g;
const CHOSEN = /jr:choice-name\(|jr:itext\(/;

const CONTROLS = ['input', 'select1', 'select', 'upload', 'trigger', 'range',
	'rank', 'group', 'repeat'];
const ITEXT = /^\s*jr:itext\(\s*'(.*)'\s*\)\s*$/;

/* A path from the root, as it leads from context. */
function resolve(path, context) {
	const parts = path.startsWith('/') ? [] : context.split('/').slice(1);

	for (const step of path.replace(/^current\(\)/, '.').split('/'))
		if (step === '..')
			parts.pop();
		else if (step && step !== '.')
			parts.push(step);
	return `/${parts.join('/')}`;
}

const PATH = /(current\(\)|\.\.?|[\w:*-][\w:.*-]*)?(\/(\.\.?|[\w:.*-]+))+|\.\.?/g;

/* The paths that an expression reads, those in its predicates as well. */
function references(expression, context) {
	const pieces = [];
	let rest = expression.replaceAll(/'[^']*'|"[^"]*"/g, '');

	for (let inner; (inner = rest.match(/\[([^[\]]*)\]/)); ) {
		pieces.push(inner[1]);
		rest = rest.replace(inner[0], '');
	}
	return [...pieces, rest].flatMap((piece) => [...piece.matchAll(PATH)]
		.map(([path]) => resolve(path, context)));
}

/* Binds, repeats, and of every node the expressions in its words: in a label
 * or hint of its control, or in a text that one of these or a message names. */
function read(xml) {
	const form = { root: '', binds: [], repeats: [], shorts: new Set(),
		shuffled: new Set() };
	const open = [], said = new Map(), texts = new Map(), brief = new Set();
	const parser = new SaxesParser();
	const add = (map, key, what) => map.set(key, [...map.get(key) ?? [], what]);
	const around = (names) => open.findLast((e) => names.includes(e.name));
	const at = ({ attributes: { ref, nodeset } }) => resolve(
		(ref ?? nodeset ?? '').trim(), form.root);

	parser.on('opentag', (element) => {
		const { name, attributes } = element;
		const control = around(CONTROLS), text = around(['text']);

		if (open.at(-1)?.name === 'instance')
			form.root ||= `/${name}`;
		if (name === 'bind') {
			form.binds.push({ path: at(element), ...attributes });
			for (const message of ['jr:constraintMsg', 'jr:requiredMsg'])
				add(said, at(element), attributes[message] ?? '');
		}
		if (name === 'repeat')
			form.repeats.push(at(element));
		if (name === 'itemset' && /\brandomize\(/.test(attributes.nodeset))
			form.shuffled.add(at(control));
		if (name === 'value' && text && attributes.form === 'short')
			brief.add(text.attributes.id);
		if (name === 'output' && text)
			add(texts, text.attributes.id, attributes.value ?? attributes.ref);
		else if (name === 'output' && control)
			add(said, at(control), attributes.value ?? attributes.ref);
		if (['label', 'hint'].includes(name) && control === open.at(-1) && control)
			add(said, at(control), attributes.ref ?? '');
		open.push(element);
	});
	parser.on('closetag', () => open.pop());
	parser.write(xml).close();
	for (const [path, list] of said)
		if (list.some((e) => brief.has(e.match(ITEXT)?.[1])))
			form.shorts.add(path);
	form.words = new Map([...said].map(([path, list]) => [path,
		list.flatMap((e) => ITEXT.test(e) ? texts.get(e.match(ITEXT)[1]) ?? []
			: [e])]));
	return form;
}

/* Whose calculations say what speaks matches, and all that reads them: of
 * values, and of words. */
function spoken({ binds, words }, speaks) {
	const values = new Set();
	const reads = (expression, path) => speaks.test(expression) ||
		references(expression, path).some((p) => values.has(p));

	for (let size = -1; size < values.size; ) {
		size = values.size;
		for (const { path, calculate } of binds)
			if (calculate && reads(calculate, path))
				values.add(path);
	}
	return { values,
		checks: new Set(binds.filter(({ path, constraint }) =>
			values.has(path) || (constraint && reads(constraint, path)))
			.map(({ path }) => path)),
		words: new Set([...words].filter(([path, list]) => list.some((e) =>
			reads(e, path))).map(([path]) => path)) };
}

/* What the arguments of a call are that begins behind the text's start. */
function call_arguments(text) {
	const parts = [''];
	let depth = 0;

	for (const c of text) {
		depth += (c === '(') - (c === ')');
		if (depth < 0)
			break;
		if (c === ',' && !depth)
			parts.push('');
		else
			parts[parts.length - 1] += c;
	}
	return parts;
}

/* What lies between two numbers that a calculation may round to. */
const units_of = (calculate) => [...calculate.matchAll(/\bround\(/g)]
	.map(({ index }) => call_arguments(calculate.slice(index + 6))[1])
	.map((places) => 10 ** -Number(places ?? 0)).filter(Number.isFinite);

/* What a bind's attributes change of its node. */
const BOUND = {
	type: ['type', 'value'], calculate: ['value'], readonly: ['readonly'],
	required: ['required', 'valid', 'violation', 'message'],
	relevant: ['relevant', 'valid', 'violation', 'message'],
	constraint: ['valid', 'violation', 'message'],
};

/* What of a form the rules go by. */
export function about(name, xml) {
	const form = read(xml);
	const named = (path) => path.split('/').pop();
	const relative = form.binds.filter((b) => !b.nodeset?.trim().startsWith('/'));

	return { name, repeats: form.repeats.map(named),
		shorts: form.shorts, dated: spoken(form, DATED), chosen: spoken(form, CHOSEN),
		shuffled: form.shuffled,
		chancy: /random\(|uuid\(|now\(|"timestamp"/.test(xml),
		rounded: new Map(form.binds.filter((b) => b.calculate)
			.map((b) => [b.path, units_of(b.calculate)])),
		clocked: new Set(form.binds.filter((b) => CLOCK.test(b.calculate ?? ''))
			.map((b) => b.path)),
		relative: new Map(relative.map((b) => [b.path,
			Object.keys(BOUND).filter((k) => b[k]).flatMap((k) => BOUND[k])])) };
}

/* --- differences ---------------------------------------------------------- */

const sorted = (words) => words.split(' ').sort().join(' ');

/* Where a line's node is in its form, whatever the instance. */
export const path_of = (line) => line.path.replaceAll(/\[\d+\]/g, '');

/* Whether what is spoken may differ in a property of a node. */
function speaks({ values, checks, words }, name, line) {
	const path = path_of(line);

	switch (name) {
	case 'value': return values.has(path);
	case 'valid':
	case 'violation': return checks.has(path);
	case 'message': return checks.has(path) || words.has(path);
	default: return words.has(path);
	}
}

const SPOKEN = ['value', 'valid', 'violation', 'label', 'hint', 'message'];

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
		allows: (theirs, ours, name, form) => theirs.value < 0 &&
			form.rounded.get(path_of(ours))?.some((unit) =>
				Math.abs(ours.value - theirs.value - unit) < unit / 1e6),
	},
	{
		pins: '5: a multiple choice is in the order of its list, however shown',
		values: true,
		in: ['value'],
		allows: (theirs, ours, name, form) =>
			form.shuffled.has(path_of(ours)) && ours.node === 'select' &&
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
		allows: (theirs, ours, name, form) =>
			form.relative.get(path_of(ours))?.includes(name),
	},
	{
		pins: '9: a short text is another form of a label, and no more of it',
		in: ['label'],
		allows: (theirs, ours, name, form) => form.shorts.has(path_of(ours)) &&
			theirs.label?.length > ours.label?.length &&
			theirs.label.startsWith(ours.label),
	},
	{
		pins: '9: a choice is called by its label, not by its picture\'s place',
		values: true,
		in: SPOKEN,
		allows: (theirs, ours, name, form) => speaks(form.chosen, name, ours) &&
			String(theirs[name]).replace(PICTURES, '') === ours[name],
	},
	{
		pins: '3, dates: %a and %b are in the form\'s language',
		values: true,
		in: SPOKEN,
		allows: (theirs, ours, name, form) => speaks(form.dated, name, ours),
	},
	{
		pins: '6.10: what is said in the form\'s language changes with it',
		values: true,
		in: SPOKEN,
		allows: (theirs, ours, name, form, spoke) => spoke &&
			speaks(form.chosen, name, ours),
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

/* A submission without the nodes at these paths. */
export function without_nodes(text, paths) {
	const open = [];
	let out = '', gone = 0; // at which depth it is left out

	if (!paths.size)
		return text;
	for (const [token] of text.matchAll(/<[^>]*>|[^<]+/g)) {
		const name = token.match(/^<([^\s/>?!]+)/)?.[1];

		if (name)
			open.push(name);
		if (!gone && paths.has(`/${open.join('/')}`))
			gone = open.length;
		if (!gone)
			out += token;
		if (token.startsWith('</') || token.endsWith('/>')) {
			if (open.length === gone)
				gone = 0;
			open.pop();
		}
	}
	return out.replaceAll(/<([^\s/>]+)([^<>]*)><\/\1>/g, '<$1$2/>');
}

/* The forms whose walk ends before its steps are taken: why, what the walk then
 * says, and after how many steps. Any other that does is a failure, as is one
 * of these that does not. */
const NOTES = { why: 'it has notes and asks nothing', after: 0,
	says: 'nothing can be done' };
export const EARLY = {
	cht__basic_form: NOTES,
	collect__pull_data: NOTES,
	enketocore__preload: NOTES,
};

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
