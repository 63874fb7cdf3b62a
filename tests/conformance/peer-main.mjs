// usage: node peer-main.mjs < JOBS: a job a line, { xml, attachments, out } and
// either { steps, seed } of a walk or { submitted }, a submission that the peer
// reads and gives back; writes to each out what the peer says, whole or not at
// all.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { begin, begin_again, submission } from './peer.mjs';
import { chance } from './chance.mjs';
import { rules_of, walk } from './walk.mjs';

async function done(job) {
	const lines = [];

	try {
		const xml = readFileSync(job.xml, 'utf8');

		if (job.submitted)
			lines.push(await submission(await begin_again(xml,
				job.attachments, job.submitted)));
		else
			await walk(() => begin(xml, job.attachments),
				chance(job.seed), rules_of(xml), job.steps,
				(l) => lines.push(l));
	} catch (e) {
		lines.push(JSON.stringify({ error: String(e?.message ?? e) }));
	}
	writeFileSync(`${job.out}.part`, lines.join('\n') + '\n');
	renameSync(`${job.out}.part`, job.out);
}

for await (const text of createInterface({ input: process.stdin })) {
	const started = performance.now();
	const job = JSON.parse(text);

	await done(job);
	console.log(`  PEER ${job.name}, ${job.submitted ? 'read back'
		: `${job.steps} steps`}, ` +
		`${((performance.now() - started) / 1000).toFixed(1)} s`);
}
