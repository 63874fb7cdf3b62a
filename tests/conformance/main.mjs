// usage: node main.mjs FOYER [--quick] [FORM ...]
// Every form put to the peer and to FOYER (the program): at its start and on a
// random walk, and in other zones; then the probes. The corpus is read from
// FOYER_CORPUS. What the peer says is kept in cache/ by what it was made of.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync,
	writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { first_difference, steps_of } from './compare.mjs';
import { compare_pair } from './pair.mjs';
import { probe_form } from './probe.mjs';
import { EARLY, REFUSALS, SUBMISSIONS, THROWN, about, path_of,
	without_nodes } from './differences.mjs';

const NOW = '2020-02-03T12:00:00Z';
const SEED = 'foyer';
const ZONES = ['Asia/Kabul', 'America/St_Johns'];
const here = import.meta.dirname;
const args = process.argv.slice(2);
const quick = args.includes('--quick');
const [foyer, ...only] = args.filter((a) => a !== '--quick');
const corpus = process.env.FOYER_CORPUS;
const steps = quick ? 100 : 1000;

/* --- the forms ------------------------------------------------------------ */

const in_folder = (folder, attachments) => readdirSync(folder)
	.filter((f) => f.endsWith('.xml')).sort()
	.map((f) => ({ xml: join(folder, f), attachments,
		name: basename(f, '.xml'), steps }));

function forms() {
	const own = join(here, 'forms');
	const all = in_folder(own, join(own, 'attachments'));

	const made = in_folder(join(here, 'any'), join(own, 'attachments'));

	all.push(...made.slice(0, quick ? 2 : made.length));
	mkdirSync(join(here, 'built'), { recursive: true });
	all.push(...own_sheets().slice(0, quick ? 2 : undefined));
	if (!quick)
		all.push(...shipped());
	if (corpus && !quick) {
		const folder = join(corpus, 'forms');
		const beside = join(corpus, 'attachments', 'collect');

		all.push(...in_folder(folder, beside), ...workbooks(folder, beside));
	}
	if (!corpus)
		console.log('skipped: the public forms, as FOYER_CORPUS is not set');
	return [...all, ...probes()]
		.filter((f) => !only.length || only.includes(f.name));
}

/* --- spreadsheets --------------------------------------------------------- */

/* What the compiler makes of a workbook or a folder of sheets, as a list of one
 * form; of none where it does not take them, and then says why. It takes our
 * own. */
function compiled(sheets, attachments, own = false) {
	const name = basename(sheets);
	const xml = join(here, 'built', `${name}.xml`);
	const got = spawnSync(foyer, ['form', 'build', sheets, '-o', xml]);

	if (got.status === 0)
		return [{ xml, name, attachments, steps,
			pair: sheets.replace(/\.xlsx$/, '.xml') }];
	const why = got.stderr.toString().split('\n')
		.find((l) => l && !l.startsWith('warning: '));

	if (own)
		fail({ name }, `is not compiled: ${why}`);
	else
		console.log(`   ${name} is not compiled: ${why}`);
	return [];
}

function workbooks(folder, attachments) {
	const books = readdirSync(folder).filter((f) => f.endsWith('.xlsx')).sort();
	const forms = books.flatMap((b) => compiled(join(folder, b), attachments));

	console.log(`${books.length} workbooks, ${forms.length} compiled`);
	return forms;
}

/* Sheets that use the profile in other combinations than the public forms; the
 * lists that they read lie beside them. */
const own_sheets = () => readdirSync(join(here, 'sheets')).sort().flatMap((name) => {
	const folder = join(here, 'sheets', name);

	return compiled(folder, folder, true);
});

/* The forms that Foyer ships. */
const shipped = () => ['intake', 'maturity', 'security'].flatMap((name) => compiled(
	join(process.env.FOYER_SOURCE, 'screens', name),
	join(here, 'forms', 'attachments'), true));

/* --- the probes ----------------------------------------------------------- */

/* The expressions of other engines' tests that were put to both once, one at a
 * time in a small form. */
function probes() {
	const table = join(process.env.FOYER_SOURCE, 'tests/data/form/exprs.json');
	const folder = join(here, 'probes');

	mkdirSync(folder, { recursive: true });
	return JSON.parse(readFileSync(table, 'utf8')).map(([name, expression]) => {
		const xml = join(folder, `${name}.xml`);

		writeFileSync(xml, probe_form(name, expression));
		return { xml, name, attachments: folder, steps: 0 };
	});
}

/* --- the peer ------------------------------------------------------------- */

const read = (...at) => readFileSync(join(...at));

/* What the peer says depends on these alone. */
const makers = ['peer.mjs', 'walk.mjs', 'chance.mjs', 'package-lock.json']
	.map((f) => read(here, f));

function cached(form) {
	const hash = createHash('sha256');
	const beside = existsSync(form.attachments)
		? readdirSync(form.attachments, { withFileTypes: true })
			.filter((f) => f.isFile())
			.map((f) => read(form.attachments, f.name)) : [];

	for (const bytes of [...makers, read(form.xml), ...beside,
		`${form.steps} ${SEED} ${NOW}`])
		hash.update(bytes);
	return join(here, 'cache', `${hash.digest('hex').slice(0, 32)}.jsonl`);
}

