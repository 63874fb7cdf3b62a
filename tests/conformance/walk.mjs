// A person who answers at random, comes back, adds, takes away and changes the
// language. What is done next is taken from what the peer offers at that time.
import { line, nodes, submission, take } from './peer.mjs';

const TEXTS = ['a', 'Amina', 'été', 'ab cd', '5', '2020-01-01', '<&>"\'', '0',
	'true', 'yes', 'no', 'x'.repeat(40), 'عربي', '100', 'abc@example.org'];
const VALUES = {
	string: TEXTS,
	int: ['0', '1', '2', '3', '5', '12', '17', '18', '60', '2020', '-1'],
	decimal: ['0', '0.5', '1', '2.25', '36.6', '38', '1000', '-3.75'],
	date: ['2020-01-01', '2020-02-03', '1999-12-31', '2024-02-29',
		'1954-07-28', '2030-06-15'],
	dateTime: ['2020-01-01T00:00:00.000+00:00', '2020-02-03T12:30:00.000+00:00',
		'1999-12-31T23:59:00.000+00:00'],
	time: ['00:00:00.000+00:00', '09:30:00.000+00:00', '23:59:00.000+00:00'],
	boolean: ['true', 'false'],
};

/* Where an answer says how many instances a repeat has, few are enough. */
const FEW = { ...VALUES, string: TEXTS.filter((t) => !(Number(t) > 5)),
	int: VALUES.int.slice(0, 5), decimal: VALUES.decimal.slice(0, 4) };

/* What the walk through a form keeps to. */
export function rules_of(xml) {
	const relative = xml.matchAll(/<bind\b[^>]*\bnodeset="([^"/]+)"/g);

	return { values: xml.includes('jr:count') ? FEW : VALUES,
		closed: new Set([...relative].map(([, name]) => name)) };
}

function range_values(node) {
	const { start, end, step } = node.definition.bounds;
	const values = [];

	for (let v = Number(start); v <= Number(end) && values.length < 20;
		v += Number(step))
		values.push(String(Number(v.toFixed(6))));
	return values;
}

function choices(chance, node) {
	const offered = node.currentState.valueOptions.map((o) => o.value);

	if (node.selectType === 'select1')
		return chance.of(offered);
	return offered.filter((v) => !/\s/.test(v) && chance.below(3) === 0).join(' ');
}

function value_for(chance, node, values) {
	if (chance.below(8) === 0)
		return '';
	switch (node.nodeType) {
	case 'select': return choices(chance, node);
	case 'trigger': return 'OK';
	case 'range': return chance.of(range_values(node));
	default: return chance.of(values[node.valueType]);
	}
}

/*
 * What a person at a kiosk can change; places, pictures and the like are not
 * available there. What is pinned to differ is left alone: an answer to what is
 * calculated as well, and one that is bound by a relative path, which the peer
 * takes for bound by none.
 */
function is_open(node, rules) {
	const state = node.currentState;

	if (!state.relevant || state.readonly || node.definition.bind.calculate ||
		rules.closed.has(state.reference.split('/').pop()))
		return false;
	switch (node.nodeType) {
	case 'select': return state.valueOptions.length > 0;
	case 'input': return node.valueType in VALUES;
	default: return ['trigger', 'range'].includes(node.nodeType);
	}
}

const INSTANCES = 5; // of one repeat; more would show nothing new

function repeat_step(chance, all) {
	const ranges = all.filter((n) => n.currentState.relevant &&
		n.nodeType === 'repeat-range:uncontrolled');

	if (!ranges.length)
		return null;
	const range = chance.of(ranges);
	const count = range.currentState.children.length;
	const path = range.currentState.reference;

	if (count && (count >= INSTANCES || chance.below(5) < 2))
		return { path: `${path}[${1 + chance.below(count)}]`, remove: 1 };
	return { path, add: 1 };
}

/* What can be done at this point, NULL if nothing can. */
function choose(chance, root, all, rules) {
	const kind = chance.below(100);
	const open = all.filter((n) => is_open(n, rules));

	if (kind < 5 && root.languages.length > 1)
		return { lang: chance.of(root.languages).language };
	if (kind < 15 || !open.length) {
		const step = repeat_step(chance, all);

		if (step)
			return step;
		if (!open.length)
			return root.languages.length > 1
				? { lang: chance.of(root.languages).language } : null;
	}
	const node = chance.of(open);

	return { path: node.currentState.reference,
		value: value_for(chance, node, rules.values) };
}

const key_of = (l) => `${l.path} ${l.node}`;

/* Every node that is not as it was: what `foyer form run --walk` prints. */
function changes(all, before) {
	const now = new Map(all.map(line).map((l) => [key_of(l), JSON.stringify(l)]));
	const lines = [...now].filter(([k, l]) => before.get(k) !== l)
		.map(([, l]) => l);
	const gone = [...before].filter(([k]) => !now.has(k))
		.map(([, l]) => JSON.stringify({ gone: JSON.parse(l).path }));

	return { now, lines: [...lines, ...gone] };
}

const LIVES = 20; // how often the peer may fail on a walk

/*
 * The walk as text: the lines at the start, then of each step the step itself
 * and what it changed; why it ended, if early; the submission last. Where the peer fails at a step
 * (it throws at a month 0, say) the step is left out: begin() gives a new root,
 * which is led to where the walk was.
 */
export async function walk(begin, chance, rules, count, say) {
	const taken = [];
	let root = await begin(), lives = LIVES;
	let all = [...nodes(root)];
	let { now, lines } = changes(all, new Map());

	lines.forEach(say);
	while (taken.length < count && lives) {
		const step = choose(chance, root, all, rules);

		if (!step)
			break;
		try {
			take(root, step);
			all = [...nodes(root)];
			({ now, lines } = changes(all, now));
		} catch {
			lives--;
			root = await begin();
			for (const before of taken)
				take(root, before);
			all = [...nodes(root)];
			continue;
		}
		taken.push(step);
		say(JSON.stringify({ step }));
		lines.forEach(say);
	}
	if (taken.length < count)
		say(JSON.stringify({ ended: lives ? 'nothing can be done'
			: `the peer failed ${LIVES} times` }));
	say(JSON.stringify({ submission: await submission(root) }));
}
