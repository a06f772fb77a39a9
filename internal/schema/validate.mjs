// Compares documents with schemas by ajv.
//
//   node validate.mjs SCHEMA DOCUMENTS...    every document holds
//
// DOCUMENTS are JSON files, or files named *.ndjson with a document on each line. Each
// is then broken in every way of a list, one at a time, and has to be refused: a key
// more, a required key less, a value of another type, a word that is none.
import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'

const [schemaPath, ...paths] = process.argv.slice(2)
const schema = JSON.parse(readFileSync(schemaPath, 'utf8'))
const ajv = new Ajv2020({ allErrors: false, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true })
const validate = ajv.compile(schema)

let failed = 0
function fail(text) {
  if (++failed <= 10) console.error(text)
}

const documents = []
for (const path of paths) {
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.ndjson')) {
    text.split('\n').forEach((line, i) => line && documents.push([`${path}:${i + 1}`, JSON.parse(line)]))
  } else documents.push([path, JSON.parse(text)])
}
if (documents.length === 0) fail(`${schemaPath}: no documents`)

for (const [name, document] of documents) {
  if (!validate(document)) fail(`${schemaPath}: ${name}: ${ajv.errorsText(validate.errors)}`)
}

// faults yields the ways to break a value at a place: what is done, and how to undo it.
function* faults(holder, key, inside) {
  const value = holder[key]
  const put = (what, other) => ({ what: `${what} at ${inside}`, apply: () => { holder[key] = other }, undo: () => { holder[key] = value } })
  if (Array.isArray(value)) {
    yield put('a list is a text', 'x')
    for (let i = 0; i < value.length && i < 3; i++) yield* faults(value, i, `${inside}/${i}`)
  } else if (value !== null && typeof value === 'object') {
    yield put('an object is a list', [])
    yield { what: `a key more at ${inside}`, apply: () => { value.Surplus = 1 }, undo: () => { delete value.Surplus } }
    for (const inner of Object.keys(value)) {
      const capital = inner[0].toUpperCase() + inner.slice(1)
      if (capital !== inner) {
        const was = value[inner]
        yield {
          what: `${inner} with a capital at ${inside}`,
          apply: () => { delete value[inner]; value[capital] = was },
          undo: () => { delete value[capital]; value[inner] = was }
        }
      }
      yield* faults(value, inner, `${inside}/${inner}`)
    }
  } else if (typeof value === 'string') {
    yield put('a text is a number', 7)
    yield put('a text is true', true)
  } else if (typeof value === 'number') {
    yield put('a number is a text', String(value))
    yield put('a number has a fraction', value + 0.5)
  } else if (typeof value === 'boolean') {
    yield put('true is a text', 'true')
  } else {
    yield put('null is an object', { a: 1 })
  }
}

// Open places: an object of texts by texts, such as phases by phases, has keys that
// nobody knows; protocol files have a schema of their own, and the rows of a plan
// file's state none.
const open = what => /\/phases$|\/protocols\/\d+\/protocol(\/|$)|\/state\/\w+\/\d+(\/|$)/.test(what)

let broken = 0
const step = Math.max(1, Math.floor(documents.length / 8))
for (let i = 0; i < documents.length; i += step) {
  const [name, document] = documents[i]
  const root = { document }
  const started = broken
  for (const fault of faults(root, 'document', '')) {
    if (broken - started > 3000) break
    fault.apply()
    broken++
    if (validate(root.document) && !open(fault.what)) fail(`${schemaPath}: ${name}: accepted though ${fault.what}`)
    fault.undo()
  }
}
if (failed > 0) {
  console.error(`${schemaPath}: ${failed} faults`)
  process.exit(1)
}
console.log(`${schemaPath}: ${documents.length} documents hold, ${broken} broken ones are refused`)
