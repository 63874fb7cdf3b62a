// A form as Foyer compiles its workbook, beside the XForms document that its
// project publishes under the same name, fact by fact: every node with its
// first value, bind, control, words in every language and choices.
import { SaxesParser } from 'saxes';

const tight = (text) => text.replace(/\s+/g, ' ').trim();

/* --- the tree ------------------------------------------------------------- */

/* An element: its name without and with prefix, and what is in it in order,
 * elements and texts. */
function parse(xml) {
	const document = { inside: [] };
	const open = [document];
	const parser = new SaxesParser();

	parser.on('opentag', ({ name, attributes }) => {
		const element = { name: name.split(':').pop(), attributes,
			inside: [] };

		open.at(-1).inside.push(element);
		open.push(element);
	});
	parser.on('closetag', () => open.pop());
	parser.on('text', (text) => open.at(-1).inside.push(text));
	parser.on('cdata', (text) => open.at(-1).inside.push(text));
	parser.write(xml).close();
	return document;
}

const children = (element) => element.inside.filter((e) => e.name);
const child = (element, name) => children(element).find((e) => e.name === name);
const content = (element) => element.inside.map((e) =>
	(e.name ? content(e) : e)).join('');
const all = (element) => children(element).flatMap((e) => [e, ...all(e)]);
const named = (element, name) => all(element).filter((e) => e.name === name);

const CONTROLS = ['input', 'select1', 'select', 'upload', 'trigger', 'range',
	'rank', 'group', 'repeat'];

/* Blanks around an operator or a bracket say nothing, nor what the root is
 * called; text in quotes stays as it is. */
