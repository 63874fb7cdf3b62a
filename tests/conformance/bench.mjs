// usage: node bench.mjs FORM ASKED VALUE LAST [SKIP PLAIN]: what the peer
// takes, in ms, to load the form, to answer PLAIN, to answer ASKED with VALUE
// until LAST shows it, to answer SKIP and to change the language, in time of
// the processor; and the memory in MB. A line, as the benchmark of forms reads
// it (tests/bench/peer.c).
import { readFileSync } from 'node:fs';
import { begin, nodes, take } from './peer.mjs';

const [form, asked, first, last, skip, plain] = process.argv.slice(2);
const xml = readFileSync(form, 'utf8');

function used() {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

async function time(what) {
	const started = process.cpuUsage();
	const value = await what();
	const { user, system } = process.cpuUsage(started);

	return [(user + system) / 1000, value];
}

const before = used();
const [load, root] = await time(() => begin(xml, '.'));
const memory = used() - before;
const at = (path) => [...nodes(root)]
	.find((n) => n.currentState.reference === path);
const [start, end] = [at(asked), at(last)];
/* Without looking the node up, which is no part of an answer. */
const [chain, value] = await time(() => {
	start.setValue(first);
	return end.currentState.instanceValue;
});
const other = plain ? at(plain) : null;
const [answer] = await time(() => other?.setValue('a word'));
const toggled = skip ? at(skip) : null;
const shown = skip ? at(skip.replace('q0', 'q1')) : null;
const [toggle] = await time(() => toggled?.selectValue('yes') &&
	shown.currentState.relevant);
const [language] = await time(() => skip && take(root, { lang: 'fr' }) &&
	at('/data/q3').currentState.label.asString);

console.log([load, answer, chain, value, toggle, language, memory].join(' '));
process.exit(0);
