// Two walks through a form beside each other, to the first step at which they
// differ in a way that no rule allows.
import { DIFFERENCES, path_of } from './differences.mjs';

const key_of = (line) => `${line.path} ${line.node}`;

/* The lines of a walk as steps, each with what it changed. */
export function steps_of(lines) {
	const steps = [{ changed: [], gone: [], notes: [] }];
	const walk = { steps, submission: null, error: null, ended: null };

	for (const text of lines) {
		if (text.startsWith('<')) {
			walk.submission = text;
			continue;
		}
		const line = JSON.parse(text);
		const last = steps[steps.length - 1];

		if (line.step)
			steps.push({ step: line.step, changed: [], gone: [], notes: [] });
		else if (line.gone)
			last.gone.push(line.gone);
		else if (line.ended)
			walk.ended = line.ended;
		else if (line.note)
			last.notes.push(line.note);
		else if (line.error ?? line.loadError)
			walk.error = line.error ?? line.loadError;
		else if (line.submission !== undefined)
			walk.submission = line.submission;
		else
			last.changed.push(line);
	}
	return walk;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/* The properties in which two lines differ and no rule says why. */
function differing(theirs, ours, about, { used, loose, spoke }) {
	if (!theirs || !ours)
		return ['node'];
	const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);

	return [...names].filter((name) => {
		if (same(theirs[name], ours[name]))
			return false;
		const rule = DIFFERENCES.find((r) => (!r.in || r.in.includes(name)) &&
			r.allows(theirs, ours, name, about, spoke));

		if (rule)
			used.set(rule, (used.get(rule) ?? 0) + 1);
		if (rule?.values)
			loose.add(path_of(ours));
		return !rule;
	});
}

function apply(state, { changed, gone }) {
	for (const path of gone)
		for (const key of [...state.keys()])
			if (key.slice(0, key.lastIndexOf(' ')) === path)
				state.delete(key);
	for (const line of changed)
		state.set(key_of(line), line);
}

function found(number, step, theirs, ours, names) {
	return { number, step, theirs, ours, names };
}

/* The first difference, or null. about: what the rules go by; used counts the
 * rules that were needed, and loose has the paths whose values may differ. */
export function first_difference(theirs, ours, about, used, loose) {
	const allowed = { used, loose, spoke: false }; // a language was chosen
	const state = { theirs: new Map(), ours: new Map() };

	for (let i = 0; i < theirs.steps.length; i++) {
		const [one, other] = [theirs.steps[i], ours.steps[i]];

		if (!other)
			return found(i, one.step, 'step', ours.error ?? 'nothing', ['end']);
		allowed.spoke ||= one.step?.lang !== undefined;
		apply(state.theirs, one);
		apply(state.ours, other);
		if (other.notes.length)
			return found(i, one.step, 'taken', other.notes[0], ['note']);
		const touched = new Set([...one.changed, ...other.changed].map(key_of));

		if (one.gone.length || other.gone.length)
			for (const key of [...state.theirs.keys(), ...state.ours.keys()])
				touched.add(key);
		for (const key of touched) {
			const [a, b] = [state.theirs.get(key), state.ours.get(key)];
			const names = !a && !b ? [] : differing(a, b, about, allowed);

			if (names.length)
				return found(i, one.step, a, b, names);
		}
	}
	return null;
}