function expression(text, root) {
	return tight(text).split(/('[^']*'|"[^"]*")/).map((part, i) => i % 2
		? part.replace(/^(['"]) *(\/.*?) *\1$/, '$1$2$1') : part.replace(/ ?([()[\],=<>+*|!]) ?/g, '$1')
			.replaceAll(/\/(\w[\w.-]*)/g, (step, name, at, all) =>
				name === root && !/[\w.\])]/.test(all[at - 1] ?? '')
					? '/data' : step)).join('').trim();
}

/* --- words ---------------------------------------------------------------- */

function said(value, root) {
	return tight(value.inside.map((e) => !e.name ? e
		: `{${expression(e.attributes.value ?? e.attributes.ref ?? '', root)}}`)
		.join(''));
}

/* The text of an id in each language, { language: { form: text } }. */
function texts_of(doc, root) {
	const texts = new Map();

	for (const translation of named(doc, 'translation'))
		for (const text of named(translation, 'text')) {
			const { id } = text.attributes;
			const known = texts.get(id) ?? {};

			known[translation.attributes.lang] = Object.fromEntries(
				named(text, 'value').map((v) =>
					[v.attributes.form ?? '', said(v, root)]));
			texts.set(id, known);
		}
	return texts;
}

const ID = /^jr:itext\(\s*'(.*)'\s*\)$/;

/* What an element or a message says, in each language or in none. */
function words(form, ref, element) {
	const id = ref?.match(ID)?.[1];

	if (id !== undefined)
		return form.texts.get(id) ?? {};
	if (ref)
		return { '': { '': ref } };
	const text = element ? said(element, form.root) : '';

	return text ? { '': { '': text } } : {};
}

const words_of = (form, control, name) => {
	const element = child(control, name);

	return element ? words(form, element.attributes.ref, element) : {};
};

/* --- choices -------------------------------------------------------------- */

/* An item of a list: its columns, and its words in each language. */
function item_of(form, item, value, label) {
	const columns = {};
	let spoken = {};

	for (const column of children(item)) {
		const text = tight(content(column));

		if (column.name === 'itextId')
			spoken = form.texts.get(text) ?? {};
		else if (column.name === label)
			spoken = words(form, column.attributes.ref, column);
		else
			columns[column.name === value ? 'value' : column.name] = text;
	}
	return { columns, words: spoken };
}

function choices_of(form, control) {
	const itemset = child(control, 'itemset');

	if (!itemset)
		return { items: children(control).filter((e) => e.name === 'item')
			.map((e) => item_of(form, e, 'value', 'label')) };
	const nodeset = expression(itemset.attributes.nodeset, form.root);
	const [, name, rest] = nodeset.match(
		/^(?:randomize\()?instance\('([^']*)'\)\/root\/item(.*)$/) ?? [];
	const list = form.instances.get(name);

	if (!list)
		return { nodeset };
	return { ...(rest && { filter: rest }), items: children(list).map((e) =>
		item_of(form, e, child(itemset, 'value').attributes.ref,
			child(itemset, 'label').attributes.ref)) };
}

/* --- the whole ------------------------------------------------------------ */

const TYPES = { select: 'string', select1: 'string', integer: 'int' };
const EXPRESSIONS = ['required', 'relevant', 'constraint', 'calculate',
	'readonly'];

function bind_of(form, bind) {
	const facts = {};

	for (const [name, value] of Object.entries(bind.attributes)) {
		if (EXPRESSIONS.includes(name))
			facts[name] = expression(value, form.root);
		else if (/^jr:.*(Msg|String)$/.test(name))
			facts[name] = words(form, value.trim().match(ID) ? value.trim()
				: tight(value));
		else if (name === 'type')
			facts.type = TYPES[value.replace('xsd:', '')] ??
				value.replace('xsd:', '');
		else if (name !== 'nodeset')
			facts[name] = expression(value, form.root);
	}
	return facts;
}

function control_of(form, control) {
	const facts = { is: control.name, label: words_of(form, control, 'label'),
		hint: words_of(form, control, 'hint') };

	for (const [name, value] of Object.entries(control.attributes))
		if (!['ref', 'nodeset', 'bind'].includes(name))
			facts[name] = name === 'appearance' ? tight(value)
				: expression(value, form.root);
	if (control.name.startsWith('select'))
		facts.choices = choices_of(form, control);
	return facts;
}

function read(xml) {
	const html = child(parse(xml), 'html');
	const model = child(child(html, 'head'), 'model');
	const [first, ...others] = children(model)
		.filter((e) => e.name === 'instance');
	const [data] = children(first);
	const form = { root: data.name, facts: new Map(), texts: null,
		instances: new Map(others.map((e) =>
			[e.attributes.id, children(e)[0]])) };
	const add = (path, more) => form.facts.set(path,
		{ ...form.facts.get(path), ...more });
	const at = (element) => expression(element.attributes.ref ??
		element.attributes.nodeset ?? '', form.root);

	form.texts = texts_of(model, form.root);
	(function walk(node, path) {
		add(path, children(node).length ? {} : { first: tight(content(node)) });
		for (const next of children(node))
			walk(next, `${path}/${next.name}`);
	})(data, '/data');
	for (const bind of named(model, 'bind'))
		add(at(bind), { bind: bind_of(form, bind) });
	for (const control of all(child(html, 'body'))
		.filter((e) => CONTROLS.includes(e.name) && at(e)))
		add(at(control), { [control.name === 'repeat' ? 'repeat'
			: 'control']: control_of(form, control) });
	for (const set of named(html, 'setvalue'))
		add(at(set), { set: { event: set.attributes.event,
			value: expression(set.attributes.value ?? '', form.root) } });
	return form;
}

/* Every fact as a line: "/data/a bind relevant: ..." */
function flat(facts, name, out) {
	if (facts === null || typeof facts !== 'object')
		return out.set(name, String(facts));
	for (const [key, value] of Object.entries(facts))
		flat(value, `${name} ${key}`, out);
	return out;
}

/* --- judging -------------------------------------------------------------- */

const MEDIA = / (image|big-image|audio|video)$/;
const GONE = ['NO_LABEL', 'DELETE_THIS_LINE'];
const straight = (text) => text?.replace(/[‘’]/g, '\'').replace(/[“”]/g, '"');

/* Why the two may differ in a fact, of forms whose names begin so. */
export const EXCEPTIONS = [
	{ why: 'pyxform says "-" for what a language has no words for', of: '',
		allows: (fact, ours, theirs) => ours === undefined && theirs === '-' },
	{ why: 'curly quotes stay in words; pyxform makes them straight', of: '',
		allows: (fact, ours, theirs) => straight(ours) === theirs },
	{ why: 'a picture or sound of no language is there in each', of: 'pyxform__',
		allows: (fact, ours, theirs) => MEDIA.test(fact) &&
			theirs === undefined },
	{ why: 'what CHT takes out after pyxform: words that say so', of: 'cht__',
		allows: (fact, ours, theirs) => GONE.includes(ours) &&
			theirs === undefined },
	{ why: 'what CHT takes out after pyxform: controls that are hidden',
		of: 'cht__', allows: (fact, ours, theirs, hidden) =>
			theirs === undefined && hidden(fact.split(' ')[0]) },
	{ why: 'what CHT adds to inputs', of: 'cht__',
		allows: (fact, ours) => ours === undefined &&
			fact.startsWith('/data/inputs/meta/location/') },
	{ why: 'a workbook newer than what is published: it asks for a PIN',
		of: 'cht__large_cha', allows: (fact, ours, theirs) =>
			fact.startsWith('/data/g_auth') && theirs === undefined },
];

/* Whether a path, or all that is asked below it, has the appearance hidden. */
function hidden_in(lines) {
	const asked = [...lines.keys()].filter((k) => k.endsWith(' control is') &&
		lines.get(k) !== 'group').map((k) => k.split(' ')[0]);
	const one = (path) => lines.get(`${path} control appearance`)?.split(' ')
		.includes('hidden');

	return (path) => asked.filter((p) => p === path ||
		p.startsWith(`${path}/`)).every(one);
}

/*
 * { count, allowed, differing }: the number of facts; how often each reason
 * was needed, a Map; and what no reason allows, [fact, ours, theirs] each.
 */
export function compare_pair(name, ours, theirs) {
	const lines = ({ facts }) => [...facts].reduce((out, [path, fact]) =>
		flat(fact, path, out), new Map());
	const [a, b] = [lines(read(ours)), lines(read(theirs))];
	const facts = [...new Set([...a.keys(), ...b.keys()])];
	const hidden = hidden_in(a);
	const allowed = new Map();
	const differing = facts.filter((k) => a.get(k) !== b.get(k)).filter((k) => {
		const rule = EXCEPTIONS.find((r) => name.startsWith(r.of) &&
			r.allows(k, a.get(k), b.get(k), hidden));

		if (rule)
			allowed.set(rule.why, (allowed.get(rule.why) ?? 0) + 1);
		return !rule;
	}).map((k) => [k, a.get(k), b.get(k)]);

	return { count: facts.length, allowed, differing };
}
