// The peer: @getodk/xforms-engine over jsdom, told and asked as `foyer form
// run` is, so that what both say of a form can be compared line by line.
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { JSDOM } from 'jsdom';

// The engine wants a browser's DOM: jsdom's classes, before it is imported.
const DOM = ['document', 'DOMParser', 'XMLSerializer', 'Node', 'NodeFilter',
	'Element', 'Attr', 'Text', 'Document', 'XMLDocument', 'XPathResult',
	'XPathException', 'HTMLElement', 'Comment', 'CDATASection',
	'ProcessingInstruction', 'CharacterData', 'DocumentFragment'];
const put = (name, value) => Object.defineProperty(globalThis, name,
	{ value, configurable: true, writable: true });
const { window } = new JSDOM('<!doctype html><html></html>',
	{ url: 'http://localhost/' });
put('window', window);
for (const name of DOM)
	put(name, window[name]);

// Its clock stands, as ours does with --now.
export const NOW = '2020-02-03T12:00:00Z';
const Real = Date;
const at = Real.parse(NOW);
put('Date', class extends Real {
	constructor(...given) { super(...(given.length ? given : [at])); }
	static now() { return at; }
});

// Its parser of expressions would take a path through Node that fails in a
// module; without process it takes the browser's, which works.
const { process } = globalThis;
put('process', undefined);
const { loadForm } = await import('@getodk/xforms-engine');
put('process', process);

const TYPES = { csv: 'text/csv', json: 'application/geo+json',
	geojson: 'application/geo+json' };

/* The form; throws where it cannot be loaded. */
async function load(xml, attachments) {
	const form = await loadForm(xml, {
		fetchFormAttachment: async (url) => {
			const file = resolve(attachments, basename(String(url)));
			const type = TYPES[file.split('.').pop()] ?? 'text/xml';

			return existsSync(file)
				? new Response(readFileSync(file),
					{ status: 200, headers: { 'content-type': type } })
				: new Response('', { status: 404 });
		},
		missingResourceBehavior: 'BLANK',
	});

	if (form.status === 'failure')
		throw form.error;
	return form;
}

const DEVICE = { preloadProperties: { deviceID: 'peer' } };

/* The root of a new instance. */
export async function begin(xml, attachments) {
	return (await load(xml, attachments)).createInstance(DEVICE).root;
}

/* The root of an instance that was submitted, to be edited. */
export async function begin_again(xml, attachments, submitted) {
	const instance = await (await load(xml, attachments)).editInstance({
		inputType: 'FORM_INSTANCE_INPUT_RESOLVABLE',
		resolveInstance: () => submitted, attachments: new Map(),
	}, DEVICE);

	return instance.root;
}

export function* nodes(node) {
	yield node;
	for (const child of node.currentState.children ?? [])
		yield* nodes(child);
}

export function line(node) {
	const state = node.currentState;
	const { violation } = node.validationState ?? {};
	const out = {
		path: state.reference, node: node.nodeType,
		relevant: state.relevant, required: state.required,
		readonly: state.readonly,
	};

	if (state.children === null) {
		out.value = state.instanceValue ?? '';
		out.type = node.valueType;
		out.valid = !violation;
		if (violation) {
			out.violation = violation.condition;
			out.message = violation.message?.asString;
		}
		if (Array.isArray(state.valueOptions))
			out.options = state.valueOptions.map(
				(o) => [o.value, o.label?.asString ?? '']);
	}
	if (state.label)
		out.label = state.label.asString;
	if (state.hint)
		out.hint = state.hint.asString;
	return out;
}

export async function submission(root) {
	const payload = await root.prepareInstancePayload();

	return payload.data[0].get('xml_submission_file').text();
}

const is_range = (node) => node.nodeType.startsWith('repeat-range');

function find(root, path, range) {
	for (const node of nodes(root))
		if (node.currentState.reference === path && is_range(node) === range)
			return node;
	throw new Error(`no node ${path}`);
}

const words = (text) => text.split(/\s+/).filter(Boolean);

function set(node, value) {
	switch (node.nodeType) {
	case 'select': return node.selectType === 'select1'
		? node.selectValue(value || null) : node.selectValues(words(value));
	case 'trigger': return node.setValue(value === 'OK');
	default: return node.setValue(value);
	}
}

/* One step of a list of answers, as src/form/answers.h has them. */
export function take(root, step) {
	if (step.lang)
		return root.setLanguage(
			root.languages.find((l) => l.language === step.lang));
	if (step.add)
		return find(root, step.path, true).addInstances();
	if (step.remove) {
		const [, range, place] = step.path.match(/^(.*)\[(\d+)\]$/);

		return find(root, range, true).removeInstances(place - 1, 1);
	}
	return set(find(root, step.path, false), step.value);
}
