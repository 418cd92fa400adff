// The parts of check-sarif that read SARIF.
import fs from 'node:fs';
import {pathToFileURL} from 'node:url';

const LINE_HASH = 'primaryLocationLineHash';
// Addresses are not followed here, and a fix may quote SQL.
const EXCEPTED = new Set(['SARIF2006', 'SARIF2013']);

const read = path => JSON.parse(fs.readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));

/** Prints what the multitool found wrong. */
function list(file, found) {
  const run = read(found).runs[0];
  const rules = new Map(run.tool.driver.rules?.map(rule => [rule.id, rule]));
  let bad = 0;
  for (const result of run.results ?? []) {
    // SARIF's own default is warning.
    const level = result.level ?? 'warning';
    if ((level !== 'error' && level !== 'warning') || EXCEPTED.has(result.ruleId)) continue;
    bad++;
    const text = (rules.get(result.ruleId)?.messageStrings?.[result.message.id]?.text ?? result.message.text ?? '')
      .replace(/\{(\d+)\}/g, (all, n) => result.message.arguments?.[n] ?? all);
    const region = result.locations?.[0]?.physicalLocation?.region;
    console.error(`${file}:${region?.startLine ?? 1}: ${level} ${result.ruleId}: ${text}`);
  }
  const trouble = (run.invocations ?? []).flatMap(
    i => [...(i.toolExecutionNotifications ?? []), ...(i.toolConfigurationNotifications ?? [])])
    .filter(n => (n.level ?? 'warning') !== 'note');
  for (const notification of trouble) {
    console.error(`${file}: the multitool says: ${notification.message.text}`);
  }
  if (bad + trouble.length) process.exit(1);
  console.log(`${file}: no error, no warning`);
}

/** Takes the line hashes out, and says where the files are. */
function strip(file, source, out) {
  const log = read(file);
  for (const run of log.runs) {
    run.originalUriBaseIds = {SRCROOT: {uri: pathToFileURL(source + '/').href}};
    for (const result of run.results) {
      delete result.partialFingerprints?.[LINE_HASH];
      for (const location of result.locations) location.physicalLocation.artifactLocation.uriBaseId = 'SRCROOT';
    }
  }
  fs.writeFileSync(out, JSON.stringify(log));
}

/** Compares the line hashes with the multitool's. */
function compare(file, hashed) {
  let wrong = 0;
  let right = 0;
  const theirs = read(hashed).runs;
  read(file).runs.forEach((run, r) => run.results.forEach((result, i) => {
    const ours = result.partialFingerprints?.[LINE_HASH];
    // The multitool's key carries the version of its algorithm.
    const entry = Object.entries(theirs[r].results[i].partialFingerprints ?? {})
      .find(([key]) => key.startsWith(LINE_HASH));
    if (entry && entry[1] === ours) {
      right++;
    } else {
      wrong++;
      console.error(`${file}: result ${i} has ${LINE_HASH} ${ours}, the multitool computes ${entry?.[1] ?? 'none'}`);
    }
  }));
  if (wrong) process.exit(1);
  console.log(`${file}: ${right} line hashes as the multitool computes them`);
}

const [, , command, ...args] = process.argv;
({list, strip, compare})[command](...args);
