// Looks at what a run of the action told the fake GitHub, and at what its log says of that.
//
// usage: node posted.mjs ADDRESS everything|nothing HEAD MERGE LOG
//
//   ADDRESS  of the fake GitHub
//   HEAD     tip of the pull request's branch
//   MERGE    the commit that was checked out
import assert from 'node:assert/strict';
import fs from 'node:fs';
import zlib from 'node:zlib';

const [, , address, expected, head, merge, logFile] = process.argv;
const told = await (await fetch(address + '/recorded')).json();
const log = fs.readFileSync(logFile, 'utf8');

assert.deepEqual(told.problems, [], 'a request or an answer is not as GitHub describes it');

// The checkout has one commit, so the base comes from the API.
assert.equal(told.requests.filter(request => request.includes('/git/trees/')).length, 1);

if (expected === 'nothing') {
  for (const kind of ['comments', 'reviewComments', 'reviews', 'checks', 'uploads']) {
    assert.deepEqual(told[kind], [], kind);
  }
  for (const permission of ['pull-requests: write', 'checks: write', 'security-events: write']) {
    assert.match(log, new RegExp(`warning: .*permissions: ${permission}`), permission);
  }
  assert.match(log, /^::error file=migrations\//m, 'the log annotates instead');
  console.log('a token that may only read: nothing was posted, and the log says what is missing');
} else {
  assert.equal(told.reviews.length, 1);
  const [review] = told.reviews;
  assert.equal(review.commit_id, head);
  assert.equal(review.event, 'COMMENT');
  assert.ok(review.comments.some(comment => comment.body.includes('blocking-index-build')));
  assert.ok(review.comments.every(comment => comment.path.startsWith('migrations/')));
  assert.equal(told.reviewComments.length, review.comments.length);

  assert.equal(told.comments.length, 1);
  const [comment] = told.comments;
  assert.match(comment.body, new RegExp(`^<!-- drydock:v1 .*head=${head}`));
  assert.ok(comment.body.includes(`/blob/${merge}/migrations/`));

  assert.equal(told.checks.length, 1);
  const [check] = told.checks;
  assert.equal(check.head_sha, head);
  assert.equal(check.conclusion, 'failure');
  assert.ok(check.output.annotations.length >= review.comments.length);

  assert.equal(told.uploads.length, 1);
  const [upload] = told.uploads;
  assert.equal(upload.commit_sha, merge);
  assert.equal(upload.ref, 'refs/pull/1/merge');
  const sarif = JSON.parse(zlib.gunzipSync(Buffer.from(upload.sarif, 'base64')));
  assert.equal(sarif.runs[0].automationDetails.id, 'drydock/');
  assert.ok(sarif.runs[0].results.length > 0);

  assert.doesNotMatch(log, /warning: /);
  assert.doesNotMatch(log, /^::error/m, 'the check annotates already');
  console.log(`one review of ${review.comments.length} comments, one summary, one check run of`
    + ` ${check.output.annotations.length} annotations, one upload`);
}