/* A process of the peer, which takes a walk after the other, so that it starts
 * once; one that died is begun anew. */
function peer_process() {
	let peer = null, taken = null;

	function begin() {
		peer = spawn('node', [join(here, 'peer-main.mjs')], {
			stdio: ['pipe', 'pipe', 'ignore'],
			env: { ...process.env, TZ: 'UTC' },
		});
		createInterface({ input: peer.stdout }).on('line', (line) => {
			console.log(line);
			taken();
		});
		peer.on('close', () => {
			peer = null;
			taken();
		});
	}
	return {
		take: (job) => new Promise((done) => {
			if (!peer)
				begin();
			taken = done;
			peer.stdin.write(`${JSON.stringify(job)}\n`);
		}),
		end: () => peer?.stdin.end(),
	};
}

/* --- ours ----------------------------------------------------------------- */

const ask_ours = (form, zone, walk) => new Promise((done) => {
	execFile(foyer, ['form', 'run', form.xml, '--now', NOW,
		'--attachments', form.attachments, '--property', 'deviceid=peer',
		'--walk', walk, '--xml'],
	{ maxBuffer: 1 << 30, env: { ...process.env, TZ: zone } },
	(error, out, said) => done({ said,
		status: error ? error.code ?? error.signal : 0,
		lines: out.split('\n').filter(Boolean) }));
});

function write_steps(form, walk) {
	const path = join(here, 'steps', `${form.name}.jsonl`);

	mkdirSync(join(here, 'steps'), { recursive: true });
	writeFileSync(path, walk.steps.slice(1)
		.map(({ step }) => `${JSON.stringify(step)}\n`).join(''));
	return path;
}

/* --- zones ---------------------------------------------------------------- */

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)/g;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const timeless = (text) => text.replaceAll(UUID, 'UUID')
	.replaceAll(INSTANT, (t) => Date.parse(t));

/* Two submissions without what they may differ in; what was needed is noted. */
function alike(theirs, ours, facts, needed) {
	let pair = [theirs, ours];

	for (const rule of SUBMISSIONS) {
		const after = pair.map((text) => rule.without(text, facts, theirs));

		if (pair[0] === pair[1])
			break;
		if (after.some((text, i) => text !== pair[i]))
			needed.set(rule, (needed.get(rule) ?? 0) + 1);
		pair = after;
	}
	return pair[0] === pair[1];
}

/* Whether a line is the same in two zones, but for what tells the time. */
function zoneless(text, other, facts) {
	if (text.startsWith('<') && other.startsWith('<'))
		return timeless(without_nodes(text, facts.clocked)) ===
			timeless(without_nodes(other, facts.clocked));
	if (timeless(text) === timeless(other))
		return true;
	const line = text.startsWith('<') ? {} : JSON.parse(text);

	return line.path !== undefined && facts.clocked.has(path_of(line));
}

/* --- judging -------------------------------------------------------------- */

const tally = { equal: 0, refused: 0, zones: 0, steps: 0, not_loaded: 0, failed: 0,
	back: 0, facts: 0, early: 0 };
const used = new Map(), walked = new Set();

function fail(form, what) {
	tally.failed++;
	console.log(`** ${form.name}: ${what}`);
}

function judge_refusal(form, theirs, ours) {
	const rule = REFUSALS.find((r) => r.says.test(ours.said));

	if (ours.status !== 1 || !rule)
		return fail(form, `not in the profile, and says: ${ours.said}`);
	if (theirs.error)
		tally.not_loaded++;
	tally.refused++;
	console.log(`   ${form.name} is refused: ` +
		ours.said.split('\n')[0].replace(/^.*?\.xml: /, ''));
}

/* What the peer makes of an expression is no value; what ours is is pinned. */
function judge_thrown(form, ours) {
	const value = ours.steps[0].changed.find((l) => l.path === `/data/${form.name}`);

	if (value?.value !== THROWN[form.name])
		return fail(form, `gives ${value?.value}, not ${THROWN[form.name]}`);
	tally.equal++;
	return null;
}

/* Ours again in other zones: instants stay, and all else that is no clock. */
async function judge_zones(form, walk, lines, facts) {
	for (const zone of quick ? [] : ZONES) {
		const other = (await ask_ours(form, zone, walk)).lines;
		const at = lines.findIndex((l, i) =>
			!zoneless(l, other[i] ?? '', facts));

		if (at >= 0 || other.length > lines.length)
			return fail(form, at < 0 ? `${zone}: ${other[lines.length]}`
				: `${zone}: ${other[at]}\n   UTC: ${lines[at]}`);
	}
	tally.zones += quick ? 0 : 1;
	return null;
}

async function judge(form, peer) {
	if (!existsSync(form.peer))
		return fail(form, 'the peer came to no end');
	const theirs = steps_of(readFileSync(form.peer, 'utf8').trim().split('\n'));
	const walk = write_steps(form, theirs);
	const said = await ask_ours(form, 'UTC', walk);
	const ours = steps_of(said.lines);

	if (ours.error)
		return judge_refusal(form, theirs, said);
	if (said.status)
		return fail(form, `ended with ${said.status}: ${said.said}`);
	if (theirs.error && form.name in THROWN)
		return judge_thrown(form, ours);
	if (theirs.error)
		return fail(form, `runs, but the peer says: ${theirs.error}`);
	const facts = about(form.name, readFileSync(form.xml, 'utf8'));
	const needed = new Map(), loose = new Set();
	const difference = first_difference(theirs, ours, facts, needed, loose);

	if (difference) {
		const { number, step, names } = difference;

		fail(form, `step ${number} ${JSON.stringify(step ?? 'the start')}, ` +
			`in ${names.join(' ')}`);
		console.log(`   peer ${JSON.stringify(difference.theirs)}`);
		console.log(`   ours ${JSON.stringify(difference.ours)}`);
		return null;
	}
	/* Allowed differences of values are in the submission, too. */
	if (!alike(without_nodes(theirs.submission, loose),
		without_nodes(ours.submission, loose), facts, needed)) {
		fail(form, 'the submission');
		console.log(`   peer ${theirs.submission}\n   ours ${ours.submission}`);
		return null;
	}
	for (const [rule, count] of needed)
		used.set(rule, (used.get(rule) ?? 0) + count);
	judge_early(form, theirs);
	if (form.steps)
		await judge_back(form, ours.submission, facts, peer);
	tally.equal++;
	tally.steps += theirs.steps.length - 1;
	if (form.pair?.endsWith('.xml') && existsSync(form.pair))
		judge_pair(form);
	return judge_zones(form, walk, said.lines, facts);
}

/* Whether a walk ended before its steps were taken, and may. */
function judge_early(form, { steps: { length }, ended }) {
	const listed = EARLY[form.name], taken = length - 1;
	const told = `${taken} steps: ${ended}`;

	walked.add(form.name);
	if (taken === form.steps)
		return listed && fail(form, `does not end early as it is listed`);
	tally.early++;
	console.log(`   ${form.name} ended after ${told}`);
	return (listed?.says !== ended || listed.after !== taken) &&
		fail(form, `ends after ${told}; write down why in EARLY, or mend it`);
}

/* What we submit, read by the peer to be edited and given back: the same, but
 * for an id of its own beside ours. Where chance or the language it begins in
 * speak in it, that it is read is all that can be said. */
async function judge_back(form, submitted, facts, peer) {
	const out = join(here, 'steps', `${form.name}.back`);

	await peer.take({ ...form, submitted, out });
	const back = readFileSync(out, 'utf8').trim();

	if (back.startsWith('{') || (!alike(back, submitted, facts, new Map()) &&
		!facts.chancy && !facts.dated.values.size && !facts.chosen.values.size))
		return fail(form, `is not read back:\n   ours ${submitted}\n   back ${back}`);
	tally.back++;
	return null;
}

/* What a workbook was compiled to, beside what its project publishes. */
function judge_pair(form) {
	const { count, allowed, differing } = compare_pair(form.name,
		readFileSync(form.xml, 'utf8'), readFileSync(form.pair, 'utf8'));

	tally.facts += count;
	console.log(`   ${form.name} beside its pair: ${count} facts, ` +
		`${differing.length} differ`);
	for (const [why, times] of allowed)
		console.log(`      ${times} times: ${why}`);
	if (differing.length)
		fail(form, `is not as its pair:\n${differing.map((d) =>
			`   ${d.join('\n      ')}`).join('\n')}`);
}

/* Each core has a process of the peer and one of ours in turn. */
async function judge_some(waiting) {
	const peer = peer_process();

	while (waiting.length) {
		const form = waiting.shift();

		if (!existsSync(form.peer))
			await peer.take({ ...form, seed: SEED + form.name,
				out: form.peer });
		await judge(form, peer);
	}
	peer.end();
}

const all = forms();
const size = (form) => form.steps && statSync(form.xml).size;

mkdirSync(join(here, 'cache'), { recursive: true });
for (const form of all)
	form.peer = cached(form);
/* The largest first, so that no core is left with one at the end. */
const waiting = all.toSorted((a, b) => size(b) - size(a));

await Promise.all(Array.from({ length: availableParallelism() },
	() => judge_some(waiting)));
/* Of all forms: one that is walked no more is listed no more. */
if (corpus && !quick && !only.length)
	for (const name of Object.keys(EARLY).filter((n) => !walked.has(n)))
		fail({ name }, 'is listed in EARLY, and is walked no more');
console.log(`${all.length} forms: ${tally.equal} equal over ${tally.steps} ` +
	`steps (${tally.early} walks ended early, ${tally.zones} in other zones, ${tally.back} submissions read back), ` +
	`${tally.refused} refused (${tally.not_loaded} by the peer as well), ` +
	`${tally.failed} differ; ${tally.facts} facts of workbooks are as ` +
	'published, or differ for a reason named');
for (const [{ pins }, count] of used)
	console.log(`   ${count} times allowed: ${pins}`);
process.exit(tally.failed ? 1 : 0);
